import { compareText } from '../diagnostic/format';
import { nearest } from '../diagnostic/nearest';
import type { Path } from '../diagnostic/path';
import type { CatalogFacts } from '../incremental/catalog-memory';
import { fingerprint } from '../incremental/fingerprint';
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

/** What an earlier run found out of a catalog that was the same but for some services, and as a whole without faults. */
export interface Known {
  /** As in CatalogFacts (lib/incremental/catalog-memory.ts). */
  readonly releases: CatalogFacts['releases'];
  readonly changed: ReadonlySet<string>;
  /** The keys of all services, and what is said of one of them. */
  readonly keys: readonly string[];
  readonly read: (key: string) => ServiceSettings;
}

/** One service before it is completed. */
export interface PendingService {
  readonly key: string;
  /** Its name in the cluster. */
  readonly name: string;
  /** The names of its workloads, as their pods carry them. */
  readonly workloads: () => readonly string[];
  /** The fingerprint of everything that is said of this service alone; with what all services share it decides what is rendered. */
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
export function pendingReleases(
  catalog: CatalogInput,
  options: ResolveOptions,
  known?: Known,
): readonly PendingRelease[] {
  const platform = completePlatform(catalog.platform ?? {}, options.report, options.refused);
  const keys = known?.keys ?? keysOf(catalog, options.refused);
  const checkHosts = hostChecker(platform, options.report);
  const environments = Object.entries(catalog.environments ?? {}).sort(([a], [b]) => compareText(a, b));
  const releases = environments.map(([name, input]) =>
    pendingRelease({ catalog, platform, keys, checkHosts, options, known }, name, input),
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
  readonly known: Known | undefined;
}

function pendingRelease(scope: Scope, name: string, input: EnvironmentInput): PendingRelease {
  const { catalog, platform, options } = scope;
  const environment = completeEnvironment(name, input, options.report, options.refused);
  const { versions: _, services: __, ...shared } = input;
  return {
    platform,
    environment,
    sharedInputs: () => JSON.stringify([catalog.platform, catalog.defaults, shared, name]),
    services:
      scope.known === undefined
        ? allServices(scope, environment, input)
        : knownServices(scope, environment, input, scope.known),
  };
}

/**
 * Every service of an environment, each looked at for what concerns others as well. What is looked at here of a service stands in
 * outlineOf (reopen.ts): where that changes, all of the catalog is read.
 */
function allServices(scope: Scope, environment: Environment, input: EnvironmentInput): readonly PendingService[] {
  const { catalog, options } = scope;
  checkKeys(scope, environment.name, input);
  const enabled = Object.keys(catalog.services ?? {})
    .sort(compareText)
    .map((key) => ({ key, layers: layersOf(catalog, environment.name, key) }))
    .filter(({ layers }) => topmost(layers, 'enabled') !== false);
  const names = new Map(enabled.map(({ key, layers }) => [key, topmost(layers, 'name') ?? key]));
  checkNames(names, options.report);
  if (enabled.some(({ key, layers }) => migrationsDirectory(layers, key) !== undefined))
    checkFlywayDigest(scope.platform, environment, options.report);
  const all = new Map(enabled.map(({ key, layers }) => [key, layers]));
  const around = neighbours(names, (key) => {
    const layers = all.get(key);
    return layers === undefined ? [] : podNames(names.get(key) ?? key, layers);
  });
  return enabled.map(({ key, layers }) => {
    for (const fault of bothScales(layers)) options.report(fault);
    scope.checkHosts(environment, key, layers);
    return pendingService(scope, { environment, around, key, layers, version: ownOf(input.versions, key) });
  });
}

/** What a service may know of the others of its environment. */
type Neighbours = Pick<Context, 'names' | 'workloads' | 'keyOf'> & {
  /** The names that begin with another one and a dash: what is derived from that one may clash with them. */
  readonly below: (name: string) => readonly string[];
};

function neighbours(names: ReadonlyMap<string, string>, workloads: Neighbours['workloads']): Neighbours {
  let owners: ReadonlyMap<string, string> | undefined;
  let sorted: readonly string[] | undefined;
  return {
    names,
    workloads,
    keyOf: (name) => {
      owners ??= new Map([...names].reverse().map(([key, one]) => [one, key]));
      return owners.get(name);
    },
    below: (name) => {
      sorted ??= [...names.values()].sort(compareText);
      return withPrefix(sorted, `${name}-`);
    },
  };
}

/** The texts of a sorted list that begin with a prefix: they stand together. */
function withPrefix(sorted: readonly string[], prefix: string): readonly string[] {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareText(sorted[middle] ?? '', prefix) < 0) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (sorted[end]?.startsWith(prefix)) end += 1;
  return sorted.slice(low, end);
}

/** Texts of facts for each service of a release. */
const FACTS = 5;

/** The same services from the facts of an earlier run; only what has changed is looked at. */
function knownServices(
  scope: Scope,
  environment: Environment,
  input: EnvironmentInput,
  known: Known,
): readonly PendingService[] {
  const facts = known.releases[environment.name] ?? [];
  const places = new Map<string, number>();
  const names = new Map<string, string>();
  for (let i = 0; i < facts.length; i += FACTS) {
    places.set(facts[i] ?? '', i);
    names.set(facts[i] ?? '', facts[i + 1] ?? '');
  }
  const workloads = (key: string) => splitWorkloads(facts[(places.get(key) ?? Number.NaN) + 4]);
  const around = neighbours(names, workloads);
  return [...places].map(([key, at]): PendingService => {
    const version = ownOf(input.versions, key);
    const pending = (): PendingService => {
      const catalog = { ...scope.catalog, services: { [key]: known.read(key) } };
      const layers = layersOf(catalog, environment.name, key);
      for (const fault of bothScales(layers)) scope.options.report(fault);
      return pendingService(scope, { environment, around, key, layers, version });
    };
    if (known.changed.has(key)) return pending();
    const [name = key, inputs = '', migrations] = facts.slice(at + 1, at + FACTS);
    return {
      key,
      name,
      workloads: () => workloads(key),
      inputs: () => inputs,
      migrations: () => migrations || undefined,
      complete: () => pending().complete(),
    };
  });
}

const splitWorkloads = (joined: string | undefined): readonly string[] => (joined ? joined.split(' ') : []);

/** What is remembered of a service: FACTS texts. */
export const factsOf = ({ key, name, inputs, migrations, workloads }: PendingService): readonly string[] => [
  key,
  name,
  inputs(),
  migrations() ?? '',
  workloads().join(' '),
];

/** One service in one environment, with the layers of its settings. */
interface Placed {
  readonly environment: Environment;
  readonly around: Neighbours;
  readonly key: string;
  readonly layers: readonly Layer[];
  readonly version: string | undefined;
}

function pendingService(scope: Scope, placed: Placed): PendingService {
  const { key, layers, version, around } = placed;
  const name = around.names.get(key) ?? key;
  let inputs: string | undefined;
  return {
    key,
    name,
    workloads: () => around.workloads(key),
    inputs: () => {
      const said = [key, version, layers.filter(isServiceLayer), callers(layers, around.workloads), around.below(name)];
      inputs ??= fingerprint(JSON.stringify(said));
      return inputs;
    },
    migrations: () => migrationsDirectory(layers, key),
    complete: () => complete(scope, placed),
  };
}

function complete({ platform, keys, options }: Scope, { environment, around, key, layers, version }: Placed): Service {
  const base = { key, settings: merge(layers), platform, environment, keys, ...around };
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

function checkNames(names: ReadonlyMap<string, string>, report: Report): void {
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
