import type { Service } from '../catalog/service';
import { NOTICED_SECONDS } from './assumptions';
import { type Chance, type GateChance, type Outcome, outcomeOf } from './outcome';
import { failingShare, REGRESSIONS, type Regression, timesOf, truthOf } from './regressions';
import { BY_COMMIT, type Rollback, rollbackFrom } from './rollback';
import type { Phase, Timeline } from './timeline/model';
import { type Exposure, requestsBetween } from './traffic';
import { type AskedGate, askedGates, exposuresOf, type Verdicts, verdictsOf } from './verdicts';

/** What happens to a release with a regression. */
export interface RegressionPlan {
  readonly regression: Regression;
  /** Aborted before the promotion. */
  readonly caught: Chance;
  /** What each gate would do alone. */
  readonly byGate: readonly GateChance[];
  /** Aborted before the new version answers all requests. */
  readonly caughtBeforeAll: number;
  /** Aborted before the requests move to each weight, in the order of the weights. */
  readonly caughtBefore: readonly { readonly weight: number; readonly chance: number }[];
  /** Not decided: it waits for a person at some weight. */
  readonly paused: number;
  /** From the first request at the new version to the abort, of releases that are aborted; undefined where none is. */
  readonly decisionSeconds: Quantiles | undefined;
  /** From the abort to all requests on the stable version; undefined where none is aborted. */
  readonly rollbackSeconds: { readonly mean: number; readonly worst: number } | undefined;
  /** Requests that the regression fails until all are back on the stable version; see NOTICED_SECONDS for a release that nothing stops. */
  readonly failedRequests: Spread;
  /** Requests that the new version answers in that time. */
  readonly exposedRequests: Spread;
}

export interface Quantiles {
  readonly median: number;
  readonly p95: number;
}

export interface Spread extends Quantiles {
  readonly mean: number;
}

/** How gates judge a good release, and what is wrong with others. */
export interface DetectionPlan {
  /** A release without a regression is aborted. */
  readonly falseAlarm: Chance;
  /** A release without a regression waits for a person. */
  readonly paused: number;
  readonly regressions: readonly RegressionPlan[];
}

/** Undefined where the traffic is not known. */
export function detectionOf(
  service: Service,
  timeline: Timeline,
  scrapeIntervalSeconds: number,
): DetectionPlan | undefined {
  if (service.requestsPerSecond === undefined) return undefined;
  const scope = detectionScope(service, timeline, scrapeIntervalSeconds);
  const good = outcomeFor(scope, undefined);
  if (good === undefined) return undefined;
  return {
    falseAlarm: good.aborted,
    paused: good.paused,
    regressions: REGRESSIONS.flatMap((regression) => {
      const outcome = outcomeFor(scope, regression);
      return outcome === undefined ? [] : [planFor(scope, regression, outcome)];
    }),
  };
}

/** What a regression does, in few numbers. */
export interface Risk {
  /** The chance that the release is aborted before the promotion. */
  readonly caught: number;
  /** The same before the new version answers all requests. */
  readonly caughtBeforeAll: number;
  /** The chance that it waits for a person. */
  readonly paused: number;
  /** Requests that fail, expected. */
  readonly failedRequests: number;
}

/** Undefined where the traffic is not known. */
export function riskOf(
  service: Service,
  timeline: Timeline,
  scrapeIntervalSeconds: number,
  regression: Regression | undefined,
): Risk | undefined {
  if (service.requestsPerSecond === undefined) return undefined;
  const scope = detectionScope(service, timeline, scrapeIntervalSeconds);
  const outcome = outcomeFor(scope, regression);
  return (
    outcome && {
      caught: outcome.aborted.value,
      caughtBeforeAll: caughtBeforeAll(scope, outcome),
      paused: outcome.paused,
      failedRequests: spread(exposedOf(endsOf(scope, outcome))).mean * failingShare(regression),
    }
  );
}

