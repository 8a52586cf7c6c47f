import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Adopted, adopt } from '../../lib/adopt/adopt';
import { objectsOf } from '../../lib/lint/objects';
import { parseSource } from '../../lib/lint/parse';
import { fieldAt, type KubeObject, listAt, mapAt, textAt } from '../../lib/manifest/object';
import { only, ROOT, releasesOf, rendered } from '../tools/catalog';

export const fixture = (name: string): string => readFileSync(join(ROOT, 'test/adopt', name), 'utf8');

/** The objects of a manifest. */
export const objectsIn = (text: string) =>
  parseSource({ file: 'given.yaml', text }).documents.flatMap((document) => objectsOf('given.yaml', document).objects);

export const adopted = (text: string): Adopted => adopt(objectsIn(text), 'shop');

const PLATFORM = {
  name: 'shop',
  prometheus: { address: 'http://prometheus.monitoring:9090' },
  istio: { gateways: ['istio-ingress/public'] },
  alb: { sourceCidrs: ['10.0.0.0/20'] },
  argocd: { repository: 'https://git.example.com/shop/platform.git' },
};

/** A catalog with nothing in it. */
export const EMPTY = {
  platform: PLATFORM,
  environments: { production: { namespace: 'shop', cluster: { name: 'production' }, versions: {} } },
  services: {},
};

/** What an entry renders, in a catalog of its own. */
export function renderedFrom({ adoptions }: Adopted): readonly KubeObject[] {
  const catalog = {
    ...EMPTY,
    environments: {
      production: {
        ...EMPTY.environments.production,
        versions: Object.fromEntries(adoptions.map(({ key, version }) => [key, version])),
      },
    },
    services: Object.fromEntries(adoptions.map(({ key, settings }) => [key, settings])),
  };
  return releasesOf(JSON.stringify(catalog)).flatMap(({ platform, environment, services }) =>
    services.flatMap((service) => rendered({ platform, environment, service })),
  );
}

/** The defaults of the API server for what is compared. */
const probeFacts = (probe: unknown, ports: ReadonlyMap<unknown, unknown>) => {
  if (probe === undefined) return undefined;
  const number = (name: string, fallback: number) => fieldAt(probe, name) ?? fallback;
  const port = (path: string) => ports.get(fieldAt(probe, path)) ?? fieldAt(probe, path);
  return {
    http: fieldAt(probe, 'httpGet') === undefined ? undefined : [textAt(probe, 'httpGet.path'), port('httpGet.port')],
    tcp: fieldAt(probe, 'tcpSocket') === undefined ? undefined : port('tcpSocket.port'),
    grpc: fieldAt(probe, 'grpc') === undefined ? undefined : port('grpc.port'),
    initialDelaySeconds: number('initialDelaySeconds', 0),
    periodSeconds: number('periodSeconds', 10),
    timeoutSeconds: number('timeoutSeconds', 1),
    failureThreshold: number('failureThreshold', 3),
    successThreshold: number('successThreshold', 1),
  };
};

const millicores = (cpu: unknown): number | undefined =>
  cpu === undefined
    ? undefined
    : String(cpu).endsWith('m')
      ? Number.parseInt(String(cpu), 10)
      : Math.round(Number(cpu) * 1000);

/** What a pod template comes to, whoever wrote it: image, words, ports, probes, resources, environment. */
export function factsOf(template: unknown, index: number, configMaps: readonly KubeObject[]) {
  const container = listAt(template, 'spec.containers')[index];
  const ports = listAt(container, 'ports').map(
    (port) => [textAt(port, 'name'), fieldAt(port, 'containerPort')] as const,
  );
  const numbers = new Map<unknown, unknown>(ports);
  const data = (name: string | undefined) =>
    mapAt(
      configMaps.find(({ metadata }) => metadata.name === name),
      'data',
    );
  const environment = new Map<string, unknown>();
  for (const source of listAt(container, 'envFrom'))
    for (const [key, value] of Object.entries(data(textAt(source, 'configMapRef.name')))) environment.set(key, value);
  for (const one of listAt(container, 'env')) {
    const map = textAt(one, 'valueFrom.configMapKeyRef.name');
    const from = fieldAt(one, 'valueFrom.secretKeyRef');
    const value =
      map === undefined
        ? from === undefined
          ? fieldAt(one, 'value')
          : [fieldAt(from, 'name'), fieldAt(from, 'key')]
        : data(map)[textAt(one, 'valueFrom.configMapKeyRef.key') ?? ''];
    environment.set(textAt(one, 'name') ?? '', value);
  }
  const quantities = (which: string) => ({
    cpu: millicores(fieldAt(container, `resources.${which}.cpu`)),
    memory: fieldAt(container, `resources.${which}.memory`),
  });
  return {
    image: textAt(container, 'image'),
    command: listAt(container, 'command'),
    args: listAt(container, 'args'),
    ports: new Set(numbers.values()),
    readiness: probeFacts(fieldAt(container, 'readinessProbe'), numbers),
    liveness: probeFacts(fieldAt(container, 'livenessProbe'), numbers),
    startup: probeFacts(fieldAt(container, 'startupProbe'), numbers),
    requests: quantities('requests'),
    limits: quantities('limits'),
    environment: Object.fromEntries([...environment].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

export const rolloutOf = (objects: readonly KubeObject[]): KubeObject => only(objects, 'Rollout');
