import { analysesOf } from '../analysis';
import { canary, example } from '../example';
import { inNamespace } from '../istio';
import type { KnownKind } from '../kinds';
import { fieldAt, hasAt, type KubeObject, listAt, nameOf, textAt } from '../object';
import { ISTIO, inStep, ROUTING, servicesOf, stepsOf } from '../rollout';
import type { ManifestRule, ObjectGroup, ReportObject } from '../rule';

/**
 * Takes a reference that an object makes: the kind and the name it wants, and where it says so, which is made only when it is
 * told. `asked`: Argo Rollouts itself refuses the Rollout without it; everything else may be in another repository.
 */
type Visit = (kind: KnownKind, name: string | undefined, path: () => string, asked: boolean) => void;

const TEMPLATE = 'spec.template.spec';

const rollout = (virtualService: string): KubeObject =>
  canary(
    {
      trafficRouting: {
        istio: { destinationRule: { name: 'web' }, virtualService: { name: virtualService, routes: [] } },
      },
    },
    { template: { spec: { containers: [{ name: 'web', envFrom: [{ configMapRef: { name: 'web-config-1' } }] }] } } },
  );
const configMap = () => example('ConfigMap', 'web-config-1');
const destinationRule = () => example('DestinationRule', 'web', { spec: { host: 'web' } });

export const referencesResolve: ManifestRule = {
  code: 'MAN004',
  severity: 'error',
  title: 'A reference to an object that is not there: pods do not start, or the Rollout is InvalidSpec',
  reason:
    'A pod waits for ever for a ConfigMap, a Secret or a ServiceAccount that is not there. Argo Rollouts refuses a Rollout whose routes, services or templates are not there.',
  hint: 'add the object, or correct the name; of what Cutover rendered this is a fault of Cutover',
  source:
    'Argo Rollouts 1.9.1, rollout/controller.go: getRolloutReferencedResources; measured (vs-missing, service-missing, template-missing, dr-missing)',
  kinds: ['Rollout', 'Job'],
  examples: () => ({
    bad: [
      {
        objects: [rollout('web'), configMap(), destinationRule()],
        paths: [`${ISTIO}.virtualService.name`],
      },
      {
        objects: [
          canary(
            {},
            { template: { spec: { containers: [{ name: 'web', envFrom: [{ configMapRef: { name: 'a' } }] }] } } },
          ),
        ],
        paths: [`${TEMPLATE}.containers[0].envFrom[0].configMapRef.name`],
      },
      {
        objects: [canary({ stableService: 'web' })],
        paths: ['spec.strategy.canary.stableService'],
      },
      {
        objects: [canary({ analysis: { templates: [{ templateName: 'errors' }] }, steps: [{ pause: {} }] })],
        paths: ['spec.strategy.canary.analysis.templates[0].templateName'],
      },
    ],
    good: [[canary({ stableService: 'web' }), example('Service', 'web', { spec: { selector: { app: 'web' } } })]],
  }),
  check: (group, report) => {
    for (const object of group.ofKind('Rollout')) visitRollout(object, visitor(group, object, report));
    if (!group.closed) return;
    for (const object of group.ofKind('Rollout')) visitWorkload(object, visitor(group, object, report));
    for (const object of [...group.ofKind('Rollout'), ...group.ofKind('Job')])
      visitPods(object, visitor(group, object, report));
  },
};

/** Tells what does not resolve. */
const visitor =
  (group: ObjectGroup, object: KubeObject, report: ReportObject): Visit =>
  (kind, name, path, asked) => {
    if (name === undefined || name === '' || (!asked && !group.closed)) return;
    const [plain = '', namespace] = kind === 'VirtualService' ? name.split('.') : [name];
    if (resolves(group, kind, plain, namespace === undefined ? object : inNamespace(namespace))) return;
    const elsewhere = group.find(kind, plain);
    const where =
      elsewhere === undefined ? '' : `; ${nameOf(elsewhere)} is in namespace "${elsewhere.metadata.namespace}"`;
    report(object, path(), `there is no ${kind} "${name}"${where}`);
  };