interface Scope {
  readonly service: Service;
  readonly timeline: Timeline;
  readonly exposures: readonly Exposure[];
  readonly asked: readonly AskedGate[];
  /** Verdicts that were worked out, by the gate and by what of the regression it sees. */
  readonly known: Map<string, Verdicts>;
  readonly scrapeIntervalSeconds: number;
  readonly requestsPerSecond: number;
  /** The first request at the new version. */
  readonly onsetSeconds: number;
}

function detectionScope(service: Service, timeline: Timeline, scrapeIntervalSeconds: number): Scope {
  const exposures = comparedExposures(service, exposuresOf(timeline));
  return {
    service,
    timeline,
    exposures,
    asked: askedGates(timeline),
    known: new Map(),
    scrapeIntervalSeconds,
    requestsPerSecond: service.requestsPerSecond ?? 0,
    onsetSeconds: exposures.find(({ weight }) => weight > 0)?.fromSeconds ?? 0,
  };
}

/** The variants of an A/B test are compared with the control, which has its own share and no more. */
function comparedExposures({ strategy }: Service, exposures: readonly Exposure[]): readonly Exposure[] {
  if (strategy.kind !== 'abTest') return exposures;
  const stableWeight = 100 - strategy.variants.reduce((sum, { percent }) => sum + percent, 0);
  return exposures.map((exposure) => ({ ...exposure, stableWeight }));
}

function outcomeFor(scope: Scope, regression: Regression | undefined): Outcome | undefined {
  const truth = truthOf(scope.service.objectives, regression);
  if (truth === undefined) return undefined;
  const { service, asked, exposures, scrapeIntervalSeconds, known } = scope;
  return outcomeOf(
    asked.map((one, index) => {
      // A gate about latencies says the same of every share of errors, and the other way round.
      const key = `${index} ${one.gate.kind === 'latency' ? timesOf(regression) : failingShare(regression)}`;
      const verdicts = known.get(key) ?? verdictsOf(service, one, exposures, truth, scrapeIntervalSeconds);
      known.set(key, verdicts);
      return verdicts;
    }),
  );
}

function planFor(scope: Scope, regression: Regression, outcome: Outcome): RegressionPlan {
  const { aborted, paused, byGate } = outcome;
  const ends = endsOf(scope, outcome);
  const failing = failingShare(regression);
  const aborts = ends.filter((end) => end.aborted > 0);
  const moves = movesOf(scope.exposures);
  const exposed = spread(exposedOf(ends));
  return {
    regression,
    caught: aborted,
    byGate,
    caughtBeforeAll: caughtBeforeAll(scope, outcome),
    caughtBefore: moves.map(({ weight, fromSeconds }) => ({ weight, chance: caughtBefore(outcome, fromSeconds) })),
    paused,
    decisionSeconds: quantiles(
      aborts.map((end) => ({ value: end.atSeconds - scope.onsetSeconds, chance: end.aborted })),
    ),
    rollbackSeconds: rollbackOf(aborts),
    failedRequests: { mean: exposed.mean * failing, median: exposed.median * failing, p95: exposed.p95 * failing },
    exposedRequests: exposed,
  };
}

const caughtBefore = ({ decisions }: Outcome, atSeconds: number): number =>
  decisions.reduce((sum, one) => (one.atSeconds <= atSeconds ? sum + one.aborted : sum), 0);

function caughtBeforeAll({ exposures }: Scope, outcome: Outcome): number {
  const all = exposures.find(({ weight }) => weight === 100);
  return all === undefined ? outcome.aborted.value : caughtBefore(outcome, all.fromSeconds);
}

/** The weights after the first request, each with the moment of the move to it. */
const movesOf = (exposures: readonly Exposure[]): readonly Exposure[] =>
  exposures.filter(({ weight }, i) => weight > (exposures[i - 1]?.weight ?? 0)).slice(1);

/** A way in which a release can end. */
interface End {
  readonly atSeconds: number;
  readonly chance: number;
  readonly aborted: number;
  readonly rollback: Rollback | undefined;
  readonly exposedRequests: number;
}

const exposedOf = (ends: readonly End[]): readonly Weighed[] =>
  ends.map(({ exposedRequests, chance }) => ({ value: exposedRequests, chance }));

