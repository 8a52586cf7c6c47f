/** Where the value of one service stands in the text of a catalog. */
export interface Segment {
  readonly key: string;
  /** Offset of its first character and the offset behind its last. */
  readonly start: number;
  readonly end: number;
}

export interface Scan {
  /** Keys of all objects, also those that a later one of the same name overwrites. */
  readonly keys: number;
  /** The members of the object `services` at the top, in the order of the text. */
  readonly services: readonly Segment[];
}

const QUOTE = 0x22;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

/**
 * One pass over a text that JSON.parse has accepted; what it says of another text is meaningless. It sees what a parsed value no
 * longer shows: keys that stand twice, and where each service is written.
 */
export function scan(text: string): Scan {
  const services: Segment[] = [];
  let keys = 0;
  let depth = 0;
  let inServices = false;
  let service: string | undefined;
  let start = 0;
  for (let i = 0; i < text.length; i += 1) {
    const c = text.charCodeAt(i);
    if (c === QUOTE) {
      const close = endOfString(text, i);
      const colon = afterSpace(text, close);
      if (text.charCodeAt(colon) === COLON) {
        keys += 1;
        if (depth === 1) inServices = text.slice(i, close) === '"services"';
        else if (depth === 2 && inServices) {
          service = JSON.parse(text.slice(i, close));
          start = afterSpace(text, colon + 1);
        }
        i = colon;
      } else i = close - 1;
    } else if (c === OPEN_BRACE || c === OPEN_BRACKET) depth += 1;
    else if (c === CLOSE_BRACE || c === CLOSE_BRACKET) {
      depth -= 1;
      if (depth === 2 && inServices && service !== undefined) {
        services.push({ key: service, start, end: i + 1 });
        service = undefined;
      }
    }
  }
  return { keys, services };
}

/** The offset behind the closing quote of the string that opens at an offset. */
function endOfString(text: string, open: number): number {
  let close = text.indexOf('"', open + 1);
  while (close !== -1 && isEscaped(text, close)) close = text.indexOf('"', close + 1);
  return close === -1 ? text.length : close + 1;
}

function isEscaped(text: string, quote: number): boolean {
  let first = quote;
  while (text.charCodeAt(first - 1) === BACKSLASH) first -= 1;
  return (quote - first) % 2 === 1;
}

function afterSpace(text: string, from: number): number {
  let i = from;
  while (text.charCodeAt(i) <= 0x20) i += 1;
  return i;
}
