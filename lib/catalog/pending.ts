import type { Said } from '../alike/likeness';
import { compareText } from '../diagnostic/format';
import type { Path } from '../diagnostic/path';
import { fingerprint } from '../incremental/fingerprint';
import { BUILT_IN } from './built-in';
import { type Context, contextOf } from './complete/context';
import { completeService } from './complete/service';
import type { Fault, Report } from './faults';
import { isServiceLayer, type Layer, merge } from './layers';
import type { MigrationFolder } from './migration-files';
import type { hostChecker } from './public-hosts';
import type { Refused } from './refused';
import type { CatalogInput, ServiceSettings } from './schema/catalog';
import type { Environment, Platform, Service } from './service';
import { compareVersions, isNumericVersion } from './versions';

/** What resolving needs beside the catalog. */
export interface ResolveOptions {
  readonly report: Report;
  readonly refused: Refused;
  readonly readMigrations: (directory: string) => MigrationFolder;
  /** What `services` says of a service, as it is written; undefined where that is not at hand. */
  readonly writtenOf: (key: string) => string | undefined;
}

export type EnvironmentInput = NonNullable<CatalogInput['environments']>[string];

/** One service before it is completed. */
export interface PendingService {
  readonly key: string;
  /** Its name in the cluster. */
  readonly name: string;
  /** The names of its workloads, as their pods carry them. */
  readonly workloads: () => readonly string[];
  /** The fingerprint of everything that is said of this service alone; with what all services share it decides what is rendered. */
  readonly inputs: () => string;
  /** The same as a text, for finding out to which services it is alike; undefined where it is not worth it, or is of no use. */
  readonly said: () => Said | undefined;
  /** What the next run may know of it, as in CatalogFacts (lib/incremental/catalog-memory.ts). */
  readonly facts: () => readonly string[];
  /** The folder of its migrations, whose files decide as well. */
  readonly migrations: () => string | undefined;
  /** The service with everything filled in; its faults go to the report. */
  readonly complete: () => Service;
}

/** What the environments of a catalog have in common while it is resolved. */
export interface Scope {
  readonly catalog: CatalogInput;
  readonly platform: Platform;
  readonly keys: readonly string[];
  readonly checkHosts: ReturnType<typeof hostChecker>;
  readonly options: ResolveOptions;
}

/** What a service may know of the others of its environment. */
export type Neighbours = Pick<Context, 'names' | 'workloads' | 'keyOf'> & {
  /** The names that begin with another one and a dash: what is derived from that one may clash with them. */
  readonly below: (name: string) => readonly string[];
};

export function neighbours(names: ReadonlyMap<string, string>, workloads: Neighbours['workloads']): Neighbours {
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

/** One service in one environment, with the layers of its settings. */
export interface Placed {
  readonly environment: Environment;
  readonly around: Neighbours;
  readonly key: string;
  readonly layers: readonly Layer[];
  readonly version: string | undefined;
}

/** A service of which nothing is known but what the catalog says. */
export class SaidService implements PendingService {
  readonly key: string;
  readonly name: string;
  readonly #scope: Scope;
  readonly #placed: Placed;
  #inputs: string | undefined;
  #settings: Pick<Said, 'values' | 'text'> | undefined;

  constructor(scope: Scope, placed: Placed) {
    this.#scope = scope;
    this.#placed = placed;
    this.key = placed.key;
    this.name = placed.around.names.get(placed.key) ?? placed.key;
  }

  workloads(): readonly string[] {
    return this.#placed.around.workloads(this.key);
  }

  inputs(): string {
    const { version, around } = this.#placed;
    this.#inputs ??= fingerprint(JSON.stringify([this.key, version, around.below(this.name)]), this.#own().text);
    return this.#inputs;
  }

  said(): Said | undefined {
    const { around, version, layers } = this.#placed;
    if (around.below(this.name).length > 0) return undefined;
    const said = { key: this.key, version, ...this.#own(), order: orderAmong(version, layers) };
    // Asked for once, and a thousand of them are megabytes.
    this.#settings = undefined;
    return said;
  }

  facts(): readonly string[] {
    return [this.key, this.name, this.inputs(), this.migrations() ?? '', this.workloads().join(' ')];
  }

  migrations(): string | undefined {
    return migrationsDirectory(this.#placed.layers, this.key);
  }

  complete(): Service {
    return complete(this.#scope, this.#placed);
  }

  #own(): Pick<Said, 'values' | 'text'> {
    if (this.#settings === undefined) {
      const { layers, around } = this.#placed;
      const own = layers.filter(isServiceLayer);
      const others = callers(layers, around.workloads);
      const said = own.map((layer) => `${JSON.stringify(layer.at)}${this.#textOf(layer)}`);
      this.#settings = { values: [own, others], text: `${said.join('')}${JSON.stringify(others)}` };
    }
    return this.#settings;
  }

  /** As it is written, where that says a thing in one way only but for blanks: to write it again takes longer than to read it did. */
  #textOf({ at, settings }: Layer): string {
    const written = at?.[0] === 'services' ? this.#scope.options.writtenOf(this.key) : undefined;
    return written === undefined || written.includes('\\') ? JSON.stringify(settings) : written;
  }
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
export function topmost<Field extends 'enabled' | 'name'>(
  layers: readonly Layer[],
  field: Field,
): ServiceSettings[Field] | undefined {
  for (let i = layers.length - 1; i >= 0; i -= 1) {
    const value = layers[i]?.settings[field];
    if (value !== undefined) return value;
  }
  return undefined;
}

/** How a version stands to each version that migrations are said of: what runs and what is used follows from that alone. */
function orderAmong(version: string | undefined, layers: readonly Layer[]): string {
  const release = version?.split('@')[0]?.replace(/^v/, '') ?? '';
  const said = layers.flatMap(({ settings }) => settings.migrations ?? []);
  if (said.length === 0 || !isNumericVersion(release)) return '';
  return said.flatMap((one) => versionsIn(one).map((other) => compareVersions(release, other))).join();
}

type MigrationSettings = NonNullable<ServiceSettings['migrations']>;

/** By what is said of migrations but for their database, which most services say alike. */
const VERSIONS = new Map<string, readonly string[]>();
const MOST_VERSIONS = 100;

function versionsIn({ database: _, user: __, password: ___, ...rest }: MigrationSettings): readonly string[] {
  const said = JSON.stringify(rest);
  const known = VERSIONS.get(said);
  if (known !== undefined) return known;
  if (VERSIONS.size >= MOST_VERSIONS) VERSIONS.clear();
  const versions = said.match(/(?<="v?)\d+(?:\.\d+)*(?=")/g) ?? [];
  VERSIONS.set(said, versions);
  return versions;
}

/** The callers' names in the cluster, which stand in another service's settings. */
function callers(layers: readonly Layer[], workloads: Neighbours['workloads']): readonly string[] {
  return layers.flatMap(({ settings }) => settings.allowedCallers?.services?.flatMap(workloads) ?? []);
}

export function migrationsDirectory(layers: readonly Layer[], key: string): string | undefined {
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

export const ownOf = <T>(map: Readonly<Record<string, T>> | undefined, key: string): T | undefined =>
  map !== undefined && Object.hasOwn(map, key) ? map[key] : undefined;

/** Of replicas and autoscaling the one nearer to the service holds; side by side, neither is nearer. */
export function bothScales(layers: readonly Layer[]): readonly Fault[] {
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