/** What gates do not stop people do, so long after the first request. */
function endsOf(scope: Scope, { decisions, promoted }: Outcome): readonly End[] {
  const { service, timeline, requestsPerSecond, onsetSeconds } = scope;
  const noticed = onsetSeconds + NOTICED_SECONDS;
  const found: End[] = [];
  for (const { atSeconds, aborted, paused } of decisions) {
    const state = phaseAt(timeline, atSeconds);
    const way = rollbackFrom(service, state);
    const rollback = way === BY_COMMIT ? undefined : way;
    const until = exposedUntil(scope, Math.min(atSeconds, noticed));
    const back = requestsPerSecond * (rollback?.trafficSeconds ?? 0);
    const waiting = (requestsPerSecond * state.weight * Math.max(0, noticed - atSeconds)) / 100;
    if (aborted > 0) found.push({ atSeconds, chance: aborted, aborted, rollback, exposedRequests: until + back });
    if (paused > 0)
      found.push({ atSeconds, chance: paused, aborted: 0, rollback: undefined, exposedRequests: until + waiting });
  }
  return [
    ...found,
    {
      atSeconds: noticed,
      chance: promoted,
      aborted: 0,
      rollback: undefined,
      exposedRequests: exposedUntil(scope, noticed),
    },
  ];
}

function exposedUntil({ exposures, requestsPerSecond, scrapeIntervalSeconds }: Scope, atSeconds: number): number {
  return requestsBetween(0, atSeconds, exposures, { requestsPerSecond, scrapeIntervalSeconds }, 'canary');
}

const AT_REST = { weight: 0, canaryPods: 0, stablePods: 0 };

/** A verdict belongs to the phase whose gates are asked, also at its very beginning and end; else the moment ends a phase. */
function phaseAt({ phases }: Timeline, atSeconds: number): Pick<Phase, 'weight' | 'canaryPods' | 'stablePods'> {
  const asking = phases.findLast(
    ({ gates, fromSeconds, toSeconds }) => gates.length > 0 && fromSeconds <= atSeconds && atSeconds <= toSeconds,
  );
  const ended = phases.find(({ fromSeconds, toSeconds }) => fromSeconds < atSeconds && atSeconds <= toSeconds);
  return asking ?? ended ?? phases.at(-1) ?? AT_REST;
}

function rollbackOf(aborts: readonly End[]): RegressionPlan['rollbackSeconds'] {
  const ways = aborts.flatMap(({ rollback, aborted }) => (rollback === undefined ? [] : [{ ...rollback, aborted }]));
  const all = ways.reduce((sum, { aborted }) => sum + aborted, 0);
  if (all < NEGLIGIBLE) return undefined;
  return {
    mean: ways.reduce((sum, { seconds, aborted }) => sum + seconds * aborted, 0) / all,
    worst: Math.max(...ways.filter(({ aborted }) => aborted > NEGLIGIBLE * all).map(({ seconds }) => seconds)),
  };
}

/** What happens less often than once in a million releases is no worst case. */
const NEGLIGIBLE = 1e-6;

interface Weighed {
  readonly value: number;
  readonly chance: number;
}

function spread(values: readonly Weighed[]): Spread {
  const mean = values.reduce((sum, { value, chance }) => sum + value * chance, 0);
  return { mean, ...(quantiles(values) ?? { median: 0, p95: 0 }) };
}

/** Of values with their chances, which need not sum up to 1; undefined where nothing can happen. */
function quantiles(values: readonly Weighed[]): Quantiles | undefined {
  const all = values.reduce((sum, { chance }) => sum + chance, 0);
  if (all < NEGLIGIBLE) return undefined;
  const sorted = [...values].sort((a, b) => a.value - b.value);
  const at = (share: number): number => {
    let sum = 0;
    for (const { value, chance } of sorted) {
      sum += chance;
      if (sum >= share * all - 1e-12) return value;
    }
    return sorted.at(-1)?.value ?? 0;
  };
  return { median: at(0.5), p95: at(0.95) };
}
