import { type KubeObject, listAt, mapAt, numberAt, textAt } from '../manifest/object';

/** Where a route leads a share of the requests: a host, or a subset of it. */
export interface Destination {
  readonly host: string;
  readonly subset: string | undefined;
}

/** Two versions between which a VirtualService shares requests out: somebody releases by weight already. */
export interface Split {
  readonly virtualService: string;
  /** The one with more requests. */
  readonly stable: Destination;
  readonly canary: Destination;
  /** Which of the two the Deployment is, by its labels; the stable one where both lead to it. */
  readonly side: 'stable' | 'canary';
  /** The Deployment of the other side, where it was given. */
  readonly other: string | undefined;
}

/** The split in which a Deployment takes part: the first route with two destinations that is for all requests. */
export function splitOf(deployment: KubeObject, objects: readonly KubeObject[]): Split | undefined {
  const namespace = deployment.metadata.namespace ?? '';
  const near = objects.filter(({ metadata }) => (metadata.namespace ?? '') === namespace);
  const deployments = near.filter(({ kind }) => kind === 'Deployment');
  for (const virtualService of near.filter(({ kind }) => kind === 'VirtualService')) {
    const [stable, canary] = destinationsOf(virtualService);
    if (stable === undefined || canary === undefined) continue;
    const leads = (to: Destination) => (one: KubeObject) => isLedTo(one, to, near);
    const isStable = leads(stable)(deployment);
    if (!isStable && !leads(canary)(deployment)) continue;
    // Without the other one there is nothing else to adopt.
    const side = isStable || !deployments.some(leads(stable)) ? 'stable' : 'canary';
    const others = deployments.filter((one) => one !== deployment && leads(side === 'stable' ? canary : stable)(one));
    return { virtualService: virtualService.metadata.name, stable, canary, side, other: others[0]?.metadata.name };
  }
  return undefined;
}

function destinationsOf(virtualService: KubeObject): readonly Destination[] {
  const routes = listAt(virtualService, 'spec.http').filter((route) => listAt(route, 'match').length === 0);
  const split = routes.map((route) => listAt(route, 'route')).find((destinations) => destinations.length === 2);
  return (split ?? [])
    .map((one) => ({
      host: textAt(one, 'destination.host') ?? '',
      subset: textAt(one, 'destination.subset'),
      weight: numberAt(one, 'weight') ?? 0,
    }))
    .sort((a, b) => b.weight - a.weight)
    .map(({ host, subset }) => ({ host, subset }));
}

/** Whether the pods of a Deployment are among those of a destination: by the selector of its Service, and the labels of its subset. */
function isLedTo(deployment: KubeObject, { host, subset }: Destination, objects: readonly KubeObject[]): boolean {
  const [name] = host.split('.');
  const service = objects.find(({ kind, metadata }) => kind === 'Service' && metadata.name === name);
  if (service === undefined) return false;
  const rules = objects.filter(
    (one) => one.kind === 'DestinationRule' && textAt(one, 'spec.host')?.split('.')[0] === name,
  );
  const own = rules.flatMap((one) => listAt(one, 'spec.subsets')).find((one) => textAt(one, 'name') === subset);
  const selector = Object.entries({ ...mapAt(service, 'spec.selector'), ...mapAt(own, 'labels') });
  const labels = mapAt(deployment, 'spec.template.metadata.labels');
  // The hash of a version is written by a controller, and no template has it.
  const said = selector.filter(([key]) => !key.endsWith('pod-template-hash'));
  return said.length > 0 && said.every(([key, value]) => labels[key] === value);
}
