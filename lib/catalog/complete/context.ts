import type { Path } from '../../diagnostic/path';
import type { Fault, Report } from '../faults';
import { isServiceLayer, type Layer, originOf, placeOf } from '../layers';
import type { Refused } from '../refused';
import type { ServiceSettings } from '../schema/catalog';
import type { Environment, Platform } from '../service';

/** Settings of which some fields have a default of Cutover's own. */
export type Defaulted<Settings, Field extends keyof Settings> = Settings & Required<Pick<Settings, Field>>;

/** What completing one service in one environment works with. */
export interface Context {
  readonly key: string;
  readonly settings: ServiceSettings;
  readonly platform: Platform;
  readonly environment: Environment;
  /** Every service of the catalog that is rendered in this environment: its key and its name in the cluster. */
  readonly names: ReadonlyMap<string, string>;
  /** The names of the workloads of one of these services, as their pods carry them; empty for a service that is not rendered. */
  readonly workloads: (key: string) => readonly string[];
  /** The key of the service that has a name in the cluster. */
  readonly keyOf: (name: string) => string | undefined;
  /** The keys of all services of the catalog, also of those that this environment leaves out. */
  readonly keys: readonly string[];
  /** Whether the value at a path was given to this service, rather than to all services at once. */
  readonly isOwn: (path: Path) => boolean;
  /** Tells a fault at a path of the merged settings; it is placed where the value was written. */
  readonly fault: (code: Fault['code'], path: Path, message: string, hint?: string, value?: unknown) => void;
  /** Whether the schema refused, in some layer, what one of these paths of the merged settings leads to or leads through. */
  readonly refused: (...paths: readonly Path[]) => boolean;
  /** The same for a path from the root of the catalog. */
  readonly refusedAt: (path: Path) => boolean;
  /** The value, or a fault that it is missing and the stand-in; what stands in is never rendered, since a fault stops the run. */
  readonly need: <T>(path: Path, value: T | null | undefined, standIn: T, hint: string) => T;
}

/** The context of one service; about what the schema refused nothing more is said. */
export function contextOf(
  base: Omit<Context, 'fault' | 'need' | 'isOwn' | 'refused' | 'refusedAt'>,
  layers: readonly Layer[],
  report: Report,
  places: Refused,
): Context {
  const servicePath = ['services', base.key];
  const fault: Context['fault'] = (code, path, message, hint, value) => {
    const at = placeOf(layers, path, servicePath);
    report({ code, at, message, ...(hint === undefined ? {} : { hint }), ...(value === undefined ? {} : { value }) });
  };
  const refusedAt: Context['refusedAt'] = places.touches;
  const refused: Context['refused'] = (...paths) =>
    !places.none && layers.some(({ at }) => at !== null && paths.some((path) => refusedAt([...at, ...path])));
  const need: Context['need'] = (path, value, standIn, hint) => {
    if (value !== undefined && value !== null) return value;
    if (!refused(path)) {
      const nearest = originOf(layers, path.slice(0, -1));
      const at = nearest?.at == null ? [...servicePath, ...path] : [...nearest.at, ...path.slice(-1)];
      report({
        code: 'CAT004',
        at,
        message: `${String(path.at(-1))} is missing in every layer`,
        hint,
        value: undefined,
      });
    }
    return standIn;
  };
  const isOwn: Context['isOwn'] = (path) => isServiceLayer(originOf(layers, path)?.layer);
  return { ...base, fault, need, isOwn, refused, refusedAt };
}
