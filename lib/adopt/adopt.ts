import type { GivenObject } from '../lint/objects';
import type { LintFinding } from '../lint/report';
import { nameOf } from '../manifest/object';
import type { AdoptCodeName } from './codes';
import { type Given, groupsOf, nameOf as nameOfHost } from './given';
import { imageOf, mainContainer } from './parts/container';
import { variablesOf } from './parts/environment';
import { resourcesOf, securityOf, shutdownOf, tellOfPods } from './parts/pod';
import { portsOf } from './parts/ports';
import { probesOf } from './parts/probes';
import { type Entrance, routingOf } from './parts/routing';
import { scaleOf, strategyOf } from './parts/scale';
import { finding, type Reader } from './reader';
import type { Split } from './split';

/** A catalog entry that was made from a Deployment, with what it takes to change over to it. */
export interface Adoption {
  /** Its key in the catalog. */
  readonly key: string;
  readonly deployment: string;
  readonly namespace: string;
  readonly services: readonly string[];
  readonly settings: Readonly<Record<string, unknown>> & { readonly name: string };
  readonly version: string;
  readonly entrance: Entrance;
  /** The two versions between which requests are shared out now. */
  readonly split: Split | undefined;
  /** The selector by which the old Services find their pods. */
  readonly selector: Readonly<Record<string, unknown>>;
}

export interface Adopted {
  readonly adoptions: readonly Adoption[];
  readonly findings: readonly LintFinding[];
}

/**
 * Makes an entry of each Deployment, and tells of everything that no entry can say. `namespace` is that of objects that name none, as
 * Helm often renders them.
 */
export function adopt(objects: readonly GivenObject[], namespace: string): Adopted {
  const { groups, others } = groupsOf(objects);
  const findings: LintFinding[] = others.map((one) =>
    finding('ADO021', one, '', `${nameOf(one.object)} belongs to no Deployment that was given`),
  );
  const adoptions: Adoption[] = [];
  for (const group of groups) {
    if (group.split?.side === 'canary') {
      group.deployment.tell('ADO023', '', `${group.split.virtualService} gives it a share beside ${group.split.other}`);
      findings.push(...group.deployment.findings);
      continue;
    }
    const made = adoptionOf(group, namespace);
    if (made !== undefined) adoptions.push(made);
    for (const reader of readersOf(group)) findings.push(...reader.findings, ...leftOf(reader));
  }
  return { adoptions, findings };
}

const readersOf = ({ deployment, services, autoscaler, ...routes }: Given): readonly Reader[] => [
  deployment,
  ...services,
  ...(autoscaler === undefined ? [] : [autoscaler]),
  ...routes.virtualServices,
  ...routes.destinationRules,
  ...routes.ingresses,
];

const LEFT_CODES: Readonly<Record<string, AdoptCodeName>> = {
  VirtualService: 'ADO013',
  DestinationRule: 'ADO024',
  HorizontalPodAutoscaler: 'ADO011',
};

function leftOf(reader: Reader): readonly LintFinding[] {
  const code = LEFT_CODES[reader.object.kind] ?? 'ADO014';
  const before = reader.findings.length;
  for (const path of reader.left()) reader.tell(code, path, `${path} has no place in a catalog`);
  return reader.findings.splice(before);
}

function adoptionOf(group: Given, fallback: string): Adoption | undefined {
  const { deployment, services } = group;
  const main = mainContainer(deployment);
  const ports = portsOf(group, main);
  tellOfPods(deployment);
  if (ports.length === 0) {
    deployment.tell('ADO002', main, `${nameOf(deployment.object)} names no port`);
    return undefined;
  }
  const { repository, version, pullPolicy } = imageOf(deployment, main);
  const { routing, entrance, gateway } = routingOf(group, ports);
  const { config, secrets } = variablesOf(group, main);
  const list = (name: string) => {
    const words = deployment.take(`${main}.${name}`);
    return Array.isArray(words) && words.length > 0 ? { [name]: words.map(String) } : {};
  };
  const namespace = deployment.object.metadata.namespace ?? fallback;
  // The versions of one Service are called after it.
  const key = keyOf(group.split?.stable.subset === undefined ? deployment.name : nameOfHost(group.split.stable.host));
  const behind =
    entrance.kind === 'ingress'
      ? `; the controller of the Ingress "${entrance.name}" must be let in by its namespace`
      : '';
  deployment.tell(
    'ADO022',
    '',
    `the pods are reached from their own namespace${gateway ? ' and the gateway' : ''} only${behind}`,
  );
  const security = securityOf(deployment, main);
  const shutdown = shutdownOf(deployment, main);
  return {
    key,
    deployment: deployment.name,
    namespace,
    services: services.map(({ name }) => name),
    version,
    entrance,
    split: group.split,
    selector: Object(services[0]?.take('spec.selector') ?? {}),
    settings: {
      name: newName(key),
      image: { repository, ...(pullPolicy === undefined ? {} : { pullPolicy }) },
      ...list('command'),
      ...list('args'),
      ports: Object.fromEntries(ports.map(({ name, ...port }) => [name, port])),
      ...scaleOf(group),
      resources: resourcesOf(deployment, main),
      probes: probesOf(deployment, main, ports),
      ...(Object.keys(config).length === 0 ? {} : { config }),
      ...(Object.keys(secrets).length === 0 ? {} : { secrets }),
      ...(Object.keys(security).length === 0 ? {} : { security }),
      ...(Object.keys(shutdown).length === 0 ? {} : { shutdown }),
      strategy: strategyOf(group),
      routing,
      allowedCallers: { namespaces: [namespace], ...(gateway ? { gateway: true } : {}) },
    },
  };
}

/** A key begins with a letter and has no dot. */
const keyOf = (name: string): string =>
  name
    .replaceAll(/[^a-z0-9-]/g, '-')
    .replace(/^[^a-z]+/, 'app-')
    .replace(/-+$/, '')
    .slice(0, 40);

/** The longest name of a service. */
const LONGEST = 42;
const SUFFIX = '-rollout';

/**
 * Another name than the Deployment's: the Rollout runs beside it until it has all requests (P15), and under the old name Argo CD would
 * change the selector of the old Service.
 */
const newName = (key: string): string => `${key.slice(0, LONGEST - SUFFIX.length).replace(/-+$/, '')}${SUFFIX}`;
