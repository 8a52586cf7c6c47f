import type { Path } from '../../diagnostic/path';
import { BUILT_IN } from '../built-in';
import type { Report } from '../faults';
import type { MigrationFolder } from '../migration-files';
import type { Service } from '../service';
import type { Context } from './context';
import { checkDerivedNames } from './derived-names';
import { completeGates } from './gates';
import { completeImage } from './image';
import { completeMigrations } from './migrations';
import { completeNotifications } from './notifications';
import { completeObjectives, completeTraffic } from './objectives';
import { checkRating } from './rating';
import { completeCallers, completeRequestMetrics, completeRouting } from './routing';
import { completeStrategy } from './strategy';
import {
  completePorts,
  completeProbes,
  completeResources,
  completeScale,
  completeSecret,
  entriesOf,
  mapFrom,
} from './workload';

/** What completing a service needs from outside its settings. */
export interface Surroundings {
  readonly version: string | undefined;
  readonly versionPath: Path;
  readonly report: Report;
  readonly readMigrations: (directory: string) => MigrationFolder;
}

/** A service with everything filled in. Faults go to the report; after one the result only serves to find more of them. */
export function completeService(context: Context, around: Surroundings): Service {
  const { settings } = context;
  const security = { ...BUILT_IN.security, ...settings.security };
  const ports = completePorts(context);
  const image = completeImage(context, around.version, around.versionPath, (code, at, message, hint) =>
    around.report({ code, at, message, hint }),
  );
  const routing = completeRouting(context, ports, image);
  const scale = completeScale(context);
  const requestMetrics = completeRequestMetrics(context, routing, ports);
  const gates = completeGates(context, { metrics: requestMetrics, scale });
  const strategy = completeStrategy(context, { gates, routing, scale, requestMetrics });
  checkDerivedNames(context, strategy, routing);
  const service: Service = {
    key: context.key,
    name: settings.name ?? context.key,
    owner: settings.owner,
    image,
    command: settings.command ?? [],
    args: settings.args ?? [],
    ports,
    scale,
    resources: completeResources(context),
    probes: completeProbes(context, ports),
    ...completeVariables(context),
    security: { ...security, writablePaths: [...security.writablePaths].sort() },
    shutdown: { ...BUILT_IN.shutdown, ...settings.shutdown },
    podStartSeconds: settings.podStartSeconds,
    strategy,
    routing,
    gates,
    requestMetrics,
    migrations: completeMigrations(context, around.version, around.readMigrations),
    allowedCallers: completeCallers(context, routing),
    notifications: completeNotifications(context),
    requestsPerSecond: completeTraffic(context),
    requestsPerSecondByHour: settings.traffic?.requestsPerSecondByHour,
    objectives: completeObjectives(context),
  };
  checkRating(context, service);
  return service;
}

/** A ConfigMap holds 1 MiB with its metadata. */
const LARGEST_CONFIG_BYTES = 1_000_000;

function completeVariables(context: Context): Pick<Service, 'config' | 'secrets'> {
  const config = mapFrom(entriesOf(context.settings.config));
  const secrets = entriesOf(context.settings.secrets).map(
    ([name, given]) => [name, completeSecret(context, ['secrets', name], given)] as const,
  );
  for (const [name] of secrets) {
    if (Object.hasOwn(config, name))
      context.fault(
        'CAT031',
        ['secrets', name],
        `${name} stands in config and in secrets`,
        'keep one of them; null takes an inherited one away',
      );
  }
  const bytes = Object.entries(config).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value),
    0,
  );
  if (bytes > LARGEST_CONFIG_BYTES) {
    context.fault(
      'CAT047',
      ['config'],
      `config has ${bytes} bytes, and a ConfigMap holds ${LARGEST_CONFIG_BYTES}`,
      'keep large content in the image or in a volume',
      bytes,
    );
  }
  return { config, secrets: mapFrom(secrets) };
}
