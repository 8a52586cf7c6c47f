import { QUANTITY, TIMESTAMP } from './formats';
import { arrayAt, isObject, type JsonObject, objectAt, stringAt } from './json';
import { checkedObjectMeta } from './metadata';
import { mapChildren, withoutProse } from './schema-tree';
import { type Dialect, toJsonSchema } from './structural';

/** A built-in kind that is stored, with the name of its definition. */
export interface BuiltInKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly definition: string;
}

const PREFIX = '#/definitions/';
export const OBJECT_META = 'meta.v1.ObjectMeta';

/** `io.k8s.api.core.v1.PodSpec` → `core.v1.PodSpec`: the last three parts are unique, and are what people say. */
export const shortName = (name: string): string => name.split('.').slice(-3).join('.');

/** Types with their own JSON form, which the definitions do not tell or tell only in part. */
const SPECIAL: Readonly<Record<string, JsonObject>> = {
  'api.resource.Quantity': QUANTITY,
  'util.intstr.IntOrString': { type: ['integer', 'string'], 'x-kubernetes-int-or-string': true },
  /** null is how Go writes a time that is not set. */
  'meta.v1.Time': { type: ['string', 'null'], pattern: TIMESTAMP },
  'meta.v1.MicroTime': { type: ['string', 'null'], pattern: TIMESTAMP },
  'meta.v1.FieldsV1': { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  'pkg.runtime.RawExtension': { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  'apiextensions.v1.JSON': { 'x-kubernetes-preserve-unknown-fields': true },
  'apiextensions.v1.JSONSchemaPropsOrArray': {
    type: ['object', 'array'],
    'x-kubernetes-preserve-unknown-fields': true,
  },
  'apiextensions.v1.JSONSchemaPropsOrBool': {
    type: ['object', 'boolean'],
    'x-kubernetes-preserve-unknown-fields': true,
  },
  'apiextensions.v1.JSONSchemaPropsOrStringArray': {
    type: ['object', 'array'],
    'x-kubernetes-preserve-unknown-fields': true,
  },
};

const DIALECT: Dialect = {
  reference: (target) => `#/$defs/${shortName(target.slice(PREFIX.length))}`,
  embeddedMetadata: { $ref: `#/$defs/${OBJECT_META}` },
  bareObjectsAreEmpty: false,
};

/** Every definition of Kubernetes as a JSON Schema, by its short name. */
export function convertedDefinitions(definitions: JsonObject): ReadonlyMap<string, JsonObject> {
  const converted = new Map<string, JsonObject>();
  for (const [name, definition] of Object.entries(definitions)) {
    const short = shortName(name);
    if (converted.has(short)) throw new Error(`${name}: two definitions are called ${short}`);
    const source = withoutProse(objectAt(definition, name));
    const schema = SPECIAL[short] ?? toJsonSchema(source, DIALECT, short);
    converted.set(short, short === OBJECT_META ? checkedObjectMeta(schema) : schema);
  }
  return converted;
}

/** The kinds that a manifest can hold: those with metadata of their own, so not the lists, which only an API server writes. */
export function builtInKinds(definitions: JsonObject): readonly BuiltInKind[] {
  return Object.entries(definitions).flatMap(([name, definition]) => {
    const schema = objectAt(definition, name);
    const types = schema['x-kubernetes-group-version-kind'];
    const metadata = isObject(schema.properties) ? schema.properties.metadata : undefined;
    if (types === undefined || !isObject(metadata) || !String(metadata.$ref).endsWith(OBJECT_META)) return [];
    const type = objectAt(arrayAt(types, name)[0], `${name} type`);
    const [group, version, kind] = [type.group, type.version, type.kind].map((part) => stringAt(part, name));
    if (kind === undefined) return [];
    return [{ apiVersion: group ? `${group}/${version}` : `${version}`, kind, definition: shortName(name) }];
  });
}

/** The definitions that a schema reaches by reference, itself not among them unless it is reached. */
export function reached(schema: JsonObject, all: ReadonlyMap<string, JsonObject>): ReadonlyMap<string, JsonObject> {
  const found = new Map<string, JsonObject>();
  const visit = (node: JsonObject): null => {
    const name = typeof node.$ref === 'string' ? node.$ref.slice('#/$defs/'.length) : undefined;
    const target = name === undefined ? undefined : all.get(name);
    if (name !== undefined && target === undefined) throw new Error(`no definition ${name}`);
    if (name !== undefined && target !== undefined && !found.has(name)) {
      found.set(name, target);
      visit(target);
    }
    mapChildren(node, visit);
    return null;
  };
  visit(schema);
  return found;
}
