import type { GivenObject } from '../lint/objects';
import { fieldAt, type KubeObject, listAt, mapAt, textAt } from '../manifest/object';
import { Reader } from './reader';
import { type Split, splitOf } from './split';

/** A Deployment with what was given beside it and belongs to it. */
export interface Given {
  readonly deployment: Reader;
  readonly services: readonly Reader[];
  readonly autoscaler: Reader | undefined;
  readonly virtualServices: readonly Reader[];
  readonly destinationRules: readonly Reader[];
  readonly ingresses: readonly Reader[];
  /** How its requests are shared out between two versions already. */
  readonly split: Split | undefined;
  /** ConfigMaps and Secrets by name; of a Secret only the keys are looked at. */
  readonly configMaps: ReadonlyMap<string, KubeObject>;
  readonly secrets: ReadonlyMap<string, KubeObject>;
}

/** Finds each Deployment and what belongs to it; what belongs to none comes back too. */
export function groupsOf(objects: readonly GivenObject[]): {
  readonly groups: readonly Given[];
  readonly others: readonly GivenObject[];
} {
  const used = new Set<GivenObject>();
  const all = objects.map(({ object }) => object);
  const ofKind = (kind: string, version: RegExp) =>
    objects.filter(({ object }) => object.kind === kind && version.test(object.apiVersion));
  const groups = ofKind('Deployment', /^apps\//).map((deployment): Given => {
    const near = (one: GivenObject) =>
      (one.object.metadata.namespace ?? '') === (deployment.object.metadata.namespace ?? '');
    const take = (found: readonly GivenObject[]): readonly Reader[] => {
      for (const one of found) used.add(one);
      return found.map((one) => new Reader(one));
    };
    used.add(deployment);
    const services = take(
      ofKind('Service', /^v1$/).filter((one) => near(one) && selects(one.object, deployment.object)),
    );
    const names = new Set(services.map(({ name }) => name));
    const [autoscaler] = take(
      ofKind('HorizontalPodAutoscaler', /^autoscaling\//).filter(
        ({ object }) => textAt(object, 'spec.scaleTargetRef.name') === deployment.object.metadata.name,
      ),
    );
    const byName = (kind: string) => {
      const found = ofKind(kind, /^v1$/).filter(near);
      return new Map(found.map((one) => [one.object.metadata.name, one.object]));
    };
    const mentioned = new Set(namesIn(deployment.object));
    for (const one of objects)
      if (/^(ConfigMap|Secret|ServiceAccount)$/.test(one.object.kind) && mentioned.has(one.object.metadata.name))
        used.add(one);
    return {
      deployment: new Reader(deployment),
      services,
      autoscaler,
      virtualServices: take(
        ofKind('VirtualService', ISTIO).filter(({ object }) => hostsOf(object).some((host) => names.has(nameOf(host)))),
      ),
      destinationRules: take(
        ofKind('DestinationRule', ISTIO).filter(({ object }) => names.has(nameOf(textAt(object, 'spec.host') ?? ''))),
      ),
      ingresses: take(
        ofKind('Ingress', /^networking\.k8s\.io\//).filter(({ object }) =>
          [...names].some((name) => backendsOf(object).includes(name)),
        ),
      ),
      split: splitOf(deployment.object, all),
      configMaps: byName('ConfigMap'),
      secrets: byName('Secret'),
    };
  });
  return { groups, others: objects.filter((one) => !used.has(one)) };
}

const ISTIO = /^networking\.istio\.io\//;

/** The Service that a host of Istio is. */
export const nameOf = (host: string): string => host.split('.')[0] ?? '';

function selects(service: KubeObject, deployment: KubeObject): boolean {
  const selector = Object.entries(mapAt(service, 'spec.selector'));
  const labels = mapAt(deployment, 'spec.template.metadata.labels');
  return selector.length > 0 && selector.every(([key, value]) => labels[key] === value);
}

const hostsOf = (virtualService: KubeObject): readonly string[] =>
  ['http', 'tls', 'tcp'].flatMap((kind) =>
    listAt(virtualService, `spec.${kind}`).flatMap((route) =>
      listAt(route, 'route').flatMap((one) => textAt(one, 'destination.host') ?? []),
    ),
  );

const backendsOf = (ingress: KubeObject): readonly string[] => [
  ...[textAt(ingress, 'spec.defaultBackend.service.name') ?? []].flat(),
  ...listAt(ingress, 'spec.rules').flatMap((rule) =>
    listAt(rule, 'http.paths').flatMap((path) => textAt(path, 'backend.service.name') ?? []),
  ),
];

/** Whatever a pod template names. */
function namesIn(deployment: KubeObject): readonly string[] {
  const names: string[] = [];
  const visit = (value: unknown): void => {
    if (typeof value === 'string') names.push(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit);
  };
  visit(fieldAt(deployment, 'spec.template.spec'));
  return names;
}
