import { isRecord, pointerTo } from '@cdk8s/imports/merge';
import { FIELDS, type JsonSchema } from '../schema/shape';

/** Schemas as numbered lines of JSON. */
export interface SchemaLines {
  readonly lines: readonly string[];
  /** The line of a definition by its name. Throws where there is none. */
  readonly lineOf: (name: string) => number;
}

/**
 * Definitions as lines that are parsed when a value first reaches them (`Shapes`). What a schema holds or refers to stands in it as
 * the number of a line, equal schemas are one line, and the fields of an object are one text: thousands of names as names of
 * objects would take V8 longer to make than most runs take to check what they render.
 */
export function schemaLines(definitions: Readonly<Record<string, unknown>>): SchemaLines {
  const names = Object.keys(definitions);
  const numbers = new Map(names.map((name, line) => [pointerTo(name), line]));
  const lineAt = (reference: string): number => {
    const line = numbers.get(reference);
    if (line === undefined) throw new TypeError(`there is no ${reference}`);
    return line;
  };
  // Definitions come first, as they refer to each other before they are written.
  const lines = names.map(() => '');
  const known = new Map<string, number>();
  const numberOf = (schema: unknown): unknown => {
    if (!isRecord(schema)) return schema;
    if (typeof schema.$ref === 'string' && Object.keys(schema).length === 1) return lineAt(schema.$ref);
    const text = textOf(schema);
    const line = known.get(text) ?? lines.push(text) - 1;
    known.set(text, line);
    return line;
  };
  const textOf = (schema: JsonSchema): string =>
    JSON.stringify(Object.fromEntries(Object.entries(schema).map((entry) => keywordOf(entry, numberOf, lineAt))));
  for (const [line, name] of names.entries()) lines[line] = textOf(recordOf(definitions[name]));
  return { lines, lineOf: (name) => lineAt(pointerTo(name)) };
}

/** Keywords whose value is a schema or a list of them. */
const HOLDERS = new Set(['items', 'additionalProperties', 'propertyNames', 'not', 'allOf', 'anyOf', 'oneOf']);

function keywordOf(
  [keyword, value]: readonly [string, unknown],
  numberOf: (schema: unknown) => unknown,
  lineAt: (reference: string) => number,
): readonly [string, unknown] {
  if (keyword === '$ref') return [keyword, String(lineAt(String(value)))];
  if (keyword === 'properties') return [FIELDS, fieldsText(recordOf(value), numberOf)];
  if (!HOLDERS.has(keyword)) return [keyword, value];
  return [keyword, Array.isArray(value) ? value.map(numberOf) : numberOf(value)];
}

/** ` name=line name=line `, as `Shape` reads it. */
function fieldsText(properties: JsonSchema, numberOf: (schema: unknown) => unknown): string {
  const fields = Object.entries(properties).map(([name, schema]) => {
    const line = numberOf(schema);
    if (typeof line !== 'number' || /[ =]/.test(name)) throw new TypeError(`no text for the field "${name}"`);
    return `${name}=${line}`;
  });
  return ` ${fields.join(' ')} `;
}

function recordOf(value: unknown): JsonSchema {
  if (!isRecord(value)) throw new TypeError(`no schema: ${JSON.stringify(value)}`);
  return value;
}
