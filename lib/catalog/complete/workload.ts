import { compareText } from '../../diagnostic/format';
import { nearest } from '../../diagnostic/nearest';
import type { Path } from '../../diagnostic/path';
import { ITEM_DEFAULTS } from '../built-in';
import type { ServiceSettings } from '../schema/catalog';
import type { Port, Probe, Quantities, Scale, SecretSource, Service } from '../service';
import type { Context } from './context';
import { canonicalCpu, canonicalMemory, compareQuantities } from './quantity';

const NO_PORT: Port = { name: 'none', port: 1, containerPort: 1, protocol: 'http', metricsPath: undefined };

/** The ports in the order of their names, so that the order in the file does not matter. */
export function completePorts(context: Context): readonly Port[] {
  const given = entriesOf(context.settings.ports);
  if (given.length === 0) context.need(['ports'], undefined, {}, 'name at least one port: { "http": { "port": 80 } }');
  const ports = given.map(([name, settings]): Port => {
    const port = context.need(['ports', name, 'port'], settings.port, 1, 'the number of the port');
    const { containerPort = port, protocol, metricsPath } = { ...ITEM_DEFAULTS.port, ...settings };
    return { name, port, containerPort, protocol, metricsPath };
  });
  for (const [i, one] of ports.entries()) {
    const twin = ports
      .slice(0, i)
      .find((other) => other.port === one.port || other.containerPort === one.containerPort);
    if (twin && !context.refused(['ports', one.name], ['ports', twin.name])) {
      context.fault(
        'CAT046',
        ['ports', one.name],
        `ports "${twin.name}" and "${one.name}" use the same number`,
        'give one of them another number',
      );
    }
  }
  return ports;
}

/** A port by its name; without a name the only port, or the one called `http`. */
export function pickPort(context: Context, ports: readonly Port[], name: string | undefined, path: Path): Port {
  if (name === undefined) {
    const main = ports.length === 1 ? ports[0] : ports.find((port) => port.name === 'http');
    if (main) return main;
    if (ports.length > 0 && !context.refused(['ports'])) {
      context.need(path, undefined, '', `which of ${ports.map((port) => port.name).join(', ')}: none is called "http"`);
    }
    return NO_PORT;
  }
  const port = ports.find((one) => one.name === name);
  if (port) return port;
  if (context.refused(['ports', name])) return NO_PORT;
  const names = ports.map((one) => one.name);
  const meant = nearest(name, names);
  context.fault(
    'CAT026',
    path,
    `there is no port "${name}"`,
    meant ? `did you mean "${meant}"?` : `the ports are: ${names.join(', ')}`,
  );
  return NO_PORT;
}

/** Fixed replicas or an autoscaler. */
export function completeScale(context: Context): Scale {
  const { autoscaling, replicas } = context.settings;
  if (!autoscaling) return { kind: 'fixed', replicas: context.need(['replicas'], replicas, 1, 'how many pods') };
  const at = (field: string): Path => ['autoscaling', field];
  const minReplicas = context.need(at('minReplicas'), autoscaling.minReplicas, 1, 'the fewest pods');
  const maxReplicas = context.need(at('maxReplicas'), autoscaling.maxReplicas, minReplicas, 'the most pods');
  if (minReplicas > maxReplicas && !context.refused(at('minReplicas'), at('maxReplicas'))) {
    context.fault(
      'CAT028',
      at('minReplicas'),
      `minReplicas ${minReplicas} is above maxReplicas ${maxReplicas}`,
      'swap them, or raise maxReplicas',
    );
  }
  const { targetCpuPercent, targetMemoryPercent } = autoscaling;
  const refused = context.refused(at('targetCpuPercent'), at('targetMemoryPercent'));
  if (targetCpuPercent === undefined && targetMemoryPercent === undefined && !refused) {
    context.fault(
      'CAT030',
      ['autoscaling'],
      'autoscaling has no target',
      'set targetCpuPercent or targetMemoryPercent',
    );
  }
  for (const [target, resource] of [
    [targetCpuPercent, 'cpu'],
    [targetMemoryPercent, 'memory'],
  ] as const) {
    if (target === undefined || context.refused(['resources', 'requests', resource])) continue;
    if (context.settings.resources?.requests?.[resource] === undefined) {
      context.fault(
        'CAT030',
        ['autoscaling'],
        `the target is a share of the ${resource} request, and there is none`,
        `set resources.requests.${resource}`,
      );
    }
  }
  return {
    kind: 'autoscaled',
    minReplicas,
    maxReplicas,
    targetCpuPercent,
    targetMemoryPercent,
    scaleDownStabilizationSeconds: { ...ITEM_DEFAULTS.autoscaling, ...autoscaling }.scaleDownStabilizationSeconds,
  };
}

