/** Thrown where a document has something that only the parser of the whole language reads rightly. */
class NotPlain extends Error {}

const NOT_PLAIN = new NotPlain('this document takes the whole of YAML');

/**
 * The value of a YAML document in the form in which tools write manifests: block maps and lists, plain and quoted scalars on one line,
 * literal blocks. Undefined for everything else, so that the caller asks the parser of the whole language: aliases, tags, flow
 * collections that are not empty, keys that stand twice, what a reader of YAML 1.1 might take for a number or a date.
 *
 * It exists because two trees of a thousand services are forty megabytes, of which `yaml` reads less than one in a second. A test holds
 * it to `yaml`: whatever it reads, it reads alike.
 */
export function readPlainYaml(text: string): { readonly value: unknown } | undefined {
  try {
    const reader = new Reader(text);
    return { value: reader.document() };
  } catch (error) {
    if (error instanceof NotPlain) return undefined;
    throw error;
  }
}

/** Anything but printable characters and line feeds. */
const ODD = /[^\n -~\u00a1-\u2027\u2030-\ud7ff\ue000-\ufefe]/;

const KEY = /^(?:([A-Za-z_./][\w./-]*)|"([\w./ -]*)"|'([\w./ -]*)'):(?: +(.*)|)$/;

/** Deeper is no manifest. */
const DEEPEST = 60;

class Reader {
  readonly #lines: readonly string[];
  #at = 0;

  constructor(text: string) {
    if (ODD.test(text)) throw NOT_PLAIN;
    this.#lines = text.split('\n');
  }

  document(): unknown {
    this.#skip();
    if (this.#at >= this.#lines.length) return null;
    const line = this.#lines[this.#at] ?? '';
    if (line.startsWith(' ') || !(line.startsWith('- ') || KEY.test(withoutComment(line)))) throw NOT_PLAIN;
    const value = this.#block(0, 0);
    this.#skip();
    if (this.#at < this.#lines.length) throw NOT_PLAIN;
    return value;
  }

  /** Over empty lines and lines of comment. */
  #skip(): void {
    while (this.#at < this.#lines.length && /^ *(?:#|$)/.test(this.#lines[this.#at] ?? '')) this.#at += 1;
  }

  /** The indentation of the next line that says something; -1 at the end. */
  #indent(): number {
    this.#skip();
    const line = this.#lines[this.#at];
    return line === undefined ? -1 : indentOf(line);
  }

  #block(indent: number, depth: number): unknown {
    if (depth > DEEPEST) throw NOT_PLAIN;
    const line = this.#lines[this.#at] ?? '';
    return line.startsWith('-', indent) ? this.#list(indent, depth) : this.#map(indent, depth);
  }

