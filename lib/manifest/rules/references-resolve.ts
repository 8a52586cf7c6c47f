import { analysesOf } from '../analysis';
import { canary, example } from '../example';
import { inNamespace } from '../istio';
import type { KnownKind } from '../kinds';
import { fieldAt, hasAt, type KubeObject, listAt, nameOf, textAt } from '../object';
import { ISTIO, inStep, ROUTING, servicesOf, stepsOf } from '../rollout';
import type { ManifestRule, ObjectGroup, ReportObject } from '../rule';

/** A reference that an object makes: the kind and the name it wants, and where it says so. */
interface Reference {
  readonly kind: KnownKind;
  readonly name: string | undefined;
  /** Made only when it is told. */
  readonly path: () => string;
  /** Whether Argo Rollouts itself refuses the Rollout without it; everything else may be in another repository. */
  readonly asked: boolean;
}

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
    for (const object of group.ofKind('Rollout')) {
      for (const reference of ofRollout(object)) check(group, object, reference, report);
    }
    if (!group.closed) return;
    for (const object of group.ofKind('Rollout')) check(group, object, workload(object), report);
    for (const object of [...group.ofKind('Rollout'), ...group.ofKind('Job')]) {
      for (const reference of ofPods(object)) check(group, object, reference, report);
    }
  },
};

function check(group: ObjectGroup, object: KubeObject, reference: Reference | undefined, report: ReportObject): void {
  if (reference?.name === undefined || reference.name === '') return;
  const { kind, name, path, asked } = reference;
  if (!asked && !group.closed) return;
  const [plain = '', namespace] = kind === 'VirtualService' ? name.split('.') : [name];
  if (resolves(group, kind, plain, namespace === undefined ? object : inNamespace(namespace))) return;
  const elsewhere = group.find(kind, plain);
  const where =
    elsewhere === undefined ? '' : `; ${nameOf(elsewhere)} is in namespace "${elsewhere.metadata.namespace}"`;
  report(object, path(), `there is no ${kind} "${name}"${where}`);
}

/** A Secret is written by External Secrets, so an ExternalSecret of the same name stands for it. */
function resolves(group: ObjectGroup, kind: KnownKind, name: string, near: KubeObject): boolean {
  if (kind === 'ClusterAnalysisTemplate') return group.find(kind, name) !== undefined;
  return (
    group.find(kind, name, near) !== undefined ||
    (kind === 'Secret' && group.find('ExternalSecret', name, near) !== undefined)
  );
}

/** What the controller looks for when it validates a Rollout. */
function* ofRollout(object: KubeObject): Generator<Reference> {
  const asked = true;
  for (const { name, path } of servicesOf(object)) yield { kind: 'Service', name, path: () => path, asked };
  if (hasAt(object, ROUTING)) yield* ofRouting(object);
  for (const { analysis, path } of analysesOf(object))
    yield* ofTemplates(listAt(analysis, 'templates'), `${path}.templates`);
  for (const at of stepsOf(object)) {
    if (hasAt(at.step, 'experiment')) {
      yield* ofTemplates(listAt(at.step, 'experiment.analyses'), inStep(at, 'experiment', 'analyses'));
    }
  }
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

function* ofRouting(object: KubeObject): Generator<Reference> {
  const one = (kind: KnownKind, path: string): Reference => ({
    kind,
    name: textAt(object, path),
    path: () => path,
    asked: true,
  });
  for (const [kind, path] of ROUTED_BY) yield one(kind, path);
  for (const [i, reference] of listAt(object, VIRTUAL_SERVICES).entries()) {
    const path = () => `${VIRTUAL_SERVICES}[${i}].name`;
    yield { kind: 'VirtualService', name: textAt(reference, 'name'), path, asked: true };
  }
  for (const list of INGRESSES) {
    for (const [i, name] of listAt(object, list).entries()) {
      if (typeof name === 'string') yield { kind: 'Ingress', name, path: () => `${list}[${i}]`, asked: true };
    }
  }
}

function* ofTemplates(references: readonly unknown[], base: string): Generator<Reference> {
  for (const [i, reference] of references.entries()) {
    // A template for the whole cluster is often kept with the platform.
    const cluster = fieldAt(reference, 'clusterScope') === true;
    const kind = cluster ? 'ClusterAnalysisTemplate' : 'AnalysisTemplate';
    const path = () => `${base}[${i}].templateName`;
    yield { kind, name: textAt(reference, 'templateName'), path, asked: !cluster };
  }
}

const ACCOUNT = `${TEMPLATE}.serviceAccountName`;
const CONTAINERS = `${TEMPLATE}.containers`;
const VOLUMES = `${TEMPLATE}.volumes`;

function* ofPods(object: KubeObject): Generator<Reference> {
  yield { kind: 'ServiceAccount', name: textAt(object, ACCOUNT), path: () => ACCOUNT, asked: false };
  for (const [i, container] of listAt(object, CONTAINERS).entries()) {
    for (const [j, source] of listAt(container, 'envFrom').entries()) {
      const path = () => `${TEMPLATE}.containers[${i}].envFrom[${j}].configMapRef.name`;
      yield { kind: 'ConfigMap', name: textAt(source, 'configMapRef.name'), path, asked: false };
    }
  }
  for (const [i, volume] of listAt(object, VOLUMES).entries()) {
    const path = () => `${TEMPLATE}.volumes[${i}].configMap.name`;
    yield { kind: 'ConfigMap', name: textAt(volume, 'configMap.name'), path, asked: false };
  }
}

function workload(object: KubeObject): Reference | undefined {
  if (textAt(object, 'spec.workloadRef.kind') !== 'Deployment') return undefined;
  const path = 'spec.workloadRef.name';
  return { kind: 'Deployment', name: textAt(object, path), path: () => path, asked: false };
}
