import type { PORT_PROTOCOLS } from '../../catalog/schema/workload';
import { fieldAt, numberAt, textAt } from '../../manifest/object';
import type { Given } from '../given';
import type { Reader } from '../reader';

type Protocol = (typeof PORT_PROTOCOLS)[number];

export interface AdoptedPort {
  readonly name: string;
  readonly port: number;
  readonly containerPort: number;
  readonly protocol: Protocol;
}

interface ContainerPort {
  readonly name: string | undefined;
  readonly containerPort: number;
}

/** The ports of the container and of its Services under one name each: that of the container, which its probes know. */
export function portsOf({ deployment, services }: Given, main: string): readonly AdoptedPort[] {
  const own = containerPorts(deployment, main);
  const ports: AdoptedPort[] = [];
  const add = (port: AdoptedPort): boolean => {
    const twin = ports.find((one) => one.containerPort === port.containerPort || one.port === port.port);
    if (twin === undefined) ports.push({ ...port, name: unusedName(port.name, ports) });
    return twin === undefined || (twin.port === port.port && twin.containerPort === port.containerPort);
  };
  for (const service of services) {
    for (let i = 0; i < service.count('spec.ports'); i += 1) {
      const place = `spec.ports[${i}]`;
      const given = fieldAt(service.object, place);
      service.take(place);
      if (textAt(given, 'protocol') === 'UDP' || textAt(given, 'protocol') === 'SCTP') {
        service.tell('ADO010', place, `it is a port of ${textAt(given, 'protocol')}`);
        continue;
      }
      const port = numberAt(given, 'port') ?? 0;
      const target = fieldAt(given, 'targetPort') ?? port;
      const at = own.find(({ name, containerPort }) => name === target || containerPort === target);
      const containerPort = at?.containerPort ?? (typeof target === 'number' ? target : undefined);
      if (containerPort === undefined) {
        service.tell('ADO010', place, `it leads to the port "${String(target)}", which the container does not name`);
        continue;
      }
      const name = nameOf(at?.name ?? textAt(given, 'name'), containerPort);
      const protocol = protocolOf(
        textAt(given, 'appProtocol'),
        textAt(given, 'name') ?? name,
        deployment,
        main,
        containerPort,
      );
      if (!add({ name, port, containerPort, protocol }))
        service.tell('ADO010', place, `the port ${port} leads to a port that has another number already`);
    }
  }
  for (const { name, containerPort } of own) {
    if (ports.some((one) => one.containerPort === containerPort)) continue;
    const called = nameOf(name, containerPort);
    add({
      name: called,
      port: containerPort,
      containerPort,
      protocol: protocolOf(undefined, called, deployment, main, containerPort),
    });
  }
  return ports;
}

function containerPorts(deployment: Reader, main: string): readonly ContainerPort[] {
  return Array.from({ length: deployment.count(`${main}.ports`) }, (_, i): readonly ContainerPort[] => {
    const place = `${main}.ports[${i}]`;
    const protocol = deployment.text(`${place}.protocol`) ?? 'TCP';
    const containerPort = deployment.number(`${place}.containerPort`);
    const name = deployment.text(`${place}.name`);
    if (protocol !== 'TCP') deployment.tell('ADO014', place, `it is a port of ${protocol}`);
    return protocol === 'TCP' && containerPort !== undefined ? [{ name, containerPort }] : [];
  }).flat();
}

const PORT_NAME = /^[a-z]([-a-z0-9]{0,13}[a-z0-9])?$/;

const nameOf = (name: string | undefined, port: number): string =>
  name !== undefined && PORT_NAME.test(name) ? name : `port-${port}`;

function unusedName(name: string, ports: readonly AdoptedPort[]): string {
  return ports.some((one) => one.name === name) ? `port-${ports.length + 1}` : name;
}

/** What the Service says is spoken, else what its name says as Istio reads it (P9), else whether a probe asks by HTTP. */
function protocolOf(
  appProtocol: string | undefined,
  name: string,
  deployment: Reader,
  main: string,
  port: number,
): Protocol {
  const said = `${appProtocol ?? ''} ${name}`.toLowerCase();
  if (/\bgrpc/.test(said)) return 'grpc';
  if (/\bhttp2|\bh2c/.test(said)) return 'http2';
  if (/\bhttp|\bweb\b/.test(said)) return 'http';
  if (/\btcp/.test(said)) return 'tcp';
  const probed = ['readinessProbe', 'livenessProbe', 'startupProbe'].some(
    (probe) => fieldAt(deployment.object, `${main}.${probe}.httpGet.port`) === port,
  );
  return probed || [80, 8080].includes(port) ? 'http' : 'tcp';
}