  #list(indent: number, depth: number): unknown[] {
    const items: unknown[] = [];
    while (this.#indent() === indent) {
      const line = this.#lines[this.#at] ?? '';
      if (!line.startsWith('- ', indent)) {
        if (line.startsWith('-', indent)) throw NOT_PLAIN;
        break;
      }
      const rest = line.slice(indent + 2);
      const inner = indent + 2 + indentOf(rest);
      const content = line.slice(inner);
      if (content.startsWith('- ') || content === '-') throw NOT_PLAIN;
      if (KEY.test(withoutComment(content))) {
        items.push(this.#map(inner, depth + 1, content));
      } else {
        this.#at += 1;
        items.push(this.#scalar(content.trimEnd(), indent));
      }
    }
    return items;
  }

  /** A map; the first key may stand behind a dash. */
  #map(indent: number, depth: number, first?: string): Record<string, unknown> {
    const map: Record<string, unknown> = {};
    let content = first;
    for (;;) {
      if (content === undefined) {
        if (this.#indent() !== indent) break;
        content = (this.#lines[this.#at] ?? '').slice(indent);
        if (content.startsWith('- ') || content === '-') break;
      }
      const match = KEY.exec(withoutComment(content));
      if (match === null) throw NOT_PLAIN;
      const bare = match[1];
      const key = bare ?? match[2] ?? match[3] ?? '';
      if (
        (bare !== undefined && typeof plainValue(bare) !== 'string') ||
        key === '__proto__' ||
        Object.hasOwn(map, key)
      )
        throw NOT_PLAIN;
      this.#at += 1;
      map[key] = this.#value(match[4] ?? '', indent, depth);
      content = undefined;
    }
    return map;
  }

  #value(rest: string, indent: number, depth: number): unknown {
    const text = rest.trimEnd();
    if (text !== '') return this.#scalar(text, indent);
    const next = this.#indent();
    if (next > indent) return this.#block(next, depth + 1);
    // A list may stand at the indentation of its key.
    if (next === indent && (this.#lines[this.#at] ?? '').startsWith('- ', indent)) return this.#list(indent, depth + 1);
    return null;
  }

  #scalar(written: string, indent: number): unknown {
    const text = written.charCodeAt(0) === QUOTE ? written : withoutComment(written);
    if (text === '|' || text === '|-') return this.#literal(indent, text === '|-');
    const value = scalarOf(text);
    // What goes on in the next line is one text.
    if (this.#indent() > indent && !(this.#lines[this.#at] ?? '').startsWith('#')) throw NOT_PLAIN;
    return value;
  }

  #literal(parent: number, strip: boolean): string {
    const first = this.#lines[this.#at] ?? '';
    const indent = indentOf(first);
    if (indent <= parent || first.trim() === '') throw NOT_PLAIN;
    const lines: string[] = [];
    for (; this.#at < this.#lines.length; this.#at += 1) {
      const line = this.#lines[this.#at] ?? '';
      if (line === '') lines.push('');
      else if (indentOf(line) >= indent) lines.push(line.slice(indent));
      else if (line.trim() === '') throw NOT_PLAIN;
      else break;
    }
    while (lines.at(-1) === '') lines.pop();
    return lines.join('\n') + (strip ? '' : '\n');
  }
}

function indentOf(line: string): number {
  let indent = 0;
  while (line.charCodeAt(indent) === SPACE) indent += 1;
  return indent;
}

const SPACE = 32;
const QUOTE = 34;

/** A line without what follows ` #`; a quoted text with that in it is left to the whole parser. */
function withoutComment(text: string): string {
  const at = text.indexOf(' #');
  if (at === -1) return text;
  if (/["']/.test(text)) throw NOT_PLAIN;
  return text.slice(0, at).trimEnd();
}

const KNOWN = new Map<string, unknown>();
const LARGEST = 50_000;

function scalarOf(text: string): unknown {
  const known = KNOWN.get(text);
  if (known !== undefined) return known;
  const value = readScalar(text);
  if (KNOWN.size < LARGEST && text.length < 200) KNOWN.set(text, value);
  return value;
}

function readScalar(text: string): unknown {
  if (text.startsWith('"')) {
    if (!/^"(?:[^"\\]|\\["\\n])*"$/.test(text)) throw NOT_PLAIN;
    const parsed: unknown = JSON.parse(text);
    return parsed;
  }
  if (text.startsWith("'")) {
    if (!/^'[^']*'$/.test(text)) throw NOT_PLAIN;
    return text.slice(1, -1);
  }
  if (text === '{}') return {};
  if (text === '[]') return [];
  return plainValue(text);
}

const RESERVED = /^(?:y|n|yes|no|on|off|true|false|null|~)$/i;
const AMOUNT = /^(?:[0-9]+(?:\.[0-9]+)?(?:m|Ki|Mi|Gi|Ti|k|M|G|T|s|ms|h|d|%|B|KB|MB|GB)|[0-9]+\.[0-9]+\.[0-9][\w.+-]*)$/;
const WORDS = /^(?:[A-Za-z_/(.$^]|-[A-Za-z]|--)/;
/** It begins with a digit, and has what no number has. */
const NO_NUMBER = /^[0-9][^:]*[g-np-wyzG-NP-WYZ/]/;

/** A plain scalar; what a reader of YAML 1.1 could take for anything but text is left to the whole parser. */
function plainValue(text: string): unknown {
  if (text === 'true') return true;
  if (text === 'false') return false;
  if (text === 'null') return null;
  if (RESERVED.test(text)) throw NOT_PLAIN;
  if (/^-?(?:0|[1-9][0-9]{0,14})$/.test(text)) return Number(text);
  if (/^(?:0|[1-9][0-9]{0,8})\.[0-9]{1,6}$/.test(text)) return Number(text);
  if (AMOUNT.test(text)) return text;
  if (!(WORDS.test(text) || NO_NUMBER.test(text)) || /: |:$|^-*\.(?:\d|$|inf|nan)|^---/i.test(text)) throw NOT_PLAIN;
  return text;
}
