import { escapeUnprintable, OPTIONS } from './yaml-options';
import { keyText, loadYaml, valueText } from './yaml-scalar';

/** Thrown, and caught here, where the writer meets what it leaves to stock `yaml`: what JSON does not have, and very long keys. */
class NotJson extends Error {}

/** The longest text that YAML allows a key without a `?` before it. */
const LONGEST_SIMPLE_KEY = 1024;

const indents: string[] = [];

/** The indentation of a depth. */
const indentOf = (depth: number): string => {
  const indent = indents[depth] ?? '  '.repeat(depth);
  indents[depth] = indent;
  return indent;
};

const isPlainObject = (value: object): value is Readonly<Record<string, unknown>> => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

/** What stands on one line, or is a block scalar, behind a key or a dash; undefined for a list or an object with something in it. */
const inline = (value: unknown, depth: number): string | undefined => {
  if (typeof value === 'string') return valueText(value, indentOf(depth));
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number' && Number.isFinite(value)) return Object.is(value, -0) ? '-0' : String(value);
  if (Array.isArray(value)) return value.length === 0 ? '[]' : undefined;
  if (typeof value !== 'object' || !isPlainObject(value)) throw new NotJson();
  return isEmpty(value) ? '{}' : undefined;
};

const isEmpty = (map: Readonly<Record<string, unknown>>): boolean => {
  for (const key in map) if (Object.hasOwn(map, key) && map[key] !== undefined) return false;
  return true;
};

/**
 * Adds the lines of a list or an object at a depth; the first line begins with `lead`, which is the indentation or a dash before it.
 * Lines are collected and joined once: strings that are put together piece by piece cost more to write than to make.
 */
const block = (value: unknown, depth: number, lead: string, lines: string[]): void => {
  let start = lead;
  const indent = indentOf(depth);
  const entry = (head: string, item: unknown, inner: string | undefined): void => {
    const text = inline(item, depth + 1);
    if (text !== undefined) lines.push(`${start}${head}${inner === undefined ? '' : ' '}${text}`);
    else if (inner === undefined) block(item, depth + 1, `${start}${head}`, lines);
    else {
      lines.push(`${start}${head}`);
      block(item, depth + 1, inner, lines);
    }
    start = indent;
  };
  if (Array.isArray(value)) for (const item of value) entry('- ', item, undefined);
  else if (typeof value === 'object' && value !== null && isPlainObject(value)) {
    const inner = indentOf(depth + 1);
    for (const key of Object.keys(value)) if (value[key] !== undefined) entry(keyLine(key), value[key], inner);
  }
};

/** A key with its colon; longer ones need a question mark, which stock `yaml` writes. */
const keyLine = (key: string): string => {
  const name = keyText(key);
  if (name.length > LONGEST_SIMPLE_KEY) throw new NotJson();
  return `${name}:`;
};

const stock = (value: unknown): string => {
  const text: string | undefined = loadYaml().stringify(value, OPTIONS);
  if (text === undefined) throw new TypeError(`${typeof value} has no YAML: a manifest is an object`);
  return text;
};

/**
 * One YAML document of a JSON value, with a line break at its end; keys in the order given, keys with value `undefined` left out.
 * The text is that of `YAML.stringify(value, OPTIONS)` byte by byte, whatever the value; for objects, arrays, strings, finite
 * numbers, booleans and null it is made without a node tree, the rest (dates, maps, objects with `toJSON`) is left to `yaml`.
 * Refuses what has no text at all, as `undefined`, and cycles, by the engine's RangeError.
 */
export const toYaml = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return stock(value);
  try {
    const text = inline(value, 0);
    if (text !== undefined) return `${text}\n`;
    const lines: string[] = [];
    block(value, 0, '', lines);
    lines.push('');
    return lines.join('\n');
  } catch (error) {
    if (error instanceof NotJson) return stock(value);
    throw error;
  }
};

/** A text as comment lines: whatever else breaks a line for some reader is escaped, so that nothing of it is read as YAML. */
const comment = (text: string): string =>
  text
    .split('\n')
    .map((line) => `${`# ${escapeUnprintable(line)}`.trimEnd()}\n`)
    .join('');

let lastHeader: { readonly header: string; readonly text: string } | undefined;

/** All files of a run have the same header. */
const headerOf = (header: string): string => {
  if (lastHeader?.header !== header) lastHeader = { header, text: comment(header) };
  return lastHeader.text;
};

/**
 * One file of several documents, separated by `---`. The header is text, written as comment lines (`# ` before each) on top of
 * the file; no header, no comment.
 */
export const toYamlDocuments = (objects: readonly unknown[], header?: string): string => {
  let text = header === undefined ? '' : headerOf(header);
  // Not joined: whoever encodes the text puts its pieces together, once.
  for (const [i, object] of objects.entries()) text += `${i === 0 ? '' : '---\n'}${toYaml(object)}`;
  return text;
};
