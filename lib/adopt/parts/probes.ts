import { fieldAt, hasAt } from '../../manifest/object';
import type { Reader } from '../reader';
import type { AdoptedPort } from './ports';

const NUMBERS = [
  'initialDelaySeconds',
  'periodSeconds',
  'timeoutSeconds',
  'failureThreshold',
  'successThreshold',
] as const;

export type AdoptedProbe = Readonly<Record<string, string | number>>;

/** The probes that a catalog can say. Readiness always is one: without it, whether the main port is open. */
export function probesOf(deployment: Reader, main: string, ports: readonly AdoptedPort[]) {
  const probe = (which: string): AdoptedProbe | undefined => {
    const place = `${main}.${which}Probe`;
    if (!hasAt(deployment.object, place)) return undefined;
    const action = actionOf(deployment, place, ports);
    if (action === undefined) return undefined;
    const numbers = NUMBERS.flatMap((name) => {
      const value = deployment.number(`${place}.${name}`);
      return value === undefined || (name === 'initialDelaySeconds' && value === 0) ? [] : [[name, value] as const];
    });
    return { ...action, ...Object.fromEntries(numbers) };
  };
  const readiness = probe('readiness');
  const liveness = probe('liveness');
  const startup = probe('startup');
  const [first] = ports;
  if (readiness === undefined && first !== undefined)
    deployment.tell(
      'ADO008',
      `${main}.readinessProbe`,
      `there is no readiness probe that can be carried over: whether port ${first.name} is open is asked`,
    );
  return {
    readiness: readiness ?? { kind: 'tcp', port: first?.name ?? '' },
    ...(liveness === undefined ? {} : { liveness }),
    ...(startup === undefined ? {} : { startup }),
  };
}

function actionOf(deployment: Reader, place: string, ports: readonly AdoptedPort[]): AdoptedProbe | undefined {
  const named = (path: string): string | undefined => {
    const given = deployment.take(path);
    return ports.find(({ name, containerPort }) => name === given || containerPort === given)?.name;
  };
  if (hasAt(deployment.object, `${place}.httpGet`)) {
    const scheme = deployment.text(`${place}.httpGet.scheme`) ?? 'HTTP';
    const port = named(`${place}.httpGet.port`);
    const path = deployment.text(`${place}.httpGet.path`) ?? '/';
    if (hasAt(deployment.object, `${place}.httpGet.httpHeaders`))
      deployment.tell('ADO008', `${place}.httpGet.httpHeaders`, 'the probe sends headers');
    if (port !== undefined && scheme === 'HTTP') return { kind: 'http', path, port };
    deployment.tell(
      'ADO008',
      place,
      scheme === 'HTTP' ? 'the probe asks a port that is not named' : `the probe asks by ${scheme}`,
    );
    return undefined;
  }
  if (hasAt(deployment.object, `${place}.tcpSocket`)) {
    const port = named(`${place}.tcpSocket.port`);
    if (port !== undefined) return { kind: 'tcp', port };
  }
  if (hasAt(deployment.object, `${place}.grpc`)) {
    const port = named(`${place}.grpc.port`);
    const service = fieldAt(deployment.object, `${place}.grpc.service`);
    if (service !== undefined && service !== '')
      deployment.tell('ADO008', `${place}.grpc.service`, `the probe asks for the gRPC service "${String(service)}"`);
    else deployment.take(`${place}.grpc.service`);
    if (port !== undefined) return { kind: 'grpc', port };
  }
  deployment.tell('ADO008', place, 'the probe runs a command, or asks a port that is not named');
  return undefined;
}
