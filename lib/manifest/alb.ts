import { annotationOf } from './argocd';
import { childPath, fieldAt, type KubeObject, listAt, textAt } from './object';
import { oncePerGroup } from './pods';
import type { ObjectGroup } from './rule';

const PREFIX = 'alb.ingress.kubernetes.io';
const ALB = 'spec.strategy.canary.trafficRouting.alb';

/** The port name by which an Ingress asks for the action in its annotations. */
export const USE_ANNOTATION = 'use-annotation';

/** An annotation of AWS Load Balancer Controller. */
export const albAnnotation = (suffix: string, prefix = PREFIX): string => `${prefix}/${suffix}`;

/** A Service to which an Ingress sends, and where it says so. */
export interface BackendAt {
  readonly service: string;
  readonly port: unknown;
  /** The path of `backend.service`. */
  readonly path: string;
}

/** The backends of the rules of an Ingress. */
export function backendsOf(ingress: KubeObject): readonly BackendAt[] {
  return listAt(ingress, 'spec.rules').flatMap((rule, i) =>
    listAt(rule, 'http.paths').flatMap((path, j) => {
      const service = textAt(path, 'backend.service.name');
      if (service === undefined) return [];
      const where = childPath('spec.rules', i, 'http', 'paths', j, 'backend', 'service');
      return [{ service, port: fieldAt(path, 'backend.service.port'), path: where }];
    }),
  );
}

/** Whether AWS Load Balancer Controller makes a load balancer of an Ingress. */
export function isAlb(ingress: KubeObject): boolean {
  const className = textAt(ingress, 'spec.ingressClassName') ?? annotationOf(ingress, 'kubernetes.io/ingress.class');
  if (className !== undefined) return className === 'alb';
  return Object.keys(ingress.metadata.annotations ?? {}).some((key) => key.startsWith(`${PREFIX}/`));
}

/** A Rollout that shifts traffic by an ALB, with the Ingresses of it that are in the group. */
export interface AlbRollout {
  readonly rollout: KubeObject;
  /** The Service, real or not, whose action in the Ingress the Rollout writes. */
  readonly action: string;
  readonly prefix: string;
  /** The Services between which the weights move. */
  readonly services: readonly string[];
  readonly ingresses: readonly KubeObject[];
}

/** The Rollouts that shift traffic by an ALB. */
export const albRolloutsOf = oncePerGroup((group): readonly AlbRollout[] =>
  group.ofKind('Rollout').flatMap((rollout) => {
    const alb = fieldAt(rollout, ALB);
    if (typeof alb !== 'object' || alb === null) return [];
    const canary = fieldAt(rollout, 'spec.strategy.canary');
    const names = [textAt(alb, 'ingress'), ...listAt(alb, 'ingresses')].filter((name) => typeof name === 'string');
    const services = ['stableService', 'canaryService', 'pingPong.pingService', 'pingPong.pongService'];
    return [
      {
        rollout,
        action: textAt(alb, 'rootService') || textAt(canary, 'stableService') || '',
        prefix: textAt(alb, 'annotationPrefix') || PREFIX,
        services: services.flatMap((field) => textAt(canary, field) || []),
        ingresses: names.flatMap((name) => group.find('Ingress', name, rollout) ?? []),
      },
    ];
  }),
);

/** A Service behind an ALB, by the Ingress or TargetGroupBinding that says so. */
export interface TargetAt {
  readonly by: KubeObject;
  readonly service: KubeObject;
  /** Whether the targets are pods; else they are nodes. Undefined where the manifests do not say. */
  readonly pods: boolean | undefined;
}

/** The Services behind ALBs that are in the group. */
export const albTargetsOf = oncePerGroup((group): readonly TargetAt[] => {
  const found: TargetAt[] = [];
  const seen = new Map<KubeObject, Set<KubeObject>>();
  const add = (by: KubeObject, name: string, type: string | undefined): void => {
    const service = group.find('Service', name, by);
    if (service === undefined || seen.get(by)?.has(service) === true) return;
    seen.set(by, (seen.get(by) ?? new Set()).add(service));
    const said = annotationOf(service, albAnnotation('target-type')) ?? type;
    found.push({ by, service, pods: said === undefined ? podsByType(service) : said === 'ip' });
  };
  for (const ingress of group.ofKind('Ingress')) {
    if (!isAlb(ingress)) continue;
    const type = annotationOf(ingress, albAnnotation('target-type'));
    for (const { service, port } of backendsOf(ingress)) {
      if (textAt(port, 'name') !== USE_ANNOTATION) add(ingress, service, type);
    }
  }
  for (const { ingresses, services } of albRolloutsOf(group)) {
    for (const ingress of ingresses) {
      for (const service of services) add(ingress, service, annotationOf(ingress, albAnnotation('target-type')));
    }
  }
  for (const binding of group.ofKind('TargetGroupBinding')) {
    add(binding, textAt(binding, 'spec.serviceRef.name') ?? '', textAt(binding, 'spec.targetType'));
  }
  return found;
});

/** A Service without a port on the nodes can have pods as targets only. */
const podsByType = (service: KubeObject): boolean | undefined => (isOnNodes(service) ? undefined : true);

/** Whether a Service has a port on every node, as targets of the type instance need it. */
export const isOnNodes = (service: KubeObject): boolean => {
  const type = textAt(service, 'spec.type');
  return type === 'NodePort' || type === 'LoadBalancer';
};

/** Where the Rollout names its Ingress. */
export const albPath = (...segments: readonly (string | number)[]): string => childPath(ALB, ...segments);

/** The number of ports, by number, of a Service. */
export const hasPort = (service: KubeObject, port: number): boolean =>
  listAt(service, 'spec.ports').some((one) => fieldAt(one, 'port') === port);

/** The Services of a Rollout behind an ALB that are in the group. */
export const servicesIn = (group: ObjectGroup, { rollout, services }: AlbRollout): readonly KubeObject[] =>
  services.flatMap((name) => group.find('Service', name, rollout) ?? []);
