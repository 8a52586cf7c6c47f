import { metricsOf } from '../manifest/analysis';
import { type Gate, gatesOf, judge } from '../manifest/gate';
import { fieldAt, hasAt, type KubeObject } from '../manifest/object';
import { intOf } from '../manifest/rollout';
import { groupOf } from '../manifest/rule';
import { runOdds } from '../plan/analysis-run';

/** A metric of a template on both sides. */
export interface MetricPair {
  readonly name: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** The metrics of two objects by their names. */
export function metricPairs(before: KubeObject | undefined, after: KubeObject | undefined): readonly MetricPair[] {
  const [then, now] = [before, after].map(
    (object) => new Map(object === undefined ? [] : metricsOf(object).map(({ name, metric }) => [name, metric])),
  );
  const names = new Set([...(then?.keys() ?? []), ...(now?.keys() ?? [])]);
  return [...names].map((name) => ({ name, before: then?.get(name), after: now?.get(name) }));
}

/** How conditions changed: whether something passes that failed, and the other way round. Undefined where that cannot be told. */
export interface Judgement {
  /** A measurement that passes now and did not; undefined where none was found. */
  readonly looser: string | undefined;
  readonly stricter: string | undefined;
}

/** Compares what two versions of a metric say of many measurements. */
export function compareConditions(before: KubeObject, after: KubeObject, name: string): Judgement | undefined {
  const [then, now] = [gateIn(before, name), gateIn(after, name)];
  if (then === undefined || now === undefined) return undefined;
  let looser: string | undefined;
  let stricter: string | undefined;
  for (const value of trials(then, now)) {
    const results = then.form === 'scalar' && value.length === 1 ? (value[0] ?? 0) : value;
    const [was, is] = [judge(then, results), judge(now, results)];
    if (was === 'unknown' || is === 'unknown') return undefined;
    if (is === 'pass' && was !== 'pass') looser ??= told(value);
    if (was === 'pass' && is !== 'pass') stricter ??= told(value);
    if (was === 'fail' && is === 'inconclusive') looser ??= told(value);
  }
  return { looser, stricter };
}

const told = (value: readonly number[]): string => (value.length === 0 ? 'no answer' : String(value[0]));

const gateIn = (object: KubeObject, name: string): Gate | undefined =>
  gatesOf(groupOf([object], false)).find((gate) => gate.name === name);

/** Silence, no number, usual numbers, and those beside what the conditions compare with; numbers last, so that messages name one. */
function trials(...gates: readonly Gate[]): readonly (readonly number[])[] {
  const texts = gates.flatMap(({ success, failure }) => [success?.text ?? '', failure?.text ?? '']).join(' ');
  const written = [...texts.matchAll(/\d+(?:\.\d+)?(?:e-?\d+)?/g)]
    .map(([text]) => Number(text))
    .filter(Number.isFinite);
  const sorted = [...new Set(written)].sort((a, b) => a - b);
  const between = sorted.slice(1).map((n, i) => (n + (sorted[i] ?? 0)) / 2);
  return [...between, ...sorted.flatMap((n) => [n, n * 1.01, n * 0.99, n + 1]), 0, 0.001, 0.5, 1, 100, 1e6, Number.NaN]
    .map((n) => [n])
    .concat([[]]);
}

/** A version that is bad enough to fail every second measurement. */
const HALF = { success: 0.5, failure: 0.5, inconclusive: 0, error: 0 };

/**
 * The share of runs in which a metric stops a version that fails half of its measurements, by the counters of Argo Rollouts; undefined for
 * one that is measured until the release ends.
 */
export function powerOf(metric: unknown): number | undefined {
  const count = intOf(fieldAt(metric, 'count') ?? (hasAt(metric, 'interval') ? undefined : 1));
  const failureLimit = intOf(fieldAt(metric, 'failureLimit') ?? 0);
  if (!hasAt(metric, 'count') && hasAt(metric, 'interval')) return undefined;
  if (count === undefined || failureLimit === undefined || count < 1 || count > MOST || failureLimit < 0)
    return undefined;
  return runOdds([HALF], { count, failureLimit, inconclusiveLimit: 0, consecutiveErrorLimit: 4 }).failed;
}

/** More measurements than a gate of a release takes. */
const MOST = 1000;
