/** Where the services of a catalog stand in its bytes. */
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
const OPEN = [0x7b, 0x5b];
const CLOSE = [0x7d, 0x5d];

/** The slices of the bytes of a valid JSON text whose root is an object; undefined where it has no object of services. */
export function slicesOf(bytes: Uint8Array): Slices | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const services = membersOf(text, 0).find(({ key }) => key === 'services');
  if (services === undefined || !OPEN.includes(text[services.start] ?? 0)) return undefined;
  const members = membersOf(text, services.start);
  return {
    start: services.start,
    end: services.end,
    keys: members.map(({ key }) => key),
    bounds: members.flatMap(({ start, end }) => [start, end]),
  };
}

interface Member {
  readonly key: string;
  readonly start: number;
  readonly end: number;
}

/** The members of the object that begins at or behind a place. */
function membersOf(text: Buffer, from: number): readonly Member[] {
  const members: Member[] = [];
  let at = text.indexOf('{', from) + 1;
  for (;;) {
    const quote = nextOf(text, at, QUOTE);
    if (quote === -1) return members;
    const keyEnd = endOfString(text, quote);
    const key: unknown = JSON.parse(text.toString('utf8', quote, keyEnd));
    const start = skipBlank(text, skipBlank(text, keyEnd, COLON) + 1);
    const end = endOfValue(text, start);
    members.push({ key: String(key), start, end });
    at = end;
  }
}

/** The next byte of a kind with nothing but blanks and a comma before it; -1 where something else comes. */
function nextOf(text: Buffer, from: number, byte: number): number {
  let at = skipBlank(text, from);
  if (text[at] === COMMA) at = skipBlank(text, at + 1);
  return text[at] === byte ? at : -1;
}

/** The first place from one on that is no blank, or that has the byte. */
function skipBlank(text: Buffer, from: number, byte?: number): number {
  let at = from;
  for (; at < text.length; at += 1) {
    const char = text[at];
    if (char === byte || (char !== 0x20 && char !== 0x0a && char !== 0x0d && char !== 0x09)) return at;
  }
  return at;
}

/** Where the string that begins at a quote ends, behind its last quote. */
function endOfString(text: Buffer, quote: number): number {
  let at = quote + 1;
  while (text[at] !== QUOTE && at < text.length) at += text[at] === BACKSLASH ? 2 : 1;
  return at + 1;
}

/** Where the value that begins at a place ends. */
function endOfValue(text: Buffer, start: number): number {
  const first = text[start] ?? 0;
  if (first === QUOTE) return endOfString(text, start);
  let at = start;
  if (!OPEN.includes(first)) {
    while (at < text.length && text[at] !== COMMA && !CLOSE.includes(text[at] ?? 0)) at += 1;
    return at;
  }
  let depth = 0;
  while (at < text.length) {
    const char = text[at];
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
  return at;
}
