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
  if (Array.isArray(value)) items(value, depth, lead, lines);
  else if (typeof value === 'object' && value !== null && isPlainObject(value)) fields(value, depth, lead, lines);
};

const items = (list: readonly unknown[], depth: number, lead: string, lines: string[]): void => {
  let head = `${lead}- `;
  for (const item of list) {
    if (typeof item === 'string') lines.push(head + valueText(item, indentOf(depth + 1)));
    else {
      const text = inline(item, depth + 1);
      if (text !== undefined) lines.push(head + text);
      else block(item, depth + 1, head, lines);
    }
    head = dashOf(depth);
  }
};

const fields = (map: Readonly<Record<string, unknown>>, depth: number, lead: string, lines: string[]): void => {
  let first = true;
  for (const key of Object.keys(map)) {
    const item = map[key];
    if (item === undefined) continue;
    const head = first ? lead + keyLine(key) : headOf(depth, key);
    first = false;
    if (typeof item === 'string') lines.push(`${head} ${valueText(item, indentOf(depth + 1))}`);
    else {
      const text = inline(item, depth + 1);
      if (text !== undefined) lines.push(`${head} ${text}`);
      else {
        lines.push(head);
        block(item, depth + 1, indentOf(depth + 1), lines);
      }
    }
  }
};

const dashes: string[] = [];
const dashOf = (depth: number): string => {
  const dash = dashes[depth] ?? `${indentOf(depth)}- `;
  dashes[depth] = dash;
  return dash;
};

const heads: Map<string, string>[] = [];
const headOf = (depth: number, key: string): string => {
  let known = heads[depth];
  if (known === undefined) {
    known = new Map();
    heads[depth] = known;
  }
  const old = known.get(key);
  if (old !== undefined) return old;
  const head = indentOf(depth) + keyLine(key);
  if (known.size < 5000) known.set(key, head);
  return head;
};

const keyLines = new Map<string, string>();
/** A key with its colon; longer ones need a question mark, which stock `yaml` writes. */
const keyLine = (key: string): string => {
  const old = keyLines.get(key);
  if (old !== undefined) return old;
  const name = keyText(key);
  if (name.length > LONGEST_SIMPLE_KEY) throw new NotJson();
  const line = `${name}:`;
  if (keyLines.size < 5000) keyLines.set(key, line);
  return line;
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
  const lines: string[] = [];
  document(value, lines);
  lines.push('');
  return lines.join('\n');
};

/** Adds the lines of one document. What the writer leaves to stock `yaml` is added whole, and nothing of what was tried before. */
const document = (value: unknown, lines: string[]): void => {
  const before = lines.length;
  try {
    if (typeof value !== 'object' || value === null) throw new NotJson();
    const text = inline(value, 0);
    if (text !== undefined) lines.push(text);
    else block(value, 0, '', lines);
  } catch (error) {
    if (!(error instanceof NotJson)) throw error;
    lines.length = before;
    lines.push(stock(value).slice(0, -1));
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
  const lines: string[] = [];
  for (const object of objects) {
    if (lines.length > 0) lines.push('---');
    document(object, lines);
  }
  if (objects.length > 0) lines.push('');
  const text = lines.join('\n');
  return header === undefined ? text : headerOf(header) + text;
};
