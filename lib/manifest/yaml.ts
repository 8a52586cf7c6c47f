import { escapeUnprintable, OPTIONS } from './yaml-options';
import { keyText, loadYaml, valueText } from './yaml-scalar';

/** Thrown, and caught here, where the writer meets what JSON does not have. */
class NotJson extends Error {}

/** The longest text that YAML allows a key without a `?` before it. */
const LONGEST_SIMPLE_KEY = 1024;

const lines: string[] = [];

/** A line break and the indentation of a depth. */
const lineAt = (depth: number): string => {
  const line = lines[depth] ?? `\n${'  '.repeat(depth)}`;
  lines[depth] = line;
  return line;
};

const isPlainObject = (value: object): value is Readonly<Record<string, unknown>> => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

const sequence = (items: readonly unknown[], depth: number): string => {
  let text = '';
  for (const item of items) text += `${text === '' ? '- ' : `${lineAt(depth)}- `}${node(item, depth + 1)}`;
  return text === '' ? '[]' : text;
};

const pair = (key: string, value: unknown, depth: number): string => {
  const name = keyText(key);
  const text = node(value, depth + 1);
  if (name.length > LONGEST_SIMPLE_KEY) return `? ${name}${lineAt(depth)}: ${text}`;
  const isBlock = typeof value === 'object' && value !== null && text !== '{}' && text !== '[]';
  return `${name}:${isBlock ? lineAt(depth + 1) : ' '}${text}`;
};

const mapping = (map: Readonly<Record<string, unknown>>, depth: number): string => {
  let text = '';
  for (const key of Object.keys(map)) {
    const value = map[key];
    if (value !== undefined) text += `${text === '' ? '' : lineAt(depth)}${pair(key, value, depth)}`;
  }
  return text === '' ? '{}' : text;
};

/** Text of a value whose first line stands behind a key or a dash, and whose further lines are indented to a depth. */
const node = (value: unknown, depth: number): string => {
  if (typeof value === 'string') return valueText(value, lineAt(depth).slice(1));
  if (value === null || typeof value === 'boolean') return String(value);
  if (Number.isFinite(value)) return Object.is(value, -0) ? '-0' : String(value);
  if (Array.isArray(value)) return sequence(value, depth);
  if (typeof value === 'object' && isPlainObject(value)) return mapping(value, depth);
  throw new NotJson();
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
    return `${node(value, 0)}\n`;
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

/**
 * One file of several documents, separated by `---`. The header is text, written as comment lines (`# ` before each) on top of
 * the file; no header, no comment.
 */
export const toYamlDocuments = (objects: readonly unknown[], header?: string): string => {
  let text = header === undefined ? '' : comment(header);
  // Not joined: whoever encodes the text puts its pieces together, once.
  for (const [i, object] of objects.entries()) text += `${i === 0 ? '' : '---\n'}${toYaml(object)}`;
  return text;
};
