import { metricsOf, templatesOf } from '../manifest/analysis';
import { annotationOf } from '../manifest/argocd';
import { goSeconds } from '../manifest/duration';
import { fieldAt, hasAt, type KubeObject, listAt, numberAt, textAt } from '../manifest/object';
import {
  BLUE_GREEN,
  CANARY,
  DESTINATION_RULE,
  intOf,
  MAX_TRAFFIC_WEIGHT,
  POD_START_ANNOTATION,
  routersOf,
  stepsOf,
} from '../manifest/rollout';
import type { ObjectGroup } from '../manifest/rule';
import { leastPods } from '../manifest/scaling';
import { podReadySeconds } from '../plan/pods';
import type { RenderedRollout } from '../plan/rendered';
import { longest } from '../plan/timeline/longest';
import type { BlueGreenCourse, CanaryCourse, ReleasedRouting, TimedGate } from '../plan/timeline/released';

/**
 * A Rollout and what it names, in the terms of the plan. What the manifests leave out is what Argo Rollouts 1.9.1
 * (utils/defaults/defaults.go) and Kubernetes 1.34 make of it.
 */
export function rolloutOf(group: ObjectGroup, rollout: KubeObject): RenderedRollout {
  const containers = listAt(podSpecOf(group, rollout), 'containers');
  const startSeconds = Number(annotationOf(rollout, POD_START_ANNOTATION));
  return {
    strategy: hasAt(rollout, BLUE_GREEN) ? blueGreenOf(group, rollout) : canaryOf(group, rollout),
    routing: routingOf(rollout),
    scale: { kind: 'fixed', replicas: Math.max(0, leastPods(group, rollout) ?? 1) },
    probes: slowestProbes(containers),
    podStartSeconds: startSeconds > 0 ? startSeconds : undefined,
    shutdown: {
      preStopSeconds: Math.max(0, ...containers.map((one) => numberAt(one, 'lifecycle.preStop.sleep.seconds') ?? 0)),
    },
  };
}

/** The spec of the pods; a Rollout may take that of a workload. */
function podSpecOf(group: ObjectGroup, rollout: KubeObject): unknown {
  const kind = textAt(rollout, 'spec.workloadRef.kind');
  const from =
    kind === 'Deployment' || kind === 'ReplicaSet' || kind === 'StatefulSet'
      ? group.find(kind, textAt(rollout, 'spec.workloadRef.name') ?? '', rollout)
      : rollout;
  return fieldAt(from, 'spec.template.spec');
}

/** A pod is ready when the last of its containers is. */
function slowestProbes(containers: readonly unknown[]): RenderedRollout['probes'] {
  const all = containers.map((container) => ({
    readiness: probeAt(container, 'readinessProbe'),
    startup: hasAt(container, 'startupProbe') ? probeAt(container, 'startupProbe') : undefined,
  }));
  const seconds = (probes: RenderedRollout['probes']): number =>
    podReadySeconds({ probes, podStartSeconds: undefined });
  return all.reduce((slowest, probes) => (seconds(probes) > seconds(slowest) ? probes : slowest), {
    readiness: probeAt(undefined, 'readinessProbe'),
    startup: undefined,
  });
}

const probeAt = (container: unknown, path: string) => ({
  initialDelaySeconds: numberAt(container, `${path}.initialDelaySeconds`) ?? 0,
  periodSeconds: Math.max(1, numberAt(container, `${path}.periodSeconds`) ?? 10),
  successThreshold: Math.max(1, numberAt(container, `${path}.successThreshold`) ?? 1),
});

/** Only Istio with subsets has the waits of the controller (B17); every other router splits at once. */
function routingOf(rollout: KubeObject): ReleasedRouting {
  const [router] = routersOf(rollout);
  if (router === undefined) return { router: 'none' };
  if (router !== 'istio') return { router: 'alb' };
  return { router, splitting: hasAt(rollout, DESTINATION_RULE) ? 'subset' : 'host' };
}

const paceOf = (rollout: KubeObject, strategy: string) => ({
  minReadySeconds: Math.max(0, numberAt(rollout, 'spec.minReadySeconds') ?? 0),
  maxSurge: podsAt(rollout, `${strategy}.maxSurge`),
  maxUnavailable: podsAt(rollout, `${strategy}.maxUnavailable`),
});

function podsAt(rollout: KubeObject, path: string): CanaryCourse['maxSurge'] {
  const value = fieldAt(rollout, path);
  if (typeof value === 'number') return Math.max(0, value);
  return typeof value === 'string' && /^\d+%$/.test(value) ? value : '25%';
}

function canaryOf(group: ObjectGroup, rollout: KubeObject): CanaryCourse<TimedGate> {
  const dynamic = fieldAt(rollout, `${CANARY}.dynamicStableScale`) === true;
  return {
    kind: 'canary',
    ...paceOf(rollout, CANARY),
    optimizeFor: dynamic ? 'lowOverhead' : 'fastRollback',
    scaleDownDelaySeconds: numberAt(rollout, `${CANARY}.scaleDownDelaySeconds`) ?? SCALE_DOWN_DELAY_SECONDS,
    steps: stepsOf(rollout).flatMap(({ step }) => stepOf(group, rollout, step)),
    background: undefined,
  };
}

