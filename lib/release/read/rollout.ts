import { goSeconds } from '../../manifest/duration';
import { fieldAt, hasAt, listAt, mapAt, numberAt, textAt } from '../../manifest/object';
import { BLUE_GREEN, CANARY, STEPS } from '../../manifest/rollout';
import { nameIn, timeAt } from './owner';
import { type RouterFacts, routerOf } from './router';

/** A condition as the controller writes it; times in milliseconds since 1970. */
export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
  readonly updatedAt: number | undefined;
}

export type RolloutStep =
  | { readonly kind: 'setWeight'; readonly weight: number }
  /** Without a duration it lasts until somebody promotes. */
  | { readonly kind: 'pause'; readonly durationSeconds: number | undefined }
  | { readonly kind: 'analysis'; readonly templates: readonly string[] }
  | { readonly kind: 'other'; readonly name: string };

export interface AnalysisReference {
  readonly name: string;
  readonly status: string;
}

/** A Rollout, as far as a release needs it. */
export interface RolloutFacts extends RouterFacts {
  readonly name: string;
  readonly namespace: string;
  readonly generation: number;
  readonly observedGeneration: number | undefined;
  readonly revision: number | undefined;
  readonly trackingId: string | undefined;
  readonly strategy: 'canary' | 'blueGreen' | 'unknown';
  readonly replicas: number;
  readonly selector: Readonly<Record<string, string>>;
  readonly containers: readonly { readonly name: string; readonly image: string }[];
  readonly steps: readonly RolloutStep[];
  readonly progressDeadlineSeconds: number;
  readonly rollbackWindowRevisions: number;
  readonly revisionHistoryLimit: number;
  /** How long the pods of an aborted version stay; 0 keeps them, undefined where they go at once. */
  readonly abortScaleDownDelaySeconds: number | undefined;
  readonly dynamicStableScale: boolean;
  /** Whether a preview is promoted without somebody's word. */
  readonly promotesItself: boolean;
  readonly pausedByUser: boolean;
  readonly pauses: readonly { readonly reason: string; readonly since: number | undefined }[];
  readonly controllerPause: boolean;
  readonly aborted: boolean;
  readonly abortedAt: number | undefined;
  readonly phase: string;
  readonly message: string;
  readonly currentHash: string;
  readonly stableHash: string;
  readonly stepIndex: number | undefined;
  /** Shares of requests that the controller last gave the canary, in %. */
  readonly canaryWeight: number | undefined;
  readonly conditions: readonly Condition[];
  readonly analyses: {
    readonly background: AnalysisReference | undefined;
    readonly step: AnalysisReference | undefined;
    readonly prePromotion: AnalysisReference | undefined;
    readonly postPromotion: AnalysisReference | undefined;
  };
}

export const REVISION = 'metadata.annotations["rollout.argoproj.io/revision"]';

/** Defaults where the spec is silent: Argo Rollouts 1.9.1, utils/defaults/defaults.go. */
const DEFAULT_PROGRESS_DEADLINE_SECONDS = 600;
const DEFAULT_REVISION_HISTORY_LIMIT = 10;
const DEFAULT_ABORT_SCALE_DOWN_DELAY_SECONDS = 30;

/** Reads a Rollout; what is missing or of another type is as if it were not there. */
export function readRollout(object: unknown): RolloutFacts {
  const status = (path: string): string => `status.${path}`;
  return {
    name: nameIn(object),
    namespace: textAt(object, 'metadata.namespace') ?? '',
    generation: numberAt(object, 'metadata.generation') ?? 0,
    observedGeneration: wholeNumber(fieldAt(object, status('observedGeneration'))),
    revision: wholeNumber(textAt(object, REVISION)),
    trackingId: textAt(object, 'metadata.annotations["argocd.argoproj.io/tracking-id"]'),
    ...specOf(object),
    ...routerOf(object),
    pausedByUser: fieldAt(object, 'spec.paused') === true,
    pauses: listAt(object, status('pauseConditions')).map((pause) => ({
      reason: textAt(pause, 'reason') ?? '',
      since: timeAt(pause, 'startTime'),
    })),
    controllerPause: fieldAt(object, status('controllerPause')) === true,
    aborted: fieldAt(object, status('abort')) === true,
    abortedAt: timeAt(object, status('abortedAt')),
    phase: textAt(object, status('phase')) ?? '',
    message: textAt(object, status('message')) ?? '',
    currentHash: textAt(object, status('currentPodHash')) ?? '',
    stableHash: textAt(object, status('stableRS')) ?? '',
    stepIndex: numberAt(object, status('currentStepIndex')),
    canaryWeight: numberAt(object, status('canary.weights.canary.weight')),
    conditions: conditionsOf(object),
    analyses: {
      background: analysisAt(object, status('canary.currentBackgroundAnalysisRunStatus')),
      step: analysisAt(object, status('canary.currentStepAnalysisRunStatus')),
      prePromotion: analysisAt(object, status('blueGreen.prePromotionAnalysisRunStatus')),
      postPromotion: analysisAt(object, status('blueGreen.postPromotionAnalysisRunStatus')),
    },
  };
}

