import { formatKeywords } from './formats';
import { isObject, type Json, type JsonObject } from './json';
import { ecmaPattern } from './patterns';
import { mapChildren } from './schema-tree';

/** What a schema stands for: `shape` declares fields; a `condition` (in oneOf, not, …) only tests fields declared elsewhere. */
type Role = 'shape' | 'condition';

export interface Dialect {
  /** How a reference into the source's definitions is written. */
  readonly reference: (target: string) => string;
  /** The schema of `metadata` of an object embedded in another one. */
  readonly embeddedMetadata: JsonObject;
  /** Whether an object without declared fields is empty, as in a CustomResourceDefinition, or unknown. */
  readonly bareObjectsAreEmpty: boolean;
}

const COPIED: ReadonlySet<string> = new Set([
  ...['allOf', 'anyOf', 'oneOf', 'not', 'properties', 'items', 'additionalProperties', 'required', 'default', 'enum'],
  ...['pattern', 'minLength', 'maxLength', 'minimum', 'maximum', 'multipleOf', 'uniqueItems'],
  ...['minItems', 'maxItems', 'minProperties', 'maxProperties'],
]);

/** Annotations that later readers need: a diff takes the keys of lists from them. */
export const ANNOTATIONS: readonly string[] = [
  'x-kubernetes-embedded-resource',
  'x-kubernetes-int-or-string',
  'x-kubernetes-list-map-keys',
  'x-kubernetes-list-type',
  'x-kubernetes-map-type',
  'x-kubernetes-patch-merge-key',
  'x-kubernetes-patch-strategy',
  'x-kubernetes-preserve-unknown-fields',
];

/** Understood and left out: CEL rules cannot run here (imports/README.md), the others say nothing about a value. */
const DROPPED: ReadonlySet<string> = new Set([
  ...['format', 'nullable', 'type', '$ref', 'x-kubernetes-validations', 'x-kubernetes-unions'],
  'x-kubernetes-group-version-kind',
]);

/**
 * An OpenAPI v3 schema of Kubernetes in JSON Schema 2020-12. A keyword it does not know is an error: a rule that is lost in
 * silence would let through what a cluster refuses.
 */
export function toJsonSchema(source: JsonObject, dialect: Dialect, place: string): JsonObject {
  return convert(source, dialect, 'shape', place);
}

function convert(source: JsonObject, dialect: Dialect, role: Role, place: string): JsonObject {
  const unknown = Object.keys(source).filter(
    (key) => !COPIED.has(key) && !DROPPED.has(key) && !ANNOTATIONS.includes(key),
  );
  if (unknown.length > 0) throw new Error(`${place}: unknown keyword ${unknown.join(', ')}`);
  const schema = source['x-kubernetes-int-or-string'] === true ? withoutIntOrStringUnion(source) : source;
  const kept = Object.fromEntries(
    Object.entries(schema)
      .filter(([key]) => !DROPPED.has(key))
      .map(([key, value]) => [key, key === 'pattern' && typeof value === 'string' ? ecmaPattern(value, place) : value]),
  );
  const converted = mapChildren(kept, (child, keyword, name = keyword) =>
    convert(child, dialect, CONDITIONS.has(keyword) ? 'condition' : role, `${place}.${name}`),
  );
  return {
    ...(typeof schema.$ref === 'string' && { $ref: dialect.reference(schema.$ref) }),
    ...types(schema),
    ...bounded(converted, formatKeywords(schema, place)),
    ...nullableEnum(schema),
    ...(schema['x-kubernetes-list-type'] === 'set' && dialect.bareObjectsAreEmpty && { uniqueItems: true }),
    ...(schema['x-kubernetes-embedded-resource'] === true && embedded(converted, dialect)),
    ...(role === 'shape' && isClosed(schema, dialect) && { additionalProperties: false }),
  };
}

const CONDITIONS: ReadonlySet<string> = new Set(['allOf', 'anyOf', 'oneOf', 'not']);

/** `anyOf: [integer, string]` is how OpenAPI v3 spells int-or-string; a list of types says it once. */
function withoutIntOrStringUnion(schema: JsonObject): JsonObject {
  const { anyOf, ...rest } = schema;
  const isUnion = Array.isArray(anyOf) && JSON.stringify(anyOf) === '[{"type":"integer"},{"type":"string"}]';
  return isUnion ? rest : schema;
}

function types(schema: JsonObject): JsonObject {
  const base = schema['x-kubernetes-int-or-string'] === true ? ['integer', 'string'] : schema.type;
  if (base === undefined) return typeof formatKeywords(schema, 'format').pattern === 'string' ? { type: 'string' } : {};
  if (schema.nullable !== true) return { type: base };
  return { type: Array.isArray(base) ? [...base, 'null'] : [base, 'null'] };
}

/** The tighter of a format's bounds and the schema's own; a schema's own pattern stands beside the format's. */
function bounded(schema: JsonObject, format: JsonObject): JsonObject {
  const { minimum, maximum, pattern } = format;
  const allOf = Array.isArray(schema.allOf) ? schema.allOf : [];
  const own = (key: string): number | undefined => (typeof schema[key] === 'number' ? schema[key] : undefined);
  return {
    ...schema,
    ...(typeof minimum === 'number' && { minimum: Math.max(minimum, own('minimum') ?? minimum) }),
    ...(typeof maximum === 'number' && { maximum: Math.min(maximum, own('maximum') ?? maximum) }),
    ...(pattern !== undefined && (schema.pattern === undefined ? { pattern } : { allOf: [...allOf, { pattern }] })),
  };
}

const nullableEnum = (schema: JsonObject): JsonObject =>
  schema.nullable === true && Array.isArray(schema.enum) && !schema.enum.includes(null)
    ? { enum: [...schema.enum, null] }
    : {};

/** An embedded resource is a whole object: its type and its metadata are checked though the definition does not say so. */
function embedded(schema: JsonObject, dialect: Dialect): JsonObject {
  const declared = isObject(schema.properties) ? schema.properties : {};
  const required = Array.isArray(schema.required) ? schema.required : [];
  const text: Json = { type: 'string', minLength: 1 };
  return {
    properties: { ...declared, apiVersion: text, kind: text, metadata: dialect.embeddedMetadata },
    required: [...new Set<Json>(['apiVersion', 'kind', ...required])],
  };
}

/** An API server prunes, or refuses, what is not declared, unless the definition preserves it. */
function isClosed(schema: JsonObject, dialect: Dialect): boolean {
  if (schema['x-kubernetes-preserve-unknown-fields'] === true || schema.additionalProperties !== undefined)
    return false;
  return schema.properties !== undefined || (dialect.bareObjectsAreEmpty && schema.type === 'object');
}