const SCALE_DOWN_DELAY_SECONDS = 30;

function stepOf(
  group: ObjectGroup,
  rollout: KubeObject,
  step: unknown,
): readonly CanaryCourse<TimedGate>['steps'][number][] {
  if (hasAt(step, 'setWeight')) return [{ kind: 'setWeight', weight: weightOf(rollout, step) }];
  if (hasAt(step, 'pause')) return [{ kind: 'pause', durationSeconds: pauseSeconds(fieldAt(step, 'pause.duration')) }];
  if (hasAt(step, 'setCanaryScale')) return [{ kind: 'canaryScale', scale: scaleOf(fieldAt(step, 'setCanaryScale')) }];
  if (hasAt(step, 'analysis')) return [{ kind: 'analysis', gates: gatesOf(group, rollout, fieldAt(step, 'analysis')) }];
  if (!hasAt(step, 'experiment')) return [];
  const templates = listAt(step, 'experiment.templates');
  const gates = gatesOf(group, rollout, { templates: listAt(step, 'experiment.analyses') });
  return [
    {
      kind: 'experiment',
      // Without a duration it ends with its analyses.
      durationSeconds: goSeconds(textAt(step, 'experiment.duration') ?? '') ?? longest(gates),
      // The plan counts the pods of a baseline and of a canary.
      replicas: templates.reduce<number>((sum, one) => sum + (numberAt(one, 'replicas') ?? 1), 0) / 2,
      weight: undefined,
      gates,
    },
  ];
}

/** The share of the requests in %; a plugin may have more weights than 100. */
function weightOf(rollout: KubeObject, step: unknown): number {
  const most = numberAt(rollout, MAX_TRAFFIC_WEIGHT) ?? 100;
  return Math.min(100, Math.max(0, (100 * (numberAt(step, 'setWeight') ?? 0)) / (most > 0 ? most : 100)));
}

/** Seconds of a pause; undefined where it ends only when a person says so. */
function pauseSeconds(duration: unknown): number | undefined {
  if (typeof duration === 'number') return duration;
  if (typeof duration !== 'string') return undefined;
  return /^\d+$/.test(duration) ? Number(duration) : (goSeconds(duration) ?? 0);
}

function scaleOf(step: unknown): Extract<CanaryCourse['steps'][number], { readonly kind: 'canaryScale' }>['scale'] {
  const [replicas, percent] = [numberAt(step, 'replicas'), numberAt(step, 'weight')];
  if (fieldAt(step, 'matchTrafficWeight') === true || (replicas === undefined && percent === undefined))
    return { kind: 'matchWeight' };
  return replicas === undefined ? { kind: 'percent', percent: percent ?? 0 } : { kind: 'replicas', replicas };
}

/** What is measured at a step, by the templates that are known. */
function gatesOf(group: ObjectGroup, rollout: KubeObject, analysis: unknown): readonly TimedGate[] {
  if (analysis === undefined) return [];
  return templatesOf(group, rollout, { analysis, path: CANARY, background: false }).flatMap(({ template }) =>
    metricsOf(template).map(({ name, metric }) => ({
      name,
      initialDelaySeconds: goSeconds(textAt(metric, 'initialDelay') ?? '') ?? 0,
      intervalSeconds: goSeconds(textAt(metric, 'interval') ?? '') ?? 0,
      count: Math.max(1, intOf(fieldAt(metric, 'count') ?? 1) ?? 1),
    })),
  );
}

function blueGreenOf(group: ObjectGroup, rollout: KubeObject): BlueGreenCourse<TimedGate> {
  const analysis = (path: string) => gatesOf(group, rollout, fieldAt(rollout, `${BLUE_GREEN}.${path}`));
  // With promotion by a person the seconds say nothing (Argo Rollouts 1.9.1, rollout/pause.go: CompletedBlueGreenPause).
  const manual = fieldAt(rollout, `${BLUE_GREEN}.autoPromotionEnabled`) === false;
  const previewReplicas = numberAt(rollout, `${BLUE_GREEN}.previewReplicaCount`);
  return {
    kind: 'blueGreen',
    ...paceOf(rollout, BLUE_GREEN),
    promotion: manual ? 'manual' : 'automatic',
    previewReplicas,
    autoPromotionSeconds: manual ? 0 : (numberAt(rollout, `${BLUE_GREEN}.autoPromotionSeconds`) ?? 0),
    scaleDownDelaySeconds: numberAt(rollout, `${BLUE_GREEN}.scaleDownDelaySeconds`) ?? SCALE_DOWN_DELAY_SECONDS,
    background: undefined,
    prePromotionGates: analysis('prePromotionAnalysis'),
    postPromotionGates: analysis('postPromotionAnalysis'),
  };
}
