import { type KubeObject, listAt, textAt } from '../object';
import type { ManifestRule, ObjectGroup } from '../rule';

/** A reference that an object makes: the kind and the name it wants, and where it says so. */
interface Reference {
  readonly kind: string;
  readonly name: string | undefined;
  readonly path: string;
}

const TEMPLATE = 'spec.template.spec';
const ISTIO = 'spec.strategy.canary.trafficRouting.istio';

const rollout = (subset: string): KubeObject => {
  const spec = {
    strategy: { canary: { trafficRouting: { istio: { virtualService: { name: subset } } } } },
    template: { spec: { containers: [{ name: 'web', envFrom: [{ configMapRef: { name: 'web-config-1' } }] }] } },
  };
  return { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'web' }, ...{ spec } };
};
const other = (kind: string, name: string): KubeObject => ({ apiVersion: 'v1', kind, metadata: { name } });

export const referencesResolve: ManifestRule = {
  code: 'MAN004',
  severity: 'error',
  title: 'A reference to an object that is not rendered: pods do not start, or the Rollout is InvalidSpec',
  hint: 'this is a fault of Cutover, or of a chart of your own: render the object, or correct the name',
  source: 'Argo Rollouts 1.9.1, utils/validation/validation_references.go',
  bad: [
    { objects: [rollout('web'), other('ConfigMap', 'web-config-1')], paths: [`${ISTIO}.virtualService.name`] },
    {
      objects: [rollout('web'), other('VirtualService', 'web')],
      paths: [`${TEMPLATE}.containers[0].envFrom[0].configMapRef.name`],
    },
  ],
  good: [[rollout('web'), other('ConfigMap', 'web-config-1'), other('VirtualService', 'web')]],
  check: (group, report) => {
    for (const object of group.objects) {
      for (const { kind, name, path } of referencesOf(object)) {
        if (name !== undefined && !resolves(group, kind, name)) report(object, path, `there is no ${kind} "${name}"`);
      }
    }
  },
};

/** A Secret is written by External Secrets, so an ExternalSecret of the same name stands for it. */
function resolves(group: ObjectGroup, kind: string, name: string): boolean {
  return (
    group.find(kind, name) !== undefined || (kind === 'Secret' && group.find('ExternalSecret', name) !== undefined)
  );
}

function referencesOf(object: KubeObject): readonly Reference[] {
  switch (object.kind) {
    case 'Rollout':
      return [...podReferences(object), ...trafficReferences(object), ...analysisReferences(object)];
    case 'Job':
      return podReferences(object);
    case 'HorizontalPodAutoscaler':
      return [{ kind: 'Rollout', name: textAt(object, 'spec.scaleTargetRef.name'), path: 'spec.scaleTargetRef.name' }];
    default:
      return [];
  }
}

function podReferences(object: KubeObject): readonly Reference[] {
  const references: Reference[] = [
    {
      kind: 'ServiceAccount',
      name: textAt(object, `${TEMPLATE}.serviceAccountName`),
      path: `${TEMPLATE}.serviceAccountName`,
    },
  ];
  for (const [i, container] of listAt(object, `${TEMPLATE}.containers`).entries()) {
    for (const [j, source] of listAt(container, 'envFrom').entries()) {
      const path = `${TEMPLATE}.containers[${i}].envFrom[${j}].configMapRef.name`;
      references.push({ kind: 'ConfigMap', name: textAt(source, 'configMapRef.name'), path });
    }
  }
  for (const [i, volume] of listAt(object, `${TEMPLATE}.volumes`).entries()) {
    const path = `${TEMPLATE}.volumes[${i}].configMap.name`;
    references.push({ kind: 'ConfigMap', name: textAt(volume, 'configMap.name'), path });
  }
  return references;
}

function trafficReferences(object: KubeObject): readonly Reference[] {
  return (['VirtualService', 'DestinationRule'] as const).map((kind) => {
    const path = `${ISTIO}.${kind === 'VirtualService' ? 'virtualService' : 'destinationRule'}.name`;
    return { kind, name: textAt(object, path), path };
  });
}

function analysisReferences(object: KubeObject): readonly Reference[] {
  const templates = (root: unknown, base: string, path: string): Reference[] =>
    listAt(root, path).map((item, i) => ({
      kind: 'AnalysisTemplate',
      name: textAt(item, 'templateName'),
      path: `${base}${path}[${i}].templateName`,
    }));
  return [
    ...templates(object, '', 'spec.strategy.canary.analysis.templates'),
    ...listAt(object, 'spec.strategy.canary.steps').flatMap((step, i) =>
      templates(step, `spec.strategy.canary.steps[${i}].`, 'analysis.templates'),
    ),
  ];
}
