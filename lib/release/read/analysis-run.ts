import { goSeconds } from '../../manifest/duration';
import { fieldAt, listAt, numberAt, textAt } from '../../manifest/object';
import { HASH_LABEL, intOf } from '../../manifest/rollout';
import { controllerOf, nameIn, timeAt } from './owner';
import { REVISION, wholeNumber } from './rollout';

/** One answer that a metric gave. Times in milliseconds since 1970. */
export interface Measurement {
  readonly phase: string;
  readonly value: string | undefined;
  readonly message: string | undefined;
  readonly at: number | undefined;
}

/** A metric of a run with its limits; the defaults are Argo Rollouts' own (1.9.1, analysis/analysis.go). */
export interface MetricFacts {
  readonly name: string;
  readonly successCondition: string | undefined;
  readonly failureCondition: string | undefined;
  /** Undefined: for as long as the run lasts. */
  readonly count: number | undefined;
  readonly intervalSeconds: number | undefined;
  readonly initialDelaySeconds: number;
  readonly failureLimit: number;
  readonly inconclusiveLimit: number;
  readonly consecutiveErrorLimit: number;
  readonly dryRun: boolean;
  readonly phase: string;
  readonly message: string | undefined;
  readonly taken: number;
  readonly successful: number;
  readonly failed: number;
  readonly inconclusive: number;
  readonly errors: number;
  readonly consecutiveErrors: number;
  /** What is kept of them: the controller keeps the last ten. */
  readonly measurements: readonly Measurement[];
}

export interface AnalysisRunFacts {
  readonly name: string;
  readonly owner: string | undefined;
  readonly hash: string;
  readonly revision: number | undefined;
  /** `Background`, `Step`, `PrePromotion` or `PostPromotion`, as the controller labels it. */
  readonly type: string;
  readonly phase: string;
  readonly message: string | undefined;
  readonly startedAt: number | undefined;
  readonly completedAt: number | undefined;
  readonly metrics: readonly MetricFacts[];
}

export function readAnalysisRun(object: unknown): AnalysisRunFacts {
  const args = argumentsOf(object);
  const dry = listAt(object, 'spec.dryRun').map((one) => textAt(one, 'metricName') ?? '');
  return {
    name: nameIn(object),
    owner: controllerOf(object, 'Rollout'),
    hash: textAt(object, `metadata.labels["${HASH_LABEL}"]`) ?? '',
    revision: wholeNumber(textAt(object, REVISION)),
    type: textAt(object, 'metadata.labels["rollout-type"]') ?? '',
    phase: textAt(object, 'status.phase') ?? '',
    message: textAt(object, 'status.message'),
    startedAt: timeAt(object, 'status.startedAt'),
    completedAt: timeAt(object, 'status.completedAt'),
    metrics: listAt(object, 'spec.metrics').map((metric) => {
      const name = textAt(metric, 'name') ?? '';
      const result = listAt(object, 'status.metricResults').find((one) => textAt(one, 'name') === name);
      return { name, ...limitsOf(metric, args), ...resultOf(result), dryRun: dry.some((one) => matches(one, name)) };
    }),
  };
}

/** Arguments with a value of their own; those that come from a Secret are never read. */
const argumentsOf = (object: unknown): ReadonlyMap<string, string> =>
  new Map(
    listAt(object, 'spec.args').flatMap((one) => {
      const value = textAt(one, 'value');
      return value === undefined ? [] : [[textAt(one, 'name') ?? '', value] as const];
    }),
  );

/** `dryRun` names metrics by a regular expression that must match the whole name. */
function matches(pattern: string, name: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`).test(name);
  } catch {
    return pattern === name;
  }
}

function limitsOf(metric: unknown, args: ReadonlyMap<string, string>) {
  const condition = (path: string): string | undefined =>
    textAt(metric, path)?.replace(/\{\{\s*args\.([^\s}]+)\s*\}\}/g, (all, name: string) => args.get(name) ?? all);
  const limit = (path: string, otherwise: number): number => {
    const value = fieldAt(metric, path);
    return value === undefined || value === null ? otherwise : (intOf(value) ?? otherwise);
  };
  const interval = textAt(metric, 'interval');
  const count = limit('count', 0);
  return {
    successCondition: condition('successCondition'),
    failureCondition: condition('failureCondition'),
    // Without an interval there is one measurement (Metric.EffectiveCount).
    count: count > 0 ? count : interval === undefined ? 1 : undefined,
    intervalSeconds: interval === undefined ? undefined : goSeconds(interval),
    initialDelaySeconds: goSeconds(textAt(metric, 'initialDelay') ?? '0s') ?? 0,
    failureLimit: limit('failureLimit', 0),
    inconclusiveLimit: limit('inconclusiveLimit', 0),
    consecutiveErrorLimit: limit('consecutiveErrorLimit', 4),
  };
}

function resultOf(result: unknown) {
  const number = (path: string): number => numberAt(result, path) ?? 0;
  return {
    phase: textAt(result, 'phase') ?? 'Pending',
    message: textAt(result, 'message'),
    taken: number('count'),
    successful: number('successful'),
    failed: number('failed'),
    inconclusive: number('inconclusive'),
    errors: number('error'),
    consecutiveErrors: number('consecutiveError'),
    measurements: listAt(result, 'measurements').map((one) => ({
      phase: textAt(one, 'phase') ?? '',
      value: textAt(one, 'value'),
      message: textAt(one, 'message'),
      at: timeAt(one, 'finishedAt') ?? timeAt(one, 'startedAt'),
    })),
  };
}
