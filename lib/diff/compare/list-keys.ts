import { schemaFor } from '@cdk8s/imports/index';
import { fieldAt } from '../../manifest/object';
import type { ItemKey } from './path';

type Schema = unknown;

/** The part of a schema that is for a value, as far as a schema says it; comparing goes down both together. */
export interface SchemaAt {
  readonly root: Schema;
  readonly part: Schema;
}

const SCHEMAS = new Map<string, Schema>();

/** The schema of a kind, from the definitions in imports/schemas; of other kinds nothing is known. */
export function schemaOfKind(apiVersion: string, kind: string): SchemaAt {
  const name = `${apiVersion}/${kind}`;
  if (!SCHEMAS.has(name)) SCHEMAS.set(name, schemaFor(apiVersion, kind));
  const root = SCHEMAS.get(name);
  return { root, part: root };
}

/** The schema of a field, or of the items of a list. */
export function schemaBelow({ root, part }: SchemaAt, field: string | undefined): SchemaAt {
  const whole = resolved(root, part);
  if (field === undefined) return { root, part: fieldAt(whole, 'items') };
  const properties: unknown = fieldAt(whole, 'properties');
  const own = isRecord(properties) && Object.hasOwn(properties, field) ? properties[field] : undefined;
  return { root, part: own ?? fieldAt(whole, 'additionalProperties') };
}

function resolved(root: Schema, part: Schema): Schema {
  const reference = fieldAt(part, '$ref');
  if (typeof reference !== 'string' || !reference.startsWith('#/$defs/')) return part;
  const definitions: unknown = fieldAt(root, '$defs');
  const name = reference.slice('#/$defs/'.length);
  return isRecord(definitions) ? definitions[name] : undefined;
}

/**
 * The fields by which the items of two lists are known: their names, as people do, where each has one; else those that the API server goes
 * by, if the schema says so; else the first of the usual ones that every item has and none shares with another. Undefined: the items have
 * no key, so their positions count.
 */
export function keyFieldsOf(
  schema: SchemaAt,
  before: readonly unknown[],
  after: readonly unknown[],
): readonly string[] | undefined {
  if (![before, after].every((list) => list.every(isRecord)) || before.length + after.length === 0) return undefined;
  const declared = declaredKeys(schema);
  const candidates = [NAME, ...(declared === undefined ? [] : [declared]), ...USUAL_KEYS];
  return candidates.find((fields) => isKeyOf(fields, before) && isKeyOf(fields, after));
}

function declaredKeys({ root, part }: SchemaAt): readonly string[] | undefined {
  const whole = resolved(root, part);
  const keys = fieldAt(whole, 'x-kubernetes-list-map-keys');
  if (Array.isArray(keys)) return keys.filter((key): key is string => typeof key === 'string');
  const merge = fieldAt(whole, 'x-kubernetes-patch-merge-key');
  return typeof merge === 'string' ? [merge] : undefined;
}

/** What lists of definitions without keys go by. */
const NAME = ['name'];
const USUAL_KEYS: readonly (readonly string[])[] = [
  ['destination.subset'],
  ['destination.host'],
  ['destination.host', 'destination.subset'],
  ['destination.host', 'destination.port.number'],
  ['key'],
  ['alert'],
  ['record'],
  ['templateName'],
  ['metricName'],
  ['containerPort', 'protocol'],
  ['mountPath'],
  ['group', 'kind', 'name'],
  ['group', 'kind'],
  ['namespace', 'name'],
  ['kind', 'namespace', 'name'],
  ['namespace'],
  ['port.number'],
  ['metadata.name'],
  ['dnsName', 'setIdentifier'],
  ['dnsName'],
  ['secretKey'],
  ['host'],
  ['topologyKey'],
  ['path'],
  ['port'],
  ['port', 'protocol'],
  ['ip'],
  ['type'],
];

function isKeyOf(fields: readonly string[], list: readonly unknown[]): boolean {
  const seen = new Set<string>();
  for (const item of list) {
    const key = keyOf(fields, item);
    if (key === undefined) return false;
    seen.add(JSON.stringify(key.key));
  }
  return seen.size === list.length;
}

/** A port says no protocol when it means TCP. */
const DEFAULTS: Readonly<Record<string, string>> = { protocol: 'TCP' };

/** The key of an item; undefined where it lacks one of the fields. */
export function keyOf(fields: readonly string[], item: unknown): ItemKey | undefined {
  const key: (readonly [string, string | number])[] = [];
  for (const field of fields) {
    const value = fieldAt(item, field) ?? DEFAULTS[field];
    if (typeof value !== 'string' && typeof value !== 'number') return undefined;
    key.push([field, value]);
  }
  return { key };
}

/** Whether a value is a map. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