/** Requests and limits in Kubernetes' canonical form: `1000m` is `1`, or Argo CD sees a difference for ever (P43). */
export function completeResources(context: Context): Service['resources'] {
  const { requests = {}, limits = {} } = context.settings.resources ?? {};
  for (const resource of ['cpu', 'memory'] as const) {
    if (context.refused(['resources', 'requests', resource], ['resources', 'limits', resource])) continue;
    const request = requests[resource];
    const limit = limits[resource];
    if (request !== undefined && limit !== undefined && compareQuantities(resource, request, limit) > 0) {
      context.fault(
        'CAT029',
        ['resources', 'requests', resource],
        `the ${resource} request ${request} is above the limit ${limit}`,
        'lower the request or raise the limit',
      );
    }
  }
  return { requests: canonical(requests), limits: canonical(limits) };
}

function canonical(given: { readonly cpu?: string; readonly memory?: string }): Quantities {
  return {
    ...(given.cpu === undefined ? {} : { cpu: canonicalCpu(given.cpu) }),
    ...(given.memory === undefined ? {} : { memory: canonicalMemory(given.memory) }),
  };
}

type ProbeSettings = NonNullable<NonNullable<ServiceSettings['probes']>['readiness']>;

/** The three probes; readiness always is one, because without it a pod gets traffic before it can answer. */
export function completeProbes(context: Context, ports: readonly Port[]): Service['probes'] {
  const { readiness = {}, liveness, startup } = context.settings.probes ?? {};
  return {
    readiness: completeProbe(context, ports, 'readiness', readiness),
    liveness: liveness ? completeProbe(context, ports, 'liveness', liveness) : undefined,
    startup: startup ? completeProbe(context, ports, 'startup', startup) : undefined,
  };
}

function completeProbe(
  context: Context,
  ports: readonly Port[],
  which: 'readiness' | 'liveness' | 'startup',
  given: ProbeSettings,
): Probe {
  const filled = { ...ITEM_DEFAULTS.probe, ...given };
  if (which !== 'readiness' && filled.successThreshold !== 1) {
    context.fault(
      'CAT045',
      ['probes', which, 'successThreshold'],
      `Kubernetes accepts only 1 for ${which}`,
      'leave it out',
    );
  }
  return { ...filled, port: pickPort(context, ports, given.port, ['probes', which, 'port']) };
}

/** The entries of a map in the order of their names, without those that a layer took away. */
export function entriesOf<T>(map: Readonly<Record<string, T | null>> | undefined): readonly (readonly [string, T])[] {
  const entries: [string, T][] = [];
  for (const [name, value] of Object.entries(map ?? {}))
    if (value !== null && value !== undefined) entries.push([name, value]);
  return entries.sort(([a], [b]) => compareText(a, b));
}

/** A map built from entries, safe for any key. */
export function mapFrom<T>(entries: readonly (readonly [string, T])[]): Readonly<Record<string, T>> {
  return Object.fromEntries(entries);
}

/** Where one secret value comes from. */
export function completeSecret(context: Context, path: Path, given: SecretSettings): SecretSource {
  const { external, existing } = given;
  if ((external === undefined) === (existing === undefined) && !context.refused(path)) {
    context.fault('CAT010', path, 'a secret comes from exactly one place', 'set exactly one of: existing, external');
  }
  if (external !== undefined) {
    context.need([...path, 'external', 'key'], external.key, '', 'the key in the external store');
    if (context.platform.externalSecrets === undefined && !context.refusedAt(['platform', 'externalSecrets'])) {
      context.fault(
        'CAT004',
        path,
        'platform.externalSecrets is missing, and this secret is external',
        'name the store in platform.externalSecrets',
      );
    }
    return { kind: 'external', key: external.key ?? '', property: external.property };
  }
  return {
    kind: 'existing',
    name: existing ? context.need([...path, 'existing', 'name'], existing.name, '', 'the name of the Secret') : '',
    key: existing ? context.need([...path, 'existing', 'key'], existing.key, '', 'the key in the Secret') : '',
  };
}

type SecretSettings = NonNullable<NonNullable<ServiceSettings['secrets']>[string]>;
