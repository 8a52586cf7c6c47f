import { isAscii } from 'node:buffer';

/** Where the services of a catalog stand in its text, or in the bytes of that. */
export interface Slices {
  /** Where the object of all services begins and ends. */
  readonly start: number;
  readonly end: number;
  readonly keys: readonly string[];
  /** Where the value of each begins and ends: two numbers each. */
  readonly bounds: readonly number[];
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const COMMA = 0x2c;
const CLOSE_BRACE = 0x7d;
const OPEN = [0x7b, 0x5b];
const CLOSE = [CLOSE_BRACE, 0x5d];

/** A member of an object of a JSON text: its key, and where its value begins. */
export interface Member {
  readonly key: string;
  readonly start: number;
}

/**
 * The member that begins behind the bracket or the value that ends at a place, or where the object ends. Throws where neither
 * stands there: all of the text from that place to the value, or to the end, is as JSON has it.
 */
export function memberAt(text: string, from: number, isFirst: boolean): Member | { readonly end: number } {
  let at = skipBlank(text, from);
  if (text.charCodeAt(at) === CLOSE_BRACE) return { end: at + 1 };
  if (!isFirst) at = skipBlank(text, placeBehind(text, at, COMMA));
  const keyEnd = text.charCodeAt(at) === QUOTE ? endOfString(text, at) : notJson();
  const start = skipBlank(text, placeBehind(text, skipBlank(text, keyEnd), COLON));
  return { key: keyOf(text, at, keyEnd), start };
}

const placeBehind = (text: string, at: number, char: number): number =>
  text.charCodeAt(at) === char ? at + 1 : notJson();

const notJson = (): never => {
  throw new SyntaxError('this is not JSON');
};

/**
 * Goes through the members of the object that begins at a place, and tells where it ends. `visit` is told each key and where its
 * value begins, and tells where that ends. Throws where what stands between values is not as JSON has it.
 */
export function eachMember(text: string, open: number, visit: (key: string, start: number) => number): number {
  let at = open + 1;
  for (let isFirst = true; ; isFirst = false) {
    const member = memberAt(text, at, isFirst);
    if ('end' in member) return member.end;
    at = visit(member.key, member.start);
  }
}

function keyOf(text: string, start: number, end: number): string {
  const key = text.slice(start + 1, end - 1);
  return UNUSUAL.test(key) ? String(JSON.parse(text.slice(start, end))) : key;
}

/** What a string of JSON does not have, or not as it stands. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const UNUSUAL = /[\\\0-\x1f]/;

/** The first place from one on that is no blank. */
export function skipBlank(text: string, from: number): number {
  let at = from;
  for (;;) {
    const char = text.charCodeAt(at);
    if (char !== 0x20 && char !== 0x0a && char !== 0x0d && char !== 0x09) return at;
    at += 1;
  }
}

/** Where the string that begins at a quote ends, behind its last quote; throws where it does not. */
function endOfString(text: string, quote: number): number {
  let at = quote;
  do {
    at = text.indexOf('"', at + 1);
    if (at === -1) return notJson();
  } while (isEscaped(text, at));
  return at + 1;
}

/** Whether an odd number of backslashes stands before a place. */
function isEscaped(text: string, at: number): boolean {
  let from = at;
  while (text.charCodeAt(from - 1) === BACKSLASH) from -= 1;
  return (at - from) % 2 === 1;
}

/** Where the value that begins at a place ends, if there is one, of which nothing is said: a part of a text that is no JSON may be one. */
export function endOfValue(text: string, start: number): number {
  const first = text.charCodeAt(start);
  if (first === QUOTE) return endOfString(text, start);
  let at = start;
  if (!OPEN.includes(first)) {
    while (at < text.length && !isEndOfWord(text.charCodeAt(at))) at += 1;
    return at;
  }
  let depth = 0;
  for (;;) {
    const char = text.charCodeAt(at);
    if (char === QUOTE) {
      at = endOfString(text, at);
      continue;
    }
    if (at >= text.length) return notJson();
    at += 1;
    if (char === 0x7b || char === 0x5b) depth += 1;
    else if (char === 0x7d || char === 0x5d) {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
}

/** What may stand behind a number, true, false or null. */
const isEndOfWord = (char: number): boolean => char === COMMA || CLOSE.includes(char) || char <= 0x20;

/** The same slices in the bytes of the text. */
export function inBytes({ start, end, keys, bounds }: Slices, text: string): Slices {
  if (Buffer.byteLength(text) === text.length) return { start, end, keys, bounds };
  let at = 0;
  let bytes = 0;
  const toBytes = (place: number): number => {
    bytes += Buffer.byteLength(text.slice(at, place));
    at = place;
    return bytes;
  };
  const first = toBytes(start);
  const moved = bounds.map(toBytes);
  return { start: first, end: toBytes(end), keys, bounds: moved };
}

/** Tells the value of a service as it is written. */
export function writtenIn(bytes: Buffer, { keys, bounds }: Slices): (key: string) => string | undefined {
  let places: ReadonlyMap<string, number> | undefined;
  let encoding: 'latin1' | 'utf8' | undefined;
  return (key) => {
    places ??= new Map(keys.map((one, place) => [one, 2 * place]));
    // The same of what is ASCII, at a third of the cost.
    encoding ??= isAscii(bytes) ? 'latin1' : 'utf8';
    const place = places.get(key);
    return place === undefined ? undefined : bytes.toString(encoding, bounds[place], bounds[place + 1]);
  };
}
