import { compareText } from '../diagnostic/format';
import { nearest } from '../diagnostic/nearest';
import type { Path } from '../diagnostic/path';
import { BUILT_IN } from './built-in';
import { type Context, contextOf } from './complete/context';
import { checkFlywayDigest, completeEnvironment, completePlatform } from './complete/platform';
import { completeService } from './complete/service';
import type { Fault, Report } from './faults';
import { isServiceLayer, type Layer, merge } from './layers';
import type { MigrationFolder } from './migration-files';
import { hostChecker } from './public-hosts';
import type { Refused } from './refused';
import type { CatalogInput, ServiceSettings } from './schema/catalog';
import type { Environment, Platform, Service } from './service';
import { podNames } from './workload-names';

/** What resolving needs beside the catalog. */
export interface ResolveOptions {
  readonly report: Report;
  readonly refused: Refused;
  readonly readMigrations: (directory: string) => MigrationFolder;
}

type EnvironmentInput = NonNullable<CatalogInput['environments']>[string];

/** One service before it is completed. */
export interface PendingService {
  readonly key: string;
  /** Everything that is said of this service alone, as text; with what all services share it decides what is rendered. */
  readonly inputs: () => string;
  /** The folder of its migrations, whose files decide as well. */
  readonly migrations: () => string | undefined;
  /** The service with everything filled in; its faults go to the report. */
  readonly complete: () => Service;
}

/** One environment, with its services in the order of their keys. */
export interface PendingRelease {
  readonly platform: Platform;
  readonly environment: Environment;
  /** Everything that is said of all services of this environment at once, as text. */
  readonly sharedInputs: () => string;
  readonly services: readonly PendingService[];
}

/** Every environment in the order of their names; services are completed one by one, when they are asked for. */
export function pendingReleases(catalog: CatalogInput, options: ResolveOptions): readonly PendingRelease[] {
  const platform = completePlatform(catalog.platform ?? {}, options.report, options.refused);
  const keys = keysOf(catalog, options.refused);
  const checkHosts = hostChecker(platform, options.report);
  const environments = Object.entries(catalog.environments ?? {}).sort(([a], [b]) => compareText(a, b));
  const releases = environments.map(([name, input]) =>
    pendingRelease({ catalog, platform, keys, checkHosts, options }, name, input),
  );
  checkDestinations(releases, options);
  return releases;
}

/** The names that people gave to services, also those of services that the schema refused. */
function keysOf({ services }: CatalogInput, refused: Refused): readonly string[] {
  return [...new Set([...Object.keys(services ?? {}), ...refused.namesIn(['services'])])].sort(compareText);
}

/** What the environments of a catalog have in common while it is resolved. */
interface Scope {
  readonly catalog: CatalogInput;
  readonly platform: Platform;
  readonly keys: readonly string[];
  readonly checkHosts: ReturnType<typeof hostChecker>;
  readonly options: ResolveOptions;
}

function pendingRelease(scope: Scope, name: string, input: EnvironmentInput): PendingRelease {
  const { catalog, platform, options } = scope;
  const environment = completeEnvironment(name, input, options.report, options.refused);
  checkKeys(scope, name, input);
  const enabled = Object.keys(catalog.services ?? {})
    .sort(compareText)
    .map((key) => ({ key, layers: layersOf(catalog, name, key) }))
    .filter(({ layers }) => topmost(layers, 'enabled') !== false);
  const names = new Map(enabled.map(({ key, layers }) => [key, topmost(layers, 'name') ?? key]));
  if (enabled.some(({ key, layers }) => migrationsDirectory(layers, key) !== undefined))
    checkFlywayDigest(platform, environment, options.report);
  const owners = checkNames(names, options.report);
  const all = new Map(enabled.map(({ key, layers }) => [key, layers]));
  const workloads = (key: string) => {
    const layers = all.get(key);
    return layers === undefined ? [] : podNames(names.get(key) ?? key, layers);
  };
  const neighbours: Neighbours = { names, workloads, keyOf: (name) => owners.get(name) };
  for (const { key, layers } of enabled) {
    for (const fault of bothScales(layers)) options.report(fault);
    scope.checkHosts(environment, key, layers);
  }
  const { versions, services: _, ...shared } = input;
  return {
    platform,
    environment,
    sharedInputs: () => JSON.stringify([catalog.platform, catalog.defaults, shared, name]),
    services: enabled.map(({ key, layers }) => {
      const version = ownOf(versions, key);
      return {
        key,
        inputs: () => JSON.stringify([key, version, layers.filter(isServiceLayer), callers(layers, workloads)]),
        migrations: () => migrationsDirectory(layers, key),
        complete: () => complete(scope, environment, neighbours, { key, layers, version }),
      };
    }),
  };
}

/** What a service may know of the others of its environment. */
type Neighbours = Pick<Context, 'names' | 'workloads' | 'keyOf'>;

