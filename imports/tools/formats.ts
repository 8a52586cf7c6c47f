import type { JsonObject } from './json';

const INT32 = { minimum: -(2 ** 31), maximum: 2 ** 31 - 1 } as const;
const IPV4 = '^(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(?:\\.(?!$)|$)){4}$';
const IPV6 =
  '^(?=.*:)(?!.*:::)(?!.*::.*::)(?:[0-9a-fA-F]{0,4}:){2,7}(?:[0-9a-fA-F]{0,4}|[0-9]{1,3}(?:\\.[0-9]{1,3}){3})$';

/**
 * A number with an optional fraction and one suffix, as `resource.ParseQuantity` reads it. The definitions of Kubernetes say
 * only "string or number" here; most custom definitions carry this pattern themselves.
 */
export const QUANTITY: JsonObject = {
  type: ['string', 'number'],
  pattern: '^[+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$',
};

/** RFC 3339, which is what Kubernetes' Time and MicroTime read. */
export const TIMESTAMP =
  '^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])T(?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)(?:\\.[0-9]+)?(?:Z|[+-][0-9]{2}:[0-9]{2})$';

/**
 * What a `format` demands, in keywords every validator knows: a format is only an annotation in JSON Schema 2020-12, but an
 * API server enforces these. int64 and double hold every number that JSON in JavaScript can carry.
 */
const FORMATS: Readonly<Record<string, JsonObject>> = {
  int32: INT32,
  int64: {},
  double: {},
  byte: { pattern: '^(?:[A-Za-z0-9+/]{4}|[\\r\\n])*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?[\\r\\n]*$' },
  'date-time': { pattern: TIMESTAMP },
  ipv4: { pattern: IPV4 },
  ipv6: { pattern: IPV6 },
};

/** The keywords for a schema's format. An unknown format is an error: somebody has to decide what it demands. */
export function formatKeywords(schema: JsonObject, place: string): JsonObject {
  if (schema.format === undefined) return {};
  const keywords = FORMATS[String(schema.format)];
  if (keywords === undefined)
    throw new Error(`${place}: format ${String(schema.format)}: add it to imports/tools/formats.ts`);
  return keywords;
}
