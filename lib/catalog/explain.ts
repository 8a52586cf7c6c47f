import { compareText } from '../diagnostic/format';
import { formatPath, type Path, type Segment } from '../diagnostic/path';
import { BUILT_IN, ITEM_DEFAULTS } from './built-in';
import { presetGates } from './complete/strategy/canary';
import { GATE_FIELDS, GATE_KIND_FACTS } from './gate-kinds';
import { type Layer, merge, originOf } from './layers';
import { layersOf } from './pending';
import { presetSteps } from './presets';
import type { CatalogInput, ServiceSettings } from './schema/catalog';
import type { GateKind } from './service';

/** One value of a service as it holds, and where it was said: a path in the catalog, or null for Cutover's own default. */
export interface ExplainedValue {
  readonly path: string;
  readonly value: unknown;
  readonly from: Path | null;
}

/** Every value that holds for a service in an environment, in the order of their paths, each with where it came from. */
export function explain(catalog: CatalogInput, environment: string, key: string): readonly ExplainedValue[] {
  const layers = layersOf(catalog, environment, key);
  const found: ExplainedValue[] = [];
  const environments = catalog.environments ?? {};
  const versions = Object.hasOwn(environments, environment) ? environments[environment]?.versions : undefined;
  const version = versions !== undefined && Object.hasOwn(versions, key) ? versions[key] : undefined;
  if (version !== undefined)
    found.push({ path: 'version', value: version, from: ['environments', environment, 'versions', key] });
  const settings = withItemDefaults(merge(layers));
  collect(settings, [], layers, found);
  collectPreset(settings, layers, found);
  return found.sort((a, b) => compareText(a.path, b.path));
}

function collect(value: unknown, path: Path, layers: readonly Layer[], found: ExplainedValue[]): void {
  if (value === null || value === undefined) return;
  const members: readonly (readonly [Segment, unknown])[] =
    typeof value !== 'object' ? [] : Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  if (members.length > 0) for (const [segment, member] of members) collect(member, [...path, segment], layers, found);
  else found.push({ path: formatPath(path), value, from: originOf(layers, path)?.at ?? null });
}

/** The steps that a preset stands for; they were said where the preset was. */
function collectPreset({ strategy, gates }: ServiceSettings, layers: readonly Layer[], found: ExplainedValue[]): void {
  const { preset, steps } = strategy ?? {};
  if (strategy === undefined || preset === undefined || steps !== undefined) return;
  const names = Object.keys(gates ?? {}).sort(compareText);
  const from = originOf(layers, ['strategy', 'preset'])?.at ?? null;
  const expanded: ExplainedValue[] = [];
  collect(presetSteps(preset, presetGates(strategy, names)), ['strategy', 'steps'], layers, expanded);
  found.push(...expanded.map((one) => ({ ...one, from })));
}

/** The defaults of a gate without those that its kind does not have. */
function gateDefaults(kind: GateKind | undefined): Partial<(typeof ITEM_DEFAULTS)['gate']> {
  const own: readonly string[] = kind === undefined ? [] : GATE_KIND_FACTS[kind].fields;
  const foreign = (field: string) => GATE_FIELDS.some((one) => one === field) && !own.includes(field);
  return Object.fromEntries(Object.entries(ITEM_DEFAULTS.gate).filter(([field]) => !foreign(field)));
}

type Items<T> = Readonly<Record<string, T | null>>;

/** The settings with the defaults inside gates, probes and their like, which exist only where those do. */
function withItemDefaults(settings: ServiceSettings): ServiceSettings {
  const { autoscaling, gates, migrations, ports, probes, routing, strategy } = settings;
  return {
    ...settings,
    ...(ports ? { ports: eachOf(ports, (port) => ({ ...ITEM_DEFAULTS.port, ...port })) } : {}),
    ...(autoscaling ? { autoscaling: { ...ITEM_DEFAULTS.autoscaling, ...autoscaling } } : {}),
    ...(probes ? { probes: eachOf(probes, (probe) => ({ ...ITEM_DEFAULTS.probe, ...probe })) } : {}),
    ...(gates ? { gates: eachOf(gates, (gate) => ({ ...gateDefaults(gate.kind), ...gate })) } : {}),
    strategy: { ...BUILT_IN.strategy, ...strategy },
    ...(routing
      ? {
          routing: {
            ...routing,
            ...(routing.canaryHeader
              ? { canaryHeader: { ...ITEM_DEFAULTS.canaryHeader, ...routing.canaryHeader } }
              : {}),
            ...(routing.outlierDetection
              ? { outlierDetection: { ...ITEM_DEFAULTS.outlierDetection, ...routing.outlierDetection } }
              : {}),
          },
        }
      : {}),
    ...(migrations
      ? {
          migrations: {
            ...ITEM_DEFAULTS.migrations,
            ...migrations,
            database: { ...ITEM_DEFAULTS.database, ...migrations.database },
          },
        }
      : {}),
  };
}

function eachOf<T extends object>(items: Items<T>, fill: (item: T) => T): Readonly<Record<string, T>> {
  return Object.fromEntries(
    Object.entries(items).flatMap(([name, item]) => (item ? [[name, fill(item)] as const] : [])),
  );
}
