import { analysesOf, metricsOf, templatesOf } from '../manifest/analysis';
import { goSeconds } from '../manifest/duration';
import { fieldAt, hasAt, type KubeObject, numberAt, textAt } from '../manifest/object';
import { BLUE_GREEN, CANARY, intOf, routersOf, stepsOf } from '../manifest/rollout';
import type { ObjectGroup } from '../manifest/rule';

/** A release of a Rollout as its manifests say it. */
export interface Release {
  /** `canary in 15 steps on istio`. */
  readonly strategy: string;
  /** At least so long: pauses, analyses and the time that pods are watched; pods have to start too. */
  readonly seconds: number;
  /** Whether it waits for a person. */
  readonly waits: boolean;
}

/** What the next release of a Rollout is, by its own steps and the templates that are known. */
export function releaseOf(group: ObjectGroup, rollout: KubeObject): Release {
  const ready = numberAt(rollout, 'spec.minReadySeconds') ?? 0;
  if (hasAt(rollout, BLUE_GREEN)) return blueGreen(group, rollout, ready);
  const steps = stepsOf(rollout);
  let seconds = 0;
  let waits = false;
  let batches = 0;
  for (const { step } of steps) {
    const pause = fieldAt(step, 'pause');
    if (pause !== undefined) {
      const duration = durationOf(fieldAt(pause, 'duration'));
      if (duration === undefined) waits = true;
      else seconds += duration;
    }
    if (hasAt(step, 'analysis')) seconds += analysisSeconds(group, rollout, fieldAt(step, 'analysis'));
    if (hasAt(step, 'setWeight') || hasAt(step, 'setCanaryScale')) batches += 1;
  }
  const router = routersOf(rollout)[0];
  const told =
    steps.length === 0
      ? 'canary without steps: a rolling update'
      : `canary in ${steps.length} step${steps.length === 1 ? '' : 's'}`;
  return {
    strategy: router === undefined ? told : `${told} on ${router}`,
    seconds: seconds + ready * Math.max(batches, 1),
    waits,
  };
}

function blueGreen(group: ObjectGroup, rollout: KubeObject, ready: number): Release {
  const around = analysesOf(rollout).reduce((sum, { analysis }) => sum + analysisSeconds(group, rollout, analysis), 0);
  const automatic = fieldAt(rollout, `${BLUE_GREEN}.autoPromotionEnabled`) !== false;
  const after = numberAt(rollout, `${BLUE_GREEN}.autoPromotionSeconds`) ?? 0;
  return { strategy: 'blue-green', seconds: around + after + ready, waits: !automatic && after === 0 };
}

/** The seconds of a pause; undefined where it ends only when a person says so. */
function durationOf(duration: unknown): number | undefined {
  if (duration === undefined || duration === null) return undefined;
  if (typeof duration === 'number') return duration;
  if (typeof duration !== 'string') return 0;
  return /^\d+$/.test(duration) ? Number(duration) : (goSeconds(duration) ?? 0);
}

/** A run takes as long as its longest metric: its delay, then an interval between every two measurements. */
function analysisSeconds(group: ObjectGroup, rollout: KubeObject, analysis: unknown): number {
  const templates = templatesOf(group, rollout, { analysis, path: CANARY, background: false });
  const seconds = templates.flatMap(({ template }) =>
    metricsOf(template).map(({ metric }) => {
      const count = intOf(fieldAt(metric, 'count') ?? 1) ?? 1;
      const delay = goSeconds(textAt(metric, 'initialDelay') ?? '0') ?? 0;
      return delay + Math.max(count - 1, 0) * (goSeconds(textAt(metric, 'interval') ?? '0') ?? 0);
    }),
  );
  return Math.max(0, ...seconds);
}

/** Seconds for people. */
export function shownSeconds(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 360) / 10} h`;
}
