import { isAlb } from '../../manifest/alb';
import { fieldAt, hasAt, listAt, textAt } from '../../manifest/object';
import type { Given } from '../given';
import type { Reader } from '../reader';
import { readDestinationRule } from './destination-rule';
import { readLoadBalancer } from './load-balancer';
import type { AdoptedPort } from './ports';
import { readVirtualService } from './virtual-service';

/** How requests reach the service now, as far as the change of routes depends on it. */
export type Entrance =
  | { readonly kind: 'virtualService'; readonly name: string; readonly hosts: readonly string[] }
  | { readonly kind: 'ingress'; readonly name: string; readonly hosts: readonly string[] }
  /** An Ingress that the AWS Load Balancer Controller makes a load balancer of. */
  | { readonly kind: 'loadBalancer'; readonly name: string; readonly hosts: readonly string[] }
  | { readonly kind: 'service' };

export interface AdoptedRouting {
  readonly routing: Readonly<Record<string, unknown>>;
  readonly entrance: Entrance;
  /** Whether callers from outside come through the platform's gateway. */
  readonly gateway: boolean;
}

/**
 * The router and what it is told. Public hosts are left out where the old route and the new one would exclude each other; a load
 * balancer of its own has them from the beginning, because nobody is led to it yet.
 */
export function routingOf(given: Given, ports: readonly AdoptedPort[]): AdoptedRouting {
  const { virtualServices, destinationRules, ingresses, services } = given;
  const port = ports.length === 1 ? {} : { port: (ports.find(({ protocol }) => protocol !== 'tcp') ?? ports[0])?.name };
  for (const service of services) tellOfService(service);
  const policies = Object.assign({}, ...destinationRules.map(readDestinationRule));
  const [virtualService] = virtualServices;
  const [ingress] = ingresses;
  if (virtualService !== undefined) {
    ingresses.forEach(tellOfIngress);
    const { settings, hosts, gateway } = readVirtualService(virtualService, given);
    return {
      routing: { router: 'istio', ...port, ...settings, ...policies },
      entrance: { kind: 'virtualService', name: virtualService.name, hosts },
      gateway,
    };
  }
  if (ingress !== undefined && isAlb(ingress.object)) {
    ingresses.slice(1).forEach(tellOfIngress);
    const { settings, hosts } = readLoadBalancer(ingress);
    const entrance = { kind: 'loadBalancer', name: ingress.name, hosts } as const;
    // The rendered Ingress needs them: a rule without a host would take the requests of other services (CAT038).
    if (hosts.length > 0) return { routing: { router: 'alb', ...port, ...settings }, entrance, gateway: false };
  }
  ingresses.forEach(tellOfIngress);
  const mesh = isInjected(given) || destinationRules.length > 0;
  const routing = { router: mesh ? 'istio' : 'none', ...port, ...policies };
  if (ingress === undefined) return { routing, entrance: { kind: 'service' }, gateway: false };
  return { routing, entrance: { kind: 'ingress', name: ingress.name, hosts: hostsOf(ingress) }, gateway: false };
}

function isInjected({ deployment }: Given): boolean {
  const template = 'spec.template.metadata';
  return ['labels', 'annotations'].some(
    (where) => textAt(deployment.object, `${template}.${where}["sidecar.istio.io/inject"]`) === 'true',
  );
}

const hostsOf = (ingress: Reader): readonly string[] =>
  listAt(ingress.object, 'spec.rules').flatMap((rule) => textAt(rule, 'host') ?? []);

function tellOfIngress(ingress: Reader): void {
  const hosts = hostsOf(ingress);
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
