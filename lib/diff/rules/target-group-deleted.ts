import { annotationOf } from '../../manifest/argocd';
import { example } from '../../manifest/example';
import { fieldAt, type KubeObject, listAt, nameOf, textAt } from '../../manifest/object';
import { type Change, isRenamed } from '../change';
import { pairOf } from '../example';
import type { DiffRule } from '../rule';

const ingress = (service: string, annotations = {}) =>
  example(
    'Ingress',
    'web',
    {
      spec: {
        ingressClassName: 'alb',
        rules: [
          {
            host: 'web.example.org',
            http: {
              paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: service, port: { number: 80 } } } }],
            },
          },
        ],
      },
    },
    { annotations },
  );

export const targetGroupDeleted: DiffRule = {
  code: 'DIF070',
  severity: 'error',
  title: 'Deletes a target group of an AWS load balancer: requests that are under way to it are cut off',
  reason:
    'The controller keeps one target group for each Service, port, target type and protocol. When one of them is another, it makes a new group and deletes the old one at once, whatever its deregistration delay is.',
  hint: 'keep the Service and change what it selects; or add the new backend beside the old one with a weight, and remove the old one later',
  source: 'AWS Load Balancer Controller 3.5, docs/guide/ingress; pkg/ingress/model_build_target_group.go (P33)',
  kinds: ['Ingress', 'TargetGroupBinding'],
  counted: ['target group is deleted', 'target groups are deleted'],
  examples: () => ({
    has: [
      { ...pairOf(ingress('web'), ingress('shop')), paths: ['spec.rules'] },
      {
        ...pairOf(ingress('web'), ingress('web', { 'alb.ingress.kubernetes.io/target-type': 'ip' })),
        paths: ['metadata.annotations'],
      },
    ],
    hasNot: [pairOf(ingress('web'), ingress('web', { 'alb.ingress.kubernetes.io/scheme': 'internal' }))],
  }),
  check: (change, _, tell) => {
    const { before, after } = change;
    if (before === undefined || (!isAlb(before.object) && before.object.kind === 'Ingress')) return;
    const renamedOrGone = after === undefined || isRenamed(before.object, after.object);
    if (before.object.kind === 'TargetGroupBinding') return ofBinding(change, tell);
    const left = renamedOrGone ? new Set<string>() : new Set(backendsOf(after.object));
    const lost = [...new Set(backendsOf(before.object))].filter((backend) => !left.has(backend));
    if (lost.length > 0)
      tell(
        renamedOrGone ? '(root)' : 'spec.rules',
        `${nameOf(before.object)} sends no more to ${lost.join(', ')}: the target group is deleted at once`,
      );
    if (renamedOrGone) return;
    for (const setting of ['target-type', 'backend-protocol', 'backend-protocol-version']) {
      const key = `alb.ingress.kubernetes.io/${setting}`;
      const [then, now] = [annotationOf(before.object, key), annotationOf(after.object, key)];
      if (then !== now)
        tell(
          'metadata.annotations',
          `${nameOf(after.object)}: another ${setting} makes new target groups, and the old ones are deleted at once`,
        );
    }
  },
};

const isAlb = (object: KubeObject): boolean =>
  textAt(object, 'spec.ingressClassName') === 'alb' ||
  annotationOf(object, 'kubernetes.io/ingress.class') === 'alb' ||
  Object.keys(object.metadata.annotations ?? {}).some((key) => key.startsWith('alb.ingress.kubernetes.io/'));

/** The Services of an Ingress with their ports; those of its actions too. */
function backendsOf(object: KubeObject): readonly string[] {
  const services = [
    fieldAt(object, 'spec.defaultBackend.service'),
    ...listAt(object, 'spec.rules').flatMap((rule) =>
      listAt(rule, 'http.paths').map((path) => fieldAt(path, 'backend.service')),
    ),
  ];
  return services.flatMap((service) => {
    const name = textAt(service, 'name');
    const port = fieldAt(service, 'port.number') ?? fieldAt(service, 'port.name');
    return name === undefined ? [] : [`${name}:${String(port ?? '')}`];
  });
}

function ofBinding({ before, after }: Change, tell: Parameters<DiffRule['check']>[2]): void {
  if (before === undefined) return;
  const [then, now] = [before, after].map((given) => textAt(given?.object, 'spec.serviceRef.name'));
  if (after === undefined) tell('(root)', `${nameOf(before.object)} goes: its target group loses all of its targets`);
  else if (then !== now)
    tell('spec.serviceRef.name', `${nameOf(after.object)} takes the pods of ${now}, and no more those of ${then}`);
}
