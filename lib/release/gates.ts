import type { ClusterState } from './cluster-state';
import type { AnalysisRunFacts, Measurement, MetricFacts } from './read/analysis-run';

/** What a gate counts as so far. */
export type GateVerdict = 'passed' | 'failed' | 'inconclusive' | 'error' | 'running' | 'waiting';

/** Where a gate stands in its release. */
export type GatePlace = 'background' | 'step' | 'prePromotion' | 'postPromotion' | 'other';

/** One metric of an analysis of this release, with what it answered. */
export interface Gate {
  readonly name: string;
  readonly run: string;
  readonly place: GatePlace;
  readonly verdict: GateVerdict;
  /** Why it counts as it does, by its own limits. */
  readonly why: string;
  /** Whether it can fail the release: a dry run never does. */
  readonly decides: boolean;
  readonly passesWhen: string | undefined;
  readonly failsWhen: string | undefined;
  readonly taken: {
    readonly of: number | undefined;
    readonly successful: number;
    readonly failed: number;
    readonly inconclusive: number;
    readonly errors: number;
  };
  readonly limits: { readonly failures: number; readonly inconclusive: number; readonly consecutiveErrors: number };
  readonly measurements: readonly Measurement[];
}

/** The gates of the version that is on its way, or that was last: what the status names first, then the newest runs. */
export function gatesOf(state: ClusterState): readonly Gate[] {
  return runsOf(state).flatMap((run) => run.metrics.map((metric) => gateOf(run, metric)));
}

/** The runs of the current revision, in the order in which they began. */
export function runsOf({ rollout, analysisRuns }: ClusterState): readonly AnalysisRunFacts[] {
  const named = new Set(Object.values(rollout.analyses).map((reference) => reference?.name));
  return analysisRuns
    .filter(
      ({ name, hash, revision }) =>
        named.has(name) || (hash === rollout.currentHash && (revision === undefined || revision === rollout.revision)),
    )
    .sort((a, b) => (a.startedAt ?? 0) - (b.startedAt ?? 0) || (a.name < b.name ? -1 : 1));
}

const PLACES: Readonly<Record<string, GatePlace>> = {
  Background: 'background',
  Step: 'step',
  PrePromotion: 'prePromotion',
  PostPromotion: 'postPromotion',
};

function gateOf(run: AnalysisRunFacts, metric: MetricFacts): Gate {
  const verdict = verdictOf(run, metric);
  return {
    name: metric.name,
    run: run.name,
    place: PLACES[run.type] ?? 'other',
    verdict,
    why: whyOf(verdict, run, metric),
    decides: !metric.dryRun,
    passesWhen: metric.successCondition,
    failsWhen: metric.failureCondition,
    taken: {
      of: metric.count,
      successful: metric.successful,
      failed: metric.failed,
      inconclusive: metric.inconclusive,
      errors: metric.errors,
    },
    limits: {
      failures: metric.failureLimit,
      inconclusive: metric.inconclusiveLimit,
      consecutiveErrors: metric.consecutiveErrorLimit,
    },
    measurements: metric.measurements,
  };
}

const VERDICTS: Readonly<Record<string, GateVerdict>> = {
  Successful: 'passed',
  Failed: 'failed',
  Inconclusive: 'inconclusive',
  Error: 'error',
  Running: 'running',
  Pending: 'waiting',
};

/** A run that could not begin, as with an argument that is not there, has no results: then it speaks for its metrics. */
function verdictOf(run: AnalysisRunFacts, metric: MetricFacts): GateVerdict {
  const phase = metric.phase === 'Pending' && run.completedAt !== undefined ? run.phase : metric.phase;
  return VERDICTS[phase] ?? 'waiting';
}

/** The limits as the controller compares them: it gives up above a limit, not at it (1.9.1, analysis/analysis.go). */
function whyOf(verdict: GateVerdict, run: AnalysisRunFacts, metric: MetricFacts): string {
  const { failed, failureLimit, inconclusive, inconclusiveLimit, consecutiveErrors, consecutiveErrorLimit } = metric;
  switch (verdict) {
    case 'failed':
      return failed > failureLimit ? `${times(failed)} failed, and ${allowed(failureLimit)}` : told(run, metric);
    case 'inconclusive':
      return inconclusive > inconclusiveLimit
        ? `${times(inconclusive)} neither passed nor failed, and ${allowed(inconclusiveLimit)}`
        : told(run, metric);
    case 'error':
      return consecutiveErrors > consecutiveErrorLimit
        ? `${consecutiveErrors} measurements in a row gave an error, and ${allowed(consecutiveErrorLimit)}: ${told(run, metric)}`
        : told(run, metric);
    case 'passed':
      return metric.taken === 0 || (metric.count === undefined && run.completedAt !== undefined)
        ? `ended with its release: ${progress(metric)}; what a background gate has not failed by then counts as passed`
        : progress(metric);
    case 'running':
    case 'waiting':
      return metric.taken === 0
        ? `no measurement yet${metric.initialDelaySeconds > 0 ? `; the first comes ${metric.initialDelaySeconds} s after it began` : ''}`
        : `${progress(metric)}; it fails above ${failureLimit} failed`;
  }
}

const told = (run: AnalysisRunFacts, metric: MetricFacts): string =>
  metric.message ??
  metric.measurements.findLast(({ message }) => message !== undefined)?.message ??
  run.message ??
  'no reason was given';

const times = (count: number): string => (count === 1 ? '1 measurement' : `${count} measurements`);
const allowed = (limit: number): string =>
  limit === 0 ? 'none may' : limit === 1 ? 'only 1 may' : `at most ${limit} may`;

function progress({ taken, count, successful, failed, inconclusive, errors }: MetricFacts): string {
  const of = count === undefined ? '' : ` of ${count}`;
  const bad = [
    failed > 0 ? `${failed} failed` : '',
    inconclusive > 0 ? `${inconclusive} inconclusive` : '',
    errors > 0 ? `${errors} in error` : '',
  ].filter((text) => text !== '');
  return [`${taken}${of} measured`, `${successful} passed`, ...bad].join(', ');
}
