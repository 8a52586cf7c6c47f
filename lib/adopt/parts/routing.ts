import { fieldAt, hasAt, listAt, textAt } from '../../manifest/object';
import type { Given } from '../given';
import type { Reader } from '../reader';
import type { AdoptedPort } from './ports';

/** How requests reach the service now, as far as the change of routes depends on it. */
export type Entrance =
  | { readonly kind: 'virtualService'; readonly name: string; readonly hosts: readonly string[] }
  | { readonly kind: 'ingress'; readonly name: string; readonly hosts: readonly string[] }
  | { readonly kind: 'service' };

export interface AdoptedRouting {
  readonly routing: Readonly<Record<string, unknown>>;
  readonly entrance: Entrance;
  /** Whether callers from outside come through the platform's gateway. */
  readonly gateway: boolean;
}

/**
 * The router and what it is told. Public hosts are left out: they stay with the routes that there are until all requests have moved,
 * because two routes for one host would exclude each other.
 */
export function routingOf(
  { deployment, virtualServices, ingresses, services }: Given,
  ports: readonly AdoptedPort[],
): AdoptedRouting {
  const port = ports.length === 1 ? {} : { port: (ports.find(({ protocol }) => protocol !== 'tcp') ?? ports[0])?.name };
  for (const ingress of ingresses) tellOfIngress(ingress);
  for (const service of services) tellOfService(service);
  const [virtualService] = virtualServices;
  const injected =
    textAt(deployment.object, 'spec.template.metadata.labels["sidecar.istio.io/inject"]') === 'true' ||
    textAt(deployment.object, 'spec.template.metadata.annotations["sidecar.istio.io/inject"]') === 'true';
  if (virtualService !== undefined) {
    const { timeouts, hosts, gateway } = readVirtualService(virtualService);
    return {
      routing: { router: 'istio', ...port, ...timeouts },
      entrance: { kind: 'virtualService', name: virtualService.name, hosts },
      gateway,
    };
  }
  const [ingress] = ingresses;
  const routing = { router: injected ? 'istio' : 'none', ...port };
  if (ingress === undefined) return { routing, entrance: { kind: 'service' }, gateway: false };
  const hosts = listAt(ingress.object, 'spec.rules').flatMap((rule) => textAt(rule, 'host') ?? []);
  return { routing, entrance: { kind: 'ingress', name: ingress.name, hosts }, gateway: false };
}

function readVirtualService(virtualService: Reader) {
  const hosts = listAt(virtualService.object, 'spec.hosts').map(String);
  const gateways = listAt(virtualService.object, 'spec.gateways').map(String);
  virtualService.take('spec.hosts');
  virtualService.take('spec.gateways');
  const timeouts: Record<string, unknown> = {};
  const routes = virtualService.count('spec.http');
  for (let i = 0; i < routes; i += 1) {
    const place = `spec.http[${i}]`;
    if (i > 0 || hasAt(virtualService.object, `${place}.match`)) {
      virtualService.tell(
        'ADO013',
        place,
        `it has a route of its own${i > 0 ? ` beside ${routes - 1} more` : ' for some requests'}`,
      );
      continue;
    }
    virtualService.take(`${place}.name`);
    virtualService.take(`${place}.route`);
    const timeout = secondsOf(virtualService.take(`${place}.timeout`));
    if (timeout !== undefined) timeouts.timeoutSeconds = timeout;
    const attempts = virtualService.number(`${place}.retries.attempts`);
    if (attempts === undefined) continue;
    const perTry = secondsOf(virtualService.take(`${place}.retries.perTryTimeout`));
    const retryOn = virtualService.text(`${place}.retries.retryOn`);
    timeouts.retries = {
      attempts,
      ...(perTry === undefined ? {} : { perTryTimeoutSeconds: perTry }),
      ...(retryOn === undefined ? {} : { retryOn }),
    };
  }
  return { timeouts, hosts, gateway: gateways.some((one) => one !== 'mesh') };
}

/** `15s` and `1m30s` in whole seconds; a part of one counts as a whole one. */
function secondsOf(duration: unknown): number | undefined {
  const [, hours = 0, minutes = 0, seconds = 0, milliseconds = 0] =
    /^(?:([0-9.]+)h)?(?:([0-9.]+)m)?(?:([0-9.]+)s)?(?:([0-9.]+)ms)?$/.exec(String(duration ?? '')) ?? [];
  const all = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) + Number(milliseconds) / 1000;
  return all > 0 ? Math.ceil(all) : undefined;
}

function tellOfIngress(ingress: Reader): void {
  const hosts = listAt(ingress.object, 'spec.rules').flatMap((rule) => textAt(rule, 'host') ?? []);
  ingress.tell('ADO012', 'spec', `it serves ${hosts.length === 0 ? 'every host' : hosts.join(', ')}`);
}

const UNCARRIED = [
  'externalTrafficPolicy',
  'loadBalancerIP',
  'loadBalancerClass',
  'loadBalancerSourceRanges',
  'externalIPs',
  'externalName',
  'publishNotReadyAddresses',
  'sessionAffinityConfig',
];

function tellOfService(service: Reader): void {
  const type = service.text('spec.type') ?? 'ClusterIP';
  service.take('spec.selector');
  if (type !== 'ClusterIP') service.tell('ADO010', 'spec.type', `it is of the type ${type}`);
  if (fieldAt(service.object, 'spec.clusterIP') === 'None')
    service.tell('ADO010', 'spec.clusterIP', 'it is headless: its callers look up the pods');
  if (textAt(service.object, 'spec.sessionAffinity') === 'ClientIP')
    service.tell('ADO010', 'spec.sessionAffinity', 'it keeps a caller on one pod');
  for (const name of UNCARRIED)
    if (hasAt(service.object, `spec.${name}`)) service.tell('ADO010', `spec.${name}`, `${name} is set`);
}
