import { compareText } from '../diagnostic/format';
import { nearest } from '../diagnostic/nearest';
import { checkFlywayDigest, completeEnvironment, completePlatform } from './complete/platform';
import type { Report } from './faults';
import { type Known, knownServices } from './known-services';
import {
  bothScales,
  type EnvironmentInput,
  layersOf,
  migrationsDirectory,
  neighbours,
  ownOf,
  type PendingService,
  type ResolveOptions,
  SaidService,
  type Scope,
  topmost,
} from './pending';
import { hostChecker } from './public-hosts';
import type { Refused } from './refused';
import type { CatalogInput } from './schema/catalog';
import type { Environment, Platform } from './service';
import { podNames } from './workload-names';

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
    pendingRelease({ catalog, platform, keys, checkHosts, options }, name, input, known),
  );
  checkDestinations(releases, options);
  return releases;
}

/** The names that people gave to services, also those of services that the schema refused. */
function keysOf({ services }: CatalogInput, refused: Refused): readonly string[] {
  return [...new Set([...Object.keys(services ?? {}), ...refused.namesIn(['services'])])].sort(compareText);
}

function pendingRelease(scope: Scope, name: string, input: EnvironmentInput, known?: Known): PendingRelease {
  const { catalog, platform, options } = scope;
  const environment = completeEnvironment(name, input, options.report, options.refused);
  const { versions: _, services: __, ...shared } = input;
  return {
    platform,
    environment,
    sharedInputs: () => JSON.stringify([catalog.platform, catalog.defaults, shared, name]),
    services:
      known === undefined ? allServices(scope, environment, input) : knownServices(scope, environment, input, known),
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
    return new SaidService(scope, { environment, around, key, layers, version: ownOf(input.versions, key) });
  });
}

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
