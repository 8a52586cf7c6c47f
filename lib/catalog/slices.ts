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
const COMMA = 0x2c;
const OPEN = [0x7b, 0x5b];
const CLOSE = [0x7d, 0x5d];

/**
 * Goes through the members of the object that begins at a place of a valid JSON text, and tells where it ends. `visit` is told each
 * key and where its value begins, and tells where that ends.
 */
export function eachMember(text: string, open: number, visit: (key: string, start: number) => number): number {
  let at = open + 1;
  for (;;) {
    at = skipBlank(text, at);
    if (text.charCodeAt(at) === COMMA) at = skipBlank(text, at + 1);
    if (text.charCodeAt(at) !== QUOTE) return at + 1;
    const keyEnd = endOfString(text, at);
    const start = skipBlank(text, skipBlank(text, keyEnd) + 1);
    at = visit(keyOf(text, at, keyEnd), start);
  }
}

function keyOf(text: string, start: number, end: number): string {
  const key = text.slice(start + 1, end - 1);
  return key.includes('\\') ? String(JSON.parse(text.slice(start, end))) : key;
}

/** The first place from one on that is no blank. */
export function skipBlank(text: string, from: number): number {
  let at = from;
  for (;;) {
    const char = text.charCodeAt(at);
    if (char !== 0x20 && char !== 0x0a && char !== 0x0d && char !== 0x09) return at;
    at += 1;
  }
}

/** Where the string that begins at a quote ends, behind its last quote. */
function endOfString(text: string, quote: number): number {
  let at = quote;
  do {
    at = text.indexOf('"', at + 1);
  } while (isEscaped(text, at));
  return at + 1;
}

/** Whether an odd number of backslashes stands before a place. */
function isEscaped(text: string, at: number): boolean {
  let from = at;
  while (text.charCodeAt(from - 1) === BACKSLASH) from -= 1;
  return (at - from) % 2 === 1;
}

/** Where the value that begins at a place of a valid JSON text ends. */
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
