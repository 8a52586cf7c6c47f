import { annotationPath, hookPhases, SYNC_WAVE, waveOf } from '../argocd';
import { example, metric } from '../example';
import { virtualServicesOf } from '../istio';
import { fieldAt, type KubeObject, listAt, nameOf, textAt } from '../object';
import { podReferencesOf } from '../pod-references';
import { POD_KINDS, podTemplatesOf } from '../pods';
import type { ManifestRule, ObjectGroup } from '../rule';
import { borrowedDeployments } from '../scaling';

const wave = (wave: number) => ({ annotations: { [SYNC_WAVE]: String(wave) } });
const rollout = (at: number, spec: Readonly<Record<string, unknown>>): KubeObject =>
  example('Rollout', 'web', { spec }, wave(at));
const analysed = { strategy: { canary: { analysis: { templates: [{ templateName: 'errors' }] } } } };
const template = (at: number): KubeObject =>
  example('AnalysisTemplate', 'errors', { spec: { metrics: [metric({ interval: '1m' })] } }, wave(at));
const configured = { template: { spec: { volumes: [{ name: 'c', configMap: { name: 'web-config' } }] } } };
const configMap = (at: number): KubeObject => example('ConfigMap', 'web-config', {}, wave(at));
const autoscaler = (at: number): KubeObject =>
  example(
    'HorizontalPodAutoscaler',
    'web',
    { spec: { scaleTargetRef: { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'web' } } },
    wave(at),
  );

export const wavesInOrder: ManifestRule = {
  code: 'MAN061',
  severity: 'error',
  title: 'An object in a wave before something it cannot be healthy without: the first sync fails or never ends',
  reason:
    'Argo CD waits for a wave to be healthy before it applies the next. A Rollout without its Services or templates is Degraded, which fails the sync; pods without their ConfigMap never start, and what they wait for is never applied.',
  hint: 'give what is needed the same sync-wave or a lower one',
  source: 'Argo CD 3.5.1, gitops-engine/pkg/sync/sync_context.go; Argo Rollouts 1.9.1, utils/validation (P11, P44)',
  kinds: [...POD_KINDS, 'HorizontalPodAutoscaler'],
  examples: () => ({
    bad: [
      { objects: [rollout(1, analysed), template(2)], paths: [annotationPath(SYNC_WAVE)] },
      { objects: [rollout(-1, configured), configMap(0)], paths: [annotationPath(SYNC_WAVE)] },
      { objects: [rollout(1, {}), autoscaler(0)], paths: [annotationPath(SYNC_WAVE)] },
    ],
    good: [
      [rollout(2, analysed), template(1)],
      [rollout(0, configured), configMap(0)],
      [rollout(1, {}), autoscaler(1)],
    ],
  }),
  check: (group, report) => {
    const waves = new Map(group.objects.map((object) => [object, waveOf(object)]));
    const last = Math.max(...new Set(waves.values()));
    const wave = (object: KubeObject): number => waves.get(object) ?? 0;
    const waits = (object: KubeObject): boolean => wave(object) < last && hookPhases(object).length === 0;
    const compare = (object: KubeObject, needed: KubeObject | undefined, told: Set<KubeObject>): void => {
      if (needed === undefined || wave(needed) <= wave(object) || told.has(needed)) return;
      if (hookPhases(needed).length > 0) return;
      told.add(needed);
      const message = `wave ${wave(object)} is before wave ${wave(needed)} of ${nameOf(needed)}, which it needs`;
      report(object, annotationPath(SYNC_WAVE), message);
    };
    for (const object of group.ofKind('Rollout').filter(waits)) {
      const told = new Set<KubeObject>();
      for (const needed of neededByRollout(group, object)) compare(object, needed, told);
    }
    for (const template of podTemplatesOf(group)) {
      // The pods of a template that a Rollout takes are the Rollout's, and where there are to be none, none is missing.
      const borrower = borrowedDeployments(group).get(template.owner);
      const owner = borrower ?? template.owner;
      if (!waits(owner) || fieldAt(owner, 'spec.replicas') === 0) continue;
      const told = new Set<KubeObject>();
      for (const { kind, name } of podReferencesOf(template)) compare(owner, group.find(kind, name, owner), told);
    }
    for (const object of group.ofKind('HorizontalPodAutoscaler').filter(waits)) {
      const target = fieldAt(object, 'spec.scaleTargetRef');
      const kind = SCALABLE.find((kind) => kind === fieldAt(target, 'kind'));
      if (kind !== undefined) compare(object, group.find(kind, textAt(target, 'name') ?? '', object), new Set());
    }
  },
};

const SCALABLE = ['Rollout', 'Deployment', 'StatefulSet'] as const;
const SERVICES = [
  'canary.canaryService',
  'canary.stableService',
  'canary.pingPong.pingService',
  'canary.pingPong.pongService',
  'blueGreen.activeService',
  'blueGreen.previewService',
].map((field) => `spec.strategy.${field}`);
const TEMPLATES = [
  'canary.analysis.templates',
  'blueGreen.prePromotionAnalysis.templates',
  'blueGreen.postPromotionAnalysis.templates',
].map((field) => `spec.strategy.${field}`);

/** What Argo Rollouts looks for before it starts a release. */
function neededByRollout(group: ObjectGroup, rollout: KubeObject): readonly (KubeObject | undefined)[] {
  const strategy = 'spec.strategy.canary';
  const routing = `${strategy}.trafficRouting`;
  const named = listAt(rollout, `${strategy}.steps`).flatMap((step) => listAt(step, 'analysis.templates'));
  const templates = [...named, ...TEMPLATES.flatMap((path) => listAt(rollout, path))];
  return [
    ...SERVICES.map((path) => group.find('Service', textAt(rollout, path) ?? '', rollout)),
    ...virtualServicesOf(group, rollout).map(({ virtualService }) => virtualService),
    group.find('DestinationRule', textAt(rollout, `${routing}.istio.destinationRule.name`) ?? '', rollout),
    group.find('Ingress', textAt(rollout, `${routing}.alb.ingress`) ?? '', rollout),
    group.find('Ingress', textAt(rollout, `${routing}.nginx.stableIngress`) ?? '', rollout),
    ...templates.map((template) => group.find('AnalysisTemplate', textAt(template, 'templateName') ?? '', rollout)),
  ];
}
