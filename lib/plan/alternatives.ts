import { statedSteps } from '../catalog/between-weights';
import { PAIRS } from '../catalog/capabilities';
import { exchangeSeconds, gateSeconds, secondsToFail } from '../catalog/duration';
import { countsRequests } from '../catalog/gate-kinds';
import { podsForWeight } from '../catalog/pod-share';
import { presetSteps } from '../catalog/presets';
import type {
  AbTestStrategy,
  BlueGreenStrategy,
  CanaryStrategy,
  Delays,
  Gate,
  Pace,
  ReplicaSetSettings,
  RollingStrategy,
  Service,
  Step,
  Strategy,
  StrategyKind,
} from '../catalog/service';
import { steadyPodsOf } from './pods';

/** The same service with another strategy, or why its router does not carry that. */
export function withStrategy(service: Service, kind: StrategyKind): Service | { readonly refused: string } {
  if (service.strategy.kind === kind) return service;
  const pair = PAIRS[kind][service.routing.router];
  if ('refused' in pair) return pair;
  return { ...service, strategy: MADE[kind](service) };
}

/** What people would most likely write; a new strategy does not compile until it is here. */
const MADE: { readonly [K in StrategyKind]: (service: Service) => Extract<Strategy, { readonly kind: K }> } = {
  rolling: rollingOf,
  blueGreen: blueGreenOf,
  canary: canaryOf,
  abTest: abTestOf,
};

/** Pods above the replicas, none missing: the defaults of the catalog. */
const PACE: Pace = { maxSurge: '25%', maxUnavailable: 0 };
const DELAYS: Delays = { scaleDownDelaySeconds: 30, abortScaleDownDelaySeconds: 30 };

function settingsOf({ strategy }: Service): ReplicaSetSettings {
  const { antiAffinity, minReadySeconds, progressDeadlineSeconds, revisionHistoryLimit, rollbackWindowRevisions } =
    strategy;
  return { antiAffinity, minReadySeconds, progressDeadlineSeconds, revisionHistoryLimit, rollbackWindowRevisions };
}

const absolute = (gates: readonly Gate[]): readonly Gate[] => gates.filter(({ relative }) => !relative);

/** Its gates are those that can fail before the pods are exchanged (B5). */
function rollingOf(service: Service): RollingStrategy {
  const settings = { ...settingsOf(service), ...PACE };
  const lasts = exchangeSeconds(settings, service.scale);
  const gates = absolute(service.gates).filter((gate) => secondsToFail(gate) <= lasts);
  return {
    kind: 'rolling',
    ...settings,
    background: gates.length === 0 ? undefined : { gates },
    comparedWith: undefined,
  };
}

/** Gates about pods before the switch, gates about requests after it, and the old version until those have spoken (P27). */
function blueGreenOf(service: Service): BlueGreenStrategy {
  const gates = absolute(service.gates);
  // Asked before their window has seen the new version they would have no answer, and the release would wait for a person.
  const after = gates
    .filter(({ kind }) => countsRequests(kind))
    .map((gate) => ({ ...gate, initialDelaySeconds: Math.max(gate.initialDelaySeconds, gate.windowSeconds) }));
  const wanted = Math.max(0, ...after.map(gateSeconds)) + DELAYS.scaleDownDelaySeconds;
  return {
    kind: 'blueGreen',
    ...settingsOf(service),
    ...PACE,
    ...DELAYS,
    scaleDownDelaySeconds: wanted,
    background: undefined,
    promotion: 'automatic',
    previewReplicas: undefined,
    prePromotionGates: gates.filter(({ kind }) => !countsRequests(kind)),
    postPromotionGates: after,
  };
}

/** The preset `standard` with all gates. */
function canaryOf(service: Service): CanaryStrategy {
  const gates = absolute(service.gates);
  const steps = presetSteps(
    'standard',
    gates.map(({ name }) => name),
  ).map((step): Step => {
    if ('setWeight' in step) return { kind: 'setWeight', weight: step.setWeight };
    // Of the presets only `auto` has pauses without a number.
    if ('pause' in step)
      return { kind: 'pause', durationSeconds: 'auto' in step.pause ? undefined : step.pause.durationSeconds };
    return { kind: 'analysis', gates };
  });
  return {
    kind: 'canary',
    optimizeFor: 'fastRollback',
    ...settingsOf(service),
    ...PACE,
    ...DELAYS,
    steps,
    background: undefined,
  };
}

/** Share of the users who meet a variant where the service has no first weight, in %. */
const TRIED_PERCENT = 10;

/** One variant for as many users as the first weight of the canary has; nothing judges it but people. */
function abTestOf(service: Service): AbTestStrategy {
  const { strategy, image, scale, name } = service;
  const first =
    strategy.kind === 'canary'
      ? statedSteps(strategy.steps).find((step) => step.kind === 'setWeight' && step.weight > 0)
      : undefined;
  const percent = first?.kind === 'setWeight' ? first.weight : TRIED_PERCENT;
  return {
    kind: 'abTest',
    ...settingsOf(service),
    ...PACE,
    background: undefined,
    cookie: { name: `${name}-variant`, maxAgeSeconds: 604_800, secure: true },
    variants: [
      {
        name: 'b',
        image,
        replicas: podsForWeight(steadyPodsOf(scale), percent),
        percent,
        header: undefined,
        cookie: undefined,
      },
    ],
    gates: [],
  };
}
