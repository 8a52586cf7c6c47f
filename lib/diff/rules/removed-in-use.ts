import { example } from '../../manifest/example';
import { nameOf } from '../../manifest/object';
import { isRenamed } from '../change';
import { gone, workload } from '../example';
import { pruningOf } from '../prune';
import { referrersOf } from '../references';
import type { DiffRule } from '../rule';

const service = example('Service', 'web', { spec: { selector: { app: 'web' } } });
const ingress = example('Ingress', 'web', {
  spec: { defaultBackend: { service: { name: 'web', port: { number: 80 } } } },
});
const config = example('ConfigMap', 'web', { data: {} });
const using = workload('Deployment', { envFrom: [{ configMapRef: { name: 'web' } }] });

export const removedInUse: DiffRule = {
  code: 'DIF050',
  severity: 'error',
  title: 'Removes an object that another still names',
  reason:
    'Pods that need a ConfigMap, a Secret or a ServiceAccount that is gone do not start again; routes to a Service that is gone answer 503; a Rollout without its routes, services or templates is InvalidSpec.',
  hint: 'remove what names it first, in a change of its own; or keep it',
  source: 'Kubernetes 1.34, kubelet; Argo Rollouts 1.9.1, rollout/controller.go: getRolloutReferencedResources',
  kinds: 'any',
  counted: ['object is removed that is still needed', 'objects are removed that are still needed'],
  examples: () => ({
    has: [
      { before: [service, ingress], after: [ingress], paths: ['(root)'] },
      { before: [config, using], after: [using], paths: ['(root)'] },
    ],
    hasNot: [gone(service, ingress), gone(config), { before: [config, using], after: [config, using] }],
  }),
  check: ({ before, after }, { after: group }, tell) => {
    if (before === undefined || (after !== undefined && !isRenamed(before.object, after.object))) return;
    const { object } = before;
    if (pruningOf(object) === 'kept' || group.objects.some((other) => isSame(other, object))) return;
    const referrers = referrersOf(group, object);
    const [first] = referrers;
    if (first === undefined) return;
    const more = referrers.length > 1 ? ` and ${referrers.length - 1} more` : '';
    tell('(root)', `${nameOf(object)} goes, and ${nameOf(first.object)} names it at ${first.path}${more}`);
  },
};

/** Whether another object takes its place: the same, or an ExternalSecret that writes it. */
const isSame = (
  one: { readonly kind: string; readonly metadata: { readonly name: string; readonly namespace?: string } },
  object: typeof one,
): boolean =>
  one.metadata.name === object.metadata.name &&
  one.metadata.namespace === object.metadata.namespace &&
  (one.kind === object.kind || (object.kind === 'Secret' && one.kind === 'ExternalSecret'));
