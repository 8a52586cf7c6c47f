import { example } from '../example';
import type { KnownKind } from '../kinds';
import { type KubeObject, listAt, textAt } from '../object';
import type { ManifestRule, ObjectGroup } from '../rule';

/** Takes a reference that an object makes: the kind and the name it wants, and where it says so. The path is told only when it is asked for. */
type Visit = (kind: KnownKind, name: string | undefined, path: () => string) => void;

const TEMPLATE = 'spec.template.spec';
const ISTIO = 'spec.strategy.canary.trafficRouting.istio';

const rollout = (virtualService: string): KubeObject =>
  example('Rollout', 'web', {
    spec: {
      strategy: { canary: { trafficRouting: { istio: { virtualService: { name: virtualService } } } } },
      template: { spec: { containers: [{ name: 'web', envFrom: [{ configMapRef: { name: 'web-config-1' } }] }] } },
    },
  });

export const referencesResolve: ManifestRule = {
  code: 'MAN004',
  severity: 'error',
  title: 'A reference to an object that is not rendered: pods do not start, or the Rollout is InvalidSpec',
  reason:
    'A pod waits for ever for a ConfigMap, a Secret or a ServiceAccount that is not there. Argo Rollouts refuses a Rollout whose routes, services or templates are not there.',
  hint: 'this is a fault of Cutover, or of a chart of your own: render the object, or correct the name',
  source: 'Argo Rollouts 1.9.1, utils/validation/validation_references.go',
  kinds: ['Rollout', 'Job'],
  examples: () => ({
    bad: [
      { objects: [rollout('web'), example('ConfigMap', 'web-config-1')], paths: [`${ISTIO}.virtualService.name`] },
      {
        objects: [rollout('web'), example('VirtualService', 'web')],
        paths: [`${TEMPLATE}.containers[0].envFrom[0].configMapRef.name`],
      },
    ],
    good: [[rollout('web'), example('ConfigMap', 'web-config-1'), example('VirtualService', 'web')]],
  }),
  check: (group, report) => {
    for (const object of group.objects) {
      eachReference(object, group.closed, (kind, name, path) => {
        if (name !== undefined && !resolves(group, object, kind, name))
          report(object, path(), `there is no ${kind} "${name}"`);
      });
    }
  },
};

/** A Secret is written by External Secrets, so an ExternalSecret of the same name stands for it. */
function resolves(group: ObjectGroup, near: KubeObject, kind: KnownKind, name: string): boolean {
  return (
    group.find(kind, name, near) !== undefined ||
    (kind === 'Secret' && group.find('ExternalSecret', name, near) !== undefined)
  );
}

/** What pods refer to may come from anywhere; where not everything is given, it is not known to be missing. */
function eachReference(object: KubeObject, closed: boolean, visit: Visit): void {
  switch (object.kind) {
    case 'Rollout':
      if (closed) eachPodReference(object, visit);
      eachTrafficReference(object, visit);
      eachAnalysisReference(object, visit);
      break;
    case 'Job':
      if (closed) eachPodReference(object, visit);
      break;
  }
}

function eachPodReference(object: KubeObject, visit: Visit): void {
  visit('ServiceAccount', textAt(object, `${TEMPLATE}.serviceAccountName`), () => `${TEMPLATE}.serviceAccountName`);
  for (const [i, container] of listAt(object, `${TEMPLATE}.containers`).entries()) {
    for (const [j, source] of listAt(container, 'envFrom').entries()) {
      const path = () => `${TEMPLATE}.containers[${i}].envFrom[${j}].configMapRef.name`;
      visit('ConfigMap', textAt(source, 'configMapRef.name'), path);
    }
  }
  for (const [i, volume] of listAt(object, `${TEMPLATE}.volumes`).entries()) {
    visit('ConfigMap', textAt(volume, 'configMap.name'), () => `${TEMPLATE}.volumes[${i}].configMap.name`);
  }
}

function eachTrafficReference(object: KubeObject, visit: Visit): void {
  visit('VirtualService', textAt(object, `${ISTIO}.virtualService.name`), () => `${ISTIO}.virtualService.name`);
  visit('DestinationRule', textAt(object, `${ISTIO}.destinationRule.name`), () => `${ISTIO}.destinationRule.name`);
}

function eachAnalysisReference(object: KubeObject, visit: Visit): void {
  const templates = (root: unknown, path: string, base: () => string): void => {
    for (const [i, item] of listAt(root, path).entries()) {
      visit('AnalysisTemplate', textAt(item, 'templateName'), () => `${base()}${path}[${i}].templateName`);
    }
  };
  templates(object, 'spec.strategy.canary.analysis.templates', () => '');
  for (const [i, step] of listAt(object, 'spec.strategy.canary.steps').entries()) {
    templates(step, 'analysis.templates', () => `spec.strategy.canary.steps[${i}].`);
  }
}
