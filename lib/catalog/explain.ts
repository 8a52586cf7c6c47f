import { compareText } from '../diagnostic/format';
import { formatPath, type Path, type Segment } from '../diagnostic/path';
import { BUILT_IN, ITEM_DEFAULTS } from './built-in';
import { routingFields } from './complete/routing/common';
import { presetGates } from './complete/strategy/canary';
import { strategyFields } from './complete/strategy/common';
import { GATE_FIELDS, GATE_KIND_FACTS } from './gate-kinds';
import { type Layer, merge, originOf } from './layers';
import { layersOf } from './pending';
import { presetSteps } from './presets';
import type { CatalogInput, ServiceSettings } from './schema/catalog';
import type { GateKind, StrategyKind } from './service';

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
  const meant = found.filter((one) => one.from !== null || isMeant(settings, one.path));
  return meant.sort((a, b) => compareText(a.path, b.path));
}

function collect(value: unknown, path: Path, layers: readonly Layer[], found: ExplainedValue[]): void {
  if (value === null || value === undefined) return;
  const members: readonly (readonly [Segment, unknown])[] =
    typeof value !== 'object' ? [] : Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  if (members.length > 0) for (const [segment, member] of members) collect(member, [...path, segment], layers, found);
  else found.push({ path: formatPath(path), value, from: originOf(layers, path)?.at ?? null });
}

/** Whether a default of Cutover's own holds for the strategy and the router of the service; others wait for another choice. */
function isMeant({ strategy, routing }: ServiceSettings, path: string): boolean {
  const [block, field] = path.split(/[.[]/);
  const kind = strategy?.kind ?? BUILT_IN.strategy.kind;
  const router = routing?.router ?? BUILT_IN.routing.router;
  if (block === 'strategy') return strategyFields(kind, router).some((one) => one === field);
  if (block !== 'routing') return true;
  return routingFields(router).some((one) => one === field) && (field !== 'splitting' || kind === 'canary');
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
  const { autoscaling, gates, migrations, ports, probes, requestMetrics, routing, strategy } = settings;
  return {
    ...settings,
    ...(ports ? { ports: eachOf(ports, (port) => ({ ...ITEM_DEFAULTS.port, ...port })) } : {}),
    ...(autoscaling ? { autoscaling: { ...ITEM_DEFAULTS.autoscaling, ...autoscaling } } : {}),
    ...(probes ? { probes: eachOf(probes, (probe) => ({ ...ITEM_DEFAULTS.probe, ...probe })) } : {}),
    ...(gates ? { gates: eachOf(gates, (gate) => ({ ...gateDefaults(gate.kind), ...gate })) } : {}),
    ...(requestMetrics ? { requestMetrics: { ...ITEM_DEFAULTS.requestMetrics, ...requestMetrics } } : {}),
    strategy: withStrategyDefaults({ ...BUILT_IN.strategy, ...strategy }),
    ...(routing ? { routing: withRoutingDefaults(routing, strategy?.kind ?? BUILT_IN.strategy.kind) } : {}),
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

function withStrategyDefaults(
  strategy: NonNullable<ServiceSettings['strategy']>,
): ServiceSettings['strategy'] & object {
  const { abTest, blueGreen, kind } = strategy;
  if (kind === 'blueGreen') return { ...strategy, blueGreen: { ...ITEM_DEFAULTS.blueGreen, ...blueGreen } };
  if (kind !== 'abTest') return strategy;
  return { ...strategy, abTest: { ...abTest, cookie: { ...ITEM_DEFAULTS.testCookie, ...abTest?.cookie } } };
}

function withRoutingDefaults(
  routing: NonNullable<ServiceSettings['routing']>,
  kind: StrategyKind,
): ServiceSettings['routing'] & object {
  const { alb, canaryHeader, outlierDetection, route53, router, targetGroups } = routing;
  const { pingPong, ...shared } = ITEM_DEFAULTS.alb;
  return {
    ...routing,
    ...(canaryHeader ? { canaryHeader: { ...ITEM_DEFAULTS.canaryHeader, ...canaryHeader } } : {}),
    ...(outlierDetection ? { outlierDetection: { ...ITEM_DEFAULTS.outlierDetection, ...outlierDetection } } : {}),
    ...(route53 ? { route53: { ...ITEM_DEFAULTS.route53, ...route53 } } : {}),
    ...(router === 'alb' ? { alb: { ...shared, ...(kind === 'canary' ? { pingPong } : {}), ...alb } } : {}),
    ...(router === 'albTargetGroups'
      ? {
          alb: { ...shared, ...alb },
          targetGroups: {
            ...ITEM_DEFAULTS.targetGroups,
            ...targetGroups,
            weights: { ...ITEM_DEFAULTS.targetGroupWeights, ...targetGroups?.weights },
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