function complete(
  { platform, keys, options }: Scope,
  environment: Environment,
  neighbours: Neighbours,
  {
    key,
    layers,
    version,
  }: { readonly key: string; readonly layers: readonly Layer[]; readonly version: string | undefined },
): Service {
  const base = { key, settings: merge(layers), platform, environment, keys, ...neighbours };
  const versionPath = ['environments', environment.name, 'versions', key];
  return completeService(contextOf(base, layers, options.report, options.refused), {
    version,
    versionPath,
    report: options.refused.touches(versionPath) ? () => undefined : options.report,
    readMigrations: options.readMigrations,
  });
}

/** What the highest layer says of a field that is not an object. */
function topmost<Field extends 'enabled' | 'name'>(
  layers: readonly Layer[],
  field: Field,
): ServiceSettings[Field] | undefined {
  for (let i = layers.length - 1; i >= 0; i -= 1) {
    const value = layers[i]?.settings[field];
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The callers' names in the cluster, which stand in another service's settings. */
function callers(layers: readonly Layer[], workloads: Neighbours['workloads']): readonly string[] {
  return layers.flatMap(({ settings }) => settings.allowedCallers?.services?.flatMap(workloads) ?? []);
}

function migrationsDirectory(layers: readonly Layer[], key: string): string | undefined {
  let directory: string | undefined;
  for (const { settings } of layers) {
    if (settings.migrations === null) directory = undefined;
    else if (settings.migrations !== undefined)
      directory = settings.migrations.directory ?? directory ?? `migrations/${key}`;
  }
  return directory;
}

/** The layers of one service in one environment, from the lowest to the highest. */
export function layersOf(catalog: CatalogInput, environment: string, key: string): readonly Layer[] {
  const input = ownOf(catalog.environments, environment);
  const layers: Layer[] = [{ at: null, settings: BUILT_IN }];
  const add = (at: Path, settings: ServiceSettings | undefined) => {
    if (settings !== undefined) layers.push({ at, settings });
  };
  add(['defaults'], catalog.defaults);
  add(['services', key], ownOf(catalog.services, key));
  add(['environments', environment, 'overrides'], input?.overrides);
  add(['environments', environment, 'services', key], ownOf(input?.services, key));
  return layers;
}

const ownOf = <T>(map: Readonly<Record<string, T>> | undefined, key: string): T | undefined =>
  map !== undefined && Object.hasOwn(map, key) ? map[key] : undefined;

/** Versions and overrides of services that do not exist. */
function checkKeys({ keys, options }: Scope, name: string, input: EnvironmentInput): void {
  if (options.refused.touches(['services', ''])) return;
  const known = new Set(keys);
  for (const field of ['versions', 'services'] as const) {
    for (const key of Object.keys(input[field] ?? {})) {
      if (known.has(key)) continue;
      const meant = nearest(key, keys);
      options.report({
        code: 'CAT022',
        at: ['environments', name, field, key],
        message: `there is no service "${key}"`,
        hint: meant ? `did you mean "${meant}"?` : `the services are: ${keys.slice(0, 20).join(', ')}`,
      });
    }
  }
}

/** Of replicas and autoscaling the one nearer to the service holds; side by side, neither is nearer. */
function bothScales(layers: readonly Layer[]): readonly Fault[] {
  return layers.flatMap(({ at, settings }): readonly Fault[] =>
    at !== null && settings.replicas !== undefined && settings.autoscaling
      ? [
          {
            code: 'CAT010',
            at: [...at, 'replicas'],
            message: 'replicas and autoscaling stand side by side',
            hint: 'keep one of them',
          },
        ]
      : [],
  );
}

/** The keys by the names in the cluster; tells names that two services have. */
function checkNames(names: ReadonlyMap<string, string>, report: Report): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  for (const [key, name] of names) {
    const twin = keys.get(name);
    if (twin === undefined) keys.set(name, key);
    else
      report({
        code: 'CAT027',
        at: ['services', key],
        message: `"${twin}" and "${key}" are both called "${name}" in the cluster`,
        hint: 'give one of them another name',
        value: name,
      });
  }
  return keys;
}

function checkDestinations(releases: readonly PendingRelease[], { report, refused }: ResolveOptions): void {
  const taken = new Map<string, string>();
  for (const { environment } of releases) {
    const { namespace, cluster, name } = environment;
    if (['namespace', 'cluster'].some((field) => refused.touches(['environments', name, field]))) continue;
    const place = JSON.stringify([cluster.kind, cluster.value, namespace]);
    const twin = taken.get(place);
    if (twin === undefined) taken.set(place, name);
    else
      report({
        code: 'CAT037',
        at: ['environments', name],
        message: `${twin} and ${name} deploy to the same namespace "${namespace}" of the same cluster`,
        hint: 'give one of them another namespace or cluster',
        value: namespace,
      });
  }
}
