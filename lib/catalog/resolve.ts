import { compareText } from '../diagnostic/format';
import { nearest } from '../diagnostic/nearest';
import type { Path } from '../diagnostic/path';
import { BUILT_IN } from './built-in';
import { contextOf } from './complete/context';
import { completeEnvironment, completePlatform } from './complete/platform';
import { completeService } from './complete/service';
import type { Report } from './faults';
import { type Layer, merge } from './layers';
import type { MigrationFolder } from './migration-files';
import type { CatalogInput, ServiceSettings } from './schema/catalog';
import type { Platform, Release } from './service';

/** What resolving needs beside the catalog. */
export interface ResolveOptions {
  readonly report: Report;
  /** Places that the schema refused and that were taken out of the catalog. */
  readonly broken: readonly Path[];
  readonly readMigrations: (directory: string) => MigrationFolder;
}

type EnvironmentInput = NonNullable<CatalogInput['environments']>[string];

/** Every environment with every service, fully explicit, in the order of their names. Faults go to the report. */
export function resolveCatalog(catalog: CatalogInput, options: ResolveOptions): readonly Release[] {
  const platform = completePlatform(catalog.platform ?? {}, options.report, options.broken);
  const environments = Object.entries(catalog.environments ?? {}).sort(([a], [b]) => compareText(a, b));
  const releases = environments.map(([name, input]) => resolveEnvironment(catalog, platform, name, input, options));
  checkDestinations(releases, options.report);
  return releases;
}

function resolveEnvironment(
  catalog: CatalogInput,
  platform: Platform,
  name: string,
  input: EnvironmentInput,
  options: ResolveOptions,
): Release {
  const environment = completeEnvironment(name, input, options.report, options.broken);
  checkKeys(catalog, name, input, options.report);
  const keys = Object.keys(catalog.services ?? {}).sort(compareText);
  const merged = keys
    .map((key) => {
      const layers = layersOf(catalog, name, key);
      return { key, layers, settings: merge(layers) };
    })
    .filter(({ settings }) => settings.enabled !== false);
  const names = new Map(merged.map(({ key, settings }) => [key, settings.name ?? key]));
  checkNames(names, options.report);
  const services = merged.map(({ key, layers, settings }) => {
    const context = contextOf(
      { key, settings, platform, environment, names, keys },
      layers,
      options.report,
      options.broken,
    );
    return completeService(context, {
      version: input.versions !== undefined && Object.hasOwn(input.versions, key) ? input.versions[key] : undefined,
      versionPath: ['environments', name, 'versions', key],
      report: options.report,
      readMigrations: options.readMigrations,
    });
  });
  return { platform, environment, services };
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
function checkKeys(catalog: CatalogInput, name: string, input: EnvironmentInput, report: Report): void {
  const known = Object.keys(catalog.services ?? {});
  for (const field of ['versions', 'services'] as const) {
    for (const key of Object.keys(input[field] ?? {})) {
      if (known.includes(key)) continue;
      const meant = nearest(key, known);
      report({
        code: 'CAT022',
        at: ['environments', name, field, key],
        message: `there is no service "${key}"`,
        hint: meant ? `did you mean "${meant}"?` : `the services are: ${known.slice(0, 20).join(', ')}`,
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

function checkDestinations(releases: readonly Release[], report: Report): void {
  const taken = new Map<string, string>();
  for (const { environment } of releases) {
    const { namespace, cluster, name } = environment;
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
