import type { CatalogFacts } from '../incremental/catalog-memory';
import {
  bothScales,
  type EnvironmentInput,
  layersOf,
  neighbours,
  ownOf,
  type PendingService,
  pendingService,
  type Scope,
} from './pending';
import type { ServiceSettings } from './schema/catalog';
import type { Environment } from './service';

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
      said: () => undefined,
      facts: () => facts.slice(at, at + FACTS),
      migrations: () => migrations || undefined,
      complete: () => pending().complete(),
    };
  });
}

const splitWorkloads = (joined: string | undefined): readonly string[] => (joined ? joined.split(' ') : []);
