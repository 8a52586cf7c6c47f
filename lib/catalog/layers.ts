import type { Path } from '../diagnostic/path';
import { valueAt } from '../diagnostic/path';
import type { ServiceSettings } from './schema/catalog';

/** One layer of settings and where it stands in the catalog; `null` where it is Cutover's own default. */
export interface Layer {
  readonly at: Path | null;
  readonly settings: ServiceSettings;
}

/** Whether a layer is said of one service, rather than of all at once. */
export const isServiceLayer = (layer: Layer | undefined): boolean =>
  layer?.at?.[0] === 'services' || layer?.at?.[2] === 'services';

/** Pairs of which the layer nearest to the service decides: naming one there takes away what lower layers said of the other. */
const EXCLUSIVE: readonly (readonly [keyof ServiceSettings, keyof ServiceSettings])[] = [['replicas', 'autoscaling']];

/**
 * The layers from the lowest to the highest as one value: objects are merged field by field, everything else (lists too)
 * is replaced whole, `null` takes a value away. The layers are not changed.
 */
export function merge(layers: readonly Layer[]): ServiceSettings {
  let merged: ServiceSettings = {};
  for (const { settings } of layers) {
    for (const [one, other] of EXCLUSIVE) {
      if (isSet(settings[one]) && settings[other] === undefined) merged = { ...merged, [other]: undefined };
      else if (isSet(settings[other]) && settings[one] === undefined) merged = { ...merged, [one]: undefined };
    }
    merged = mergeObjects(withoutOtherSteps(merged, settings), settings);
  }
  return isSet(merged.replicas) || isSet(merged.autoscaling) ? merged : withReplicas(merged, layers);
}

/** Steps take the place of a preset from lower layers, and the other way round. */
function withoutOtherSteps(low: ServiceSettings, { strategy }: ServiceSettings): ServiceSettings {
  if (strategy === undefined || low.strategy === undefined) return low;
  const { steps, preset, ...others } = low.strategy;
  if (strategy.steps !== undefined && preset !== undefined)
    return { ...low, strategy: { ...others, ...(steps === undefined ? {} : { steps }) } };
  if (strategy.preset !== undefined && steps !== undefined)
    return { ...low, strategy: { ...others, ...(preset === undefined ? {} : { preset }) } };
  return low;
}

/** Whoever takes the autoscaler away and says no number gets the number that lower layers gave. */
function withReplicas(merged: ServiceSettings, layers: readonly Layer[]): ServiceSettings {
  const replicas = layers.findLast(({ settings }) => isSet(settings.replicas))?.settings.replicas;
  return replicas === undefined ? merged : { ...merged, replicas };
}

function mergeObjects<T extends object>(low: T, high: T): T {
  const out: T = { ...low };
  for (const key of Object.keys(high)) {
    const value: unknown = Reflect.get(high, key);
    if (value === undefined) continue;
    const below: unknown = Object.hasOwn(low, key) ? Reflect.get(low, key) : undefined;
    setOwn(out, key, isObject(value) ? mergeObjects(isObject(below) ? below : {}, value) : value);
  }
  return out;
}

/** Sets an own field, also one called `__proto__`, which plain assignment would take for the prototype. */
function setOwn(target: object, key: string, value: unknown): void {
  if (key !== '__proto__') Reflect.set(target, key, value);
  else Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
}

const isSet = (value: unknown): boolean => value !== undefined && value !== null;

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Where the merged value at a path came from: the highest layer that has it, and its path in the catalog. A value that
 * was merged from several layers is placed at the highest one. `at` is null for Cutover's own
 * default; undefined where no layer has it.
 */
export function originOf(
  layers: readonly Layer[],
  path: Path,
): { readonly layer: Layer; readonly at: Path | null } | undefined {
  for (let i = layers.length - 1; i >= 0; i -= 1) {
    const layer = layers[i];
    if (layer !== undefined && valueAt(layer.settings, path) !== undefined) {
      return { layer, at: layer.at === null ? null : [...layer.at, ...path] };
    }
  }
  return undefined;
}

/**
 * The place in the catalog to show for a fault at a path of the merged settings: where the value or its nearest given
 * parent stands; the service's own entry when all of it is default.
 */
export function placeOf(layers: readonly Layer[], path: Path, service: Path): Path {
  for (let length = path.length; length > 0; length -= 1) {
    const origin = originOf(layers, path.slice(0, length));
    if (origin?.at != null) return [...origin.at, ...path.slice(length)];
  }
  return [...service, ...path];
}
