import { analysesOf, isWhole } from '../manifest/analysis';
import { hasAt, type KubeObject } from '../manifest/object';
import { BLUE_GREEN, routersOf, stepsOf } from '../manifest/rollout';
import type { ObjectGroup } from '../manifest/rule';
import { duration } from '../plan/format/numbers';
import { renderedTimeline } from '../plan/rendered';
import type { ExpectedSeconds } from './change';
import { rolloutOf } from './rendered-rollout';

/** The next release of a Rollout as its manifests say it. */
export interface Release {
  /** `canary in 12 steps on istio`. */
  readonly strategy: string;
  /** From the first new pod to full promotion, as `npm run plan` has it: the time for which a person is waited for is not in it. */
  readonly seconds: ExpectedSeconds;
  /** Whether something takes time that the manifests do not tell: an analysis whose template is elsewhere, a plugin. */
  readonly longer: boolean;
  /** Whether it waits for a person. */
  readonly waits: boolean;
}

/** What the next release of a Rollout is, by the planner. */
export function releaseOf(group: ObjectGroup, rollout: KubeObject): Release {
  const { promotionSeconds, phases } = renderedTimeline(rolloutOf(group, rollout));
  return {
    strategy: strategyOf(rollout),
    seconds: promotionSeconds,
    longer:
      stepsOf(rollout).some(({ step }) => hasAt(step, 'plugin')) ||
      analysesOf(rollout).some((analysis) => !analysis.background && !isWhole(group, rollout, analysis)),
    waits: phases.some(({ kind }) => kind === 'person'),
  };
}

function strategyOf(rollout: KubeObject): string {
  if (hasAt(rollout, BLUE_GREEN)) return 'blue-green';
  const { length } = stepsOf(rollout);
  const [router] = routersOf(rollout);
  if (length === 0) return 'canary without steps: a rolling update';
  const told = `canary in ${length} step${length === 1 ? '' : 's'}`;
  return router === undefined ? told : `${told} on ${router}`;
}

/** `about 10 min 40 s, 95 of 100 within 10 min 56 s`. */
export function releaseTime({ seconds: { median, p95 }, longer, waits }: Release): string {
  const time = `${longer ? 'at least' : 'about'} ${duration(median)}`;
  const late = duration(p95) === duration(median) ? '' : `, 95 of 100 within ${duration(p95)}`;
  return `${time}${longer ? '' : late}${waits ? ', and it waits for a person' : ''}`;
}

/** Seconds for people. */
export function shownSeconds(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 360) / 10} h`;
}
