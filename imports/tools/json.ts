/** A JSON value: what the sources are parsed to and what is written, so that no step can smuggle in anything else. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value as an object, or an error that names the place: the sources are downloaded, so their shape is not trusted. */
export function objectAt(value: Json | undefined, place: string): JsonObject {
  if (!isObject(value)) throw new Error(`${place}: expected an object`);
  return value;
}

export function arrayAt(value: Json | undefined, place: string): readonly Json[] {
  if (!Array.isArray(value)) throw new Error(`${place}: expected a list`);
  return value;
}

export function stringAt(value: Json | undefined, place: string): string {
  if (typeof value !== 'string') throw new Error(`${place}: expected a string`);
  return value;
}

/** By code unit, as no locale may change what is generated. */
export const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Keys sorted at every level: two sources that differ in order only give the same bytes. */
export function canonical(value: Json): Json {
  if (Array.isArray(value)) return value.map(canonical);
  if (!isObject(value)) return value;
  const keys = Object.keys(value).sort(byCodeUnit);
  return Object.fromEntries(keys.map((key) => [key, canonical(value[key] ?? null)]));
}
