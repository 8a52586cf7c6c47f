import { isObject, type Json, type JsonObject } from './json';

const MAPS: ReadonlySet<string> = new Set(['properties', 'definitions', '$defs']);
const SINGLES: ReadonlySet<string> = new Set(['items', 'additionalProperties', 'not', 'propertyNames']);
const LISTS: ReadonlySet<string> = new Set(['allOf', 'anyOf', 'oneOf']);

/** `name` is the property's or the definition's, where the keyword holds a map of schemas. */
type Replace = (child: JsonObject, keyword: string, name?: string) => Json;

/**
 * A copy of a schema with every schema directly inside it replaced. A property that is named like a keyword (`default`,
 * `description`) is a property, so all walks over schemas go through here.
 */
export function mapChildren(schema: JsonObject, replace: Replace): JsonObject {
  const child = (value: Json, keyword: string, name?: string): Json =>
    isObject(value) ? replace(value, keyword, name) : value;
  const entries = Object.entries(schema).map(([key, value]): readonly [string, Json] => {
    if (SINGLES.has(key)) return [key, child(value, key)];
    if (LISTS.has(key) && Array.isArray(value)) return [key, value.map((item) => child(item, key))];
    if (!MAPS.has(key) || !isObject(value)) return [key, value];
    return [key, Object.fromEntries(Object.entries(value).map(([name, item]) => [name, child(item, key, name)]))];
  });
  return Object.fromEntries(entries);
}

const PROSE: ReadonlySet<string> = new Set(['description', 'example', 'externalDocs', 'title']);

/** A schema without its prose, which is most of an upstream definition and none of its meaning. */
export function withoutProse(schema: JsonObject): JsonObject {
  const kept = Object.fromEntries(Object.entries(schema).filter(([key]) => !PROSE.has(key)));
  return mapChildren(kept, (child) => withoutProse(child));
}