function specOf(object: unknown) {
  return {
    strategy: strategyOf(object),
    replicas: numberAt(object, 'spec.replicas') ?? 1,
    selector: mapAt(object, 'spec.selector.matchLabels'),
    containers: containersAt(object, 'spec.template.spec.containers'),
    steps: listAt(object, STEPS).map(stepOf),
    progressDeadlineSeconds: numberAt(object, 'spec.progressDeadlineSeconds') ?? DEFAULT_PROGRESS_DEADLINE_SECONDS,
    rollbackWindowRevisions: numberAt(object, 'spec.rollbackWindow.revisions') ?? 0,
    revisionHistoryLimit: numberAt(object, 'spec.revisionHistoryLimit') ?? DEFAULT_REVISION_HISTORY_LIMIT,
    abortScaleDownDelaySeconds: abortDelay(object),
    dynamicStableScale: fieldAt(object, `${CANARY}.dynamicStableScale`) === true,
    promotesItself: fieldAt(object, `${BLUE_GREEN}.autoPromotionEnabled`) !== false,
  };
}

/** Without a router there is none (1.9.1, utils/defaults/defaults.go, GetAbortScaleDownDelaySecondsOrDefault). */
function abortDelay(object: unknown): number | undefined {
  const own =
    numberAt(object, `${CANARY}.abortScaleDownDelaySeconds`) ??
    numberAt(object, `${BLUE_GREEN}.abortScaleDownDelaySeconds`);
  const delays = hasAt(object, `${CANARY}.trafficRouting`) || hasAt(object, BLUE_GREEN);
  return delays ? (own ?? DEFAULT_ABORT_SCALE_DOWN_DELAY_SECONDS) : undefined;
}

function strategyOf(object: unknown): RolloutFacts['strategy'] {
  if (hasAt(object, CANARY)) return 'canary';
  return hasAt(object, BLUE_GREEN) ? 'blueGreen' : 'unknown';
}

/** The containers of a pod template, by name and image. */
export function containersAt(object: unknown, path: string): RolloutFacts['containers'] {
  return listAt(object, path).map((one) => ({ name: textAt(one, 'name') ?? '', image: textAt(one, 'image') ?? '' }));
}

function stepOf(step: unknown): RolloutStep {
  const weight = numberAt(step, 'setWeight');
  if (weight !== undefined) return { kind: 'setWeight', weight };
  if (hasAt(step, 'pause')) return { kind: 'pause', durationSeconds: secondsOf(fieldAt(step, 'pause.duration')) };
  if (hasAt(step, 'analysis')) {
    const templates = listAt(step, 'analysis.templates').map((one) => textAt(one, 'templateName') ?? '');
    return { kind: 'analysis', templates };
  }
  return { kind: 'other', name: Object.keys(typeof step === 'object' && step !== null ? step : {})[0] ?? 'step' };
}

/** A duration of a pause: Go's notation, or a number of seconds (Argo Rollouts 1.9.1, RolloutPause.DurationSeconds). */
function secondsOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return undefined;
  return /^\d+$/.test(value) ? Number(value) : goSeconds(value);
}

/** A whole number that may be written as text, as `status.observedGeneration` is. */
export function wholeNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return Math.trunc(value);
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : undefined;
}

export function conditionsOf(object: unknown): readonly Condition[] {
  return listAt(object, 'status.conditions').map((one) => ({
    type: textAt(one, 'type') ?? '',
    status: textAt(one, 'status') ?? '',
    reason: textAt(one, 'reason') ?? '',
    message: textAt(one, 'message') ?? '',
    updatedAt: timeAt(one, 'lastUpdateTime') ?? timeAt(one, 'lastTransitionTime'),
  }));
}

function analysisAt(object: unknown, path: string): AnalysisReference | undefined {
  const name = textAt(object, `${path}.name`);
  return name === undefined ? undefined : { name, status: textAt(object, `${path}.status`) ?? '' };
}
