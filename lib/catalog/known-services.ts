import type { Said } from '../alike/likeness';
import type { CatalogFacts } from '../incremental/catalog-memory';
import {
  bothScales,
  type EnvironmentInput,
  layersOf,
  neighbours,
  ownOf,
  type PendingService,
  SaidService,
  type Scope,
} from './pending';
import type { ServiceSettings } from './schema/catalog';
import type { Environment, Service } from './service';

/** What an earlier run found out of a catalog that was the same but for some services, and as a whole without faults. */
export interface Known {
  /** As in CatalogFacts (lib/incremental/catalog-memory.ts). */
  readonly releases: CatalogFacts['releases'];
  readonly changed: ReadonlySet<string>;
  /** The keys of all services, and what is said of one of them. */
  readonly keys: readonly string[];
  readonly read: (key: string) => ServiceSettings;
}

/** Texts of facts for each service of a release. */
const FACTS = 5;

/** The same services from the facts of an earlier run; only what has changed is looked at. */
export function knownServices(
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
  const read = (key: string): PendingService => {
    const catalog = { ...scope.catalog, services: { [key]: known.read(key) } };
    const layers = layersOf(catalog, environment.name, key);
    for (const fault of bothScales(layers)) scope.options.report(fault);
    return new SaidService(scope, { environment, around, key, layers, version: ownOf(input.versions, key) });
  };
  const found = { facts, workloads, read };
  return [...places].map(([key, at]) => (known.changed.has(key) ? read(key) : new KnownService(found, at)));
}

/** What the services of a release have in common. */
interface Found {
  readonly facts: readonly string[];
  readonly workloads: (key: string) => readonly string[];
  readonly read: (key: string) => PendingService;
}

/** A service as an earlier run has found it. One small object, as there are thousands, of most of which only the inputs are asked. */
class KnownService implements PendingService {
  readonly key: string;
  readonly name: string;
  readonly #found: Found;
  readonly #at: number;
  #said: PendingService | undefined;

  constructor(found: Found, at: number) {
    this.#found = found;
    this.#at = at;
    this.key = found.facts[at] ?? '';
    this.name = found.facts[at + 1] ?? this.key;
  }

  inputs(): string {
    return this.#found.facts[this.#at + 2] ?? '';
  }

  migrations(): string | undefined {
    return this.#found.facts[this.#at + 3] || undefined;
  }

  workloads(): readonly string[] {
    return this.#found.workloads(this.key);
  }

  facts(): readonly string[] {
    return this.#found.facts.slice(this.#at, this.#at + FACTS);
  }

  said(): Said | undefined {
    return this.#read().said();
  }

  complete(): Service {
    return this.#read().complete();
  }

  /** Read once, where its files are not what they were. */
  #read(): PendingService {
    this.#said ??= this.#found.read(this.key);
    return this.#said;
  }
}

const splitWorkloads = (joined: string | undefined): readonly string[] => (joined ? joined.split(' ') : []);