/** A Secret is written by External Secrets, so an ExternalSecret of the same name stands for it. */
function resolves(group: ObjectGroup, kind: KnownKind, name: string, near: KubeObject): boolean {
  if (kind === 'ClusterAnalysisTemplate') return group.find(kind, name) !== undefined;
  return (
    group.find(kind, name, near) !== undefined ||
    (kind === 'Secret' && group.find('ExternalSecret', name, near) !== undefined)
  );
}

/** What the controller looks for when it validates a Rollout. */
function visitRollout(object: KubeObject, visit: Visit): void {
  for (const { name, path } of servicesOf(object)) visit('Service', name, () => path, true);
  if (hasAt(object, ROUTING)) visitRouting(object, visit);
  for (const { analysis, path } of analysesOf(object))
    visitTemplates(listAt(analysis, 'templates'), () => `${path}.templates`, visit);
  for (const at of stepsOf(object))
    visitTemplates(listAt(at.step, 'experiment.analyses'), () => inStep(at, 'experiment', 'analyses'), visit);
}

const VIRTUAL_SERVICES = `${ISTIO}.virtualServices`;
const INGRESSES = [`${ROUTING}.alb.ingresses`, `${ROUTING}.nginx.stableIngresses`];
const ROUTED_BY: readonly (readonly [kind: KnownKind, path: string])[] = [
  ['Service', `${ROUTING}.alb.rootService`],
  ['VirtualService', `${ISTIO}.virtualService.name`],
  ['DestinationRule', `${ISTIO}.destinationRule.name`],
  ['Ingress', `${ROUTING}.alb.ingress`],
  ['Ingress', `${ROUTING}.nginx.stableIngress`],
];

function visitRouting(object: KubeObject, visit: Visit): void {
  for (const [kind, path] of ROUTED_BY) visit(kind, textAt(object, path), () => path, true);
  listAt(object, VIRTUAL_SERVICES).forEach((reference, i) => {
    visit('VirtualService', textAt(reference, 'name'), () => `${VIRTUAL_SERVICES}[${i}].name`, true);
  });
  for (const list of INGRESSES) {
    listAt(object, list).forEach((name, i) => {
      if (typeof name === 'string') visit('Ingress', name, () => `${list}[${i}]`, true);
    });
  }
}

function visitTemplates(references: readonly unknown[], base: () => string, visit: Visit): void {
  references.forEach((reference, i) => {
    // A template for the whole cluster is often kept with the platform.
    const cluster = fieldAt(reference, 'clusterScope') === true;
    const kind = cluster ? 'ClusterAnalysisTemplate' : 'AnalysisTemplate';
    visit(kind, textAt(reference, 'templateName'), () => `${base()}[${i}].templateName`, !cluster);
  });
}

const ACCOUNT = `${TEMPLATE}.serviceAccountName`;
const CONTAINERS = `${TEMPLATE}.containers`;
const VOLUMES = `${TEMPLATE}.volumes`;

function visitPods(object: KubeObject, visit: Visit): void {
  visit('ServiceAccount', textAt(object, ACCOUNT), () => ACCOUNT, false);
  listAt(object, CONTAINERS).forEach((container, i) => {
    listAt(container, 'envFrom').forEach((source, j) => {
      const path = () => `${CONTAINERS}[${i}].envFrom[${j}].configMapRef.name`;
      visit('ConfigMap', textAt(source, 'configMapRef.name'), path, false);
    });
  });
  listAt(object, VOLUMES).forEach((volume, i) => {
    visit('ConfigMap', textAt(volume, 'configMap.name'), () => `${VOLUMES}[${i}].configMap.name`, false);
  });
}

function visitWorkload(object: KubeObject, visit: Visit): void {
  if (textAt(object, 'spec.workloadRef.kind') !== 'Deployment') return;
  const path = 'spec.workloadRef.name';
  visit('Deployment', textAt(object, path), () => path, false);
}
