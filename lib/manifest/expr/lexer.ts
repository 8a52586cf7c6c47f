import { ExprFault } from './ast';

export type TokenKind = 'name' | 'number' | 'string' | 'operator' | 'bracket' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** What is written; of a string what it means. */
  readonly value: string;
  readonly at: number;
}

/** Words that are operators; `not` may be followed by one of those that it negates. */
const WORD_OPERATORS: ReadonlySet<string> = new Set([
  ...['in', 'or', 'and', 'matches', 'contains', 'startsWith', 'endsWith', 'let', 'not'],
]);

/**
 * The tokens of an expression, as parser/lexer of expr 1.15 makes them; throws an ExprFault where there is none. Character by
 * character: a regular expression of all that may come next takes longer to compile than most runs take to read their conditions.
 */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = endOfSpace(text, 0);
  while (at < text.length) {
    const [kind, end] = tokenAt(text, at);
    const written = text.slice(at, end);
    tokens.push({ kind, value: kind === 'string' ? unescaped(written, at) : written, at });
    at = endOfSpace(text, end);
  }
  tokens.push({ kind: 'end', value: '', at });
  return tokens;
}

const BRACKETS = '([{)]}';

/** The kind of the token that begins at a place, and where it ends. */
function tokenAt(text: string, at: number): readonly [TokenKind, number] {
  const first = text.charAt(at);
  if (isDigit(first) || (first === '.' && isDigit(text.charAt(at + 1)))) return ['number', endOfNumber(text, at)];
  if (first === '"' || first === "'") return ['string', endOfString(text, at)];
  if (BRACKETS.includes(first)) return ['bracket', at + 1];
  const length = lengthOfOperator(first, text.charAt(at + 1));
  if (length > 0) return ['operator', at + length];
  const end = endOfWord(text, at);
  if (end === at)
    throw new ExprFault(`unexpected ${JSON.stringify(String.fromCodePoint(text.codePointAt(at) ?? 0))}`, at);
  return [WORD_OPERATORS.has(text.slice(at, end)) ? 'operator' : 'name', end];
}

/** Where white space and remarks end. */
function endOfSpace(text: string, from: number): number {
  let at = from;
  for (;;) {
    const character = text.charAt(at);
    if (character === '/' && text.charAt(at + 1) === '/') {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end;
    } else if (character === '/' && text.charAt(at + 1) === '*') {
      const end = text.indexOf('*/', at + 2);
      if (end < 0) throw new ExprFault('a comment that does not end', at);
      at = end + 2;
    } else if (isSpace(character)) at += 1;
    else return at;
  }
}

/** What is printed in ASCII is no space, and needs no expression to be known. */
const isSpace = (character: string): boolean =>
  character === ' ' || ((character < '!' || character > '~') && /\s/.test(character));

const DIGITS = '0123456789';

const isDigit = (character: string): boolean => character !== '' && DIGITS.includes(character);

/** What may stand in numbers behind their first digit, by the letter behind a zero. */
const DIGITS_OF: Readonly<Record<string, string>> = { x: `${DIGITS}abcdefABCDEF_`, o: '01234567_', b: '01_' };

function endOfNumber(text: string, at: number): number {
  const radix = text.charAt(at) === '0' ? DIGITS_OF[text.charAt(at + 1).toLowerCase()] : undefined;
  const end = radix === undefined ? endOfDecimal(text, at) : endOfDigits(text, at + 2, radix);
  if (endOfWord(text, end, end) > end) throw new ExprFault(`bad number ${text.slice(at, end)}`, at);
  return end;
}

function endOfDecimal(text: string, at: number): number {
  let end = endOfDigits(text, at);
  // Two points are the operator of ranges.
  if (text.charAt(end) === '.' && text.charAt(end + 1) !== '.') end = endOfDigits(text, end + 1);
  if (text.charAt(end).toLowerCase() !== 'e') return end;
  const sign = text.charAt(end + 1);
  return endOfDigits(text, sign === '+' || sign === '-' ? end + 2 : end + 1);
}

function endOfDigits(text: string, from: number, digits = `${DIGITS}_`): number {
  let end = from;
  while (end < text.length && digits.includes(text.charAt(end))) end += 1;
  return end;
}

function endOfString(text: string, at: number): number {
  const quote = text.charAt(at);
  for (let end = at + 1; end < text.length && text.charAt(end) !== '\n'; end += 1) {
    if (text.charAt(end) === quote) return end + 1;
    if (text.charAt(end) === '\\') end += 1;
  }
  throw new ExprFault('a text that does not end', at);
}

const PAIRS: ReadonlySet<string> = new Set(['?.', '??', '||', '..']);

function lengthOfOperator(first: string, second: string): number {
  if (PAIRS.has(first + second) || ('&!=*<>'.includes(first) && second !== '' && '&=*'.includes(second))) return 2;
  return '?|&!=*<>.,:;%+-^/#'.includes(first) ? 1 : 0;
}

/** Where a word ends; `from` where none begins. Digits stand behind a first letter only. */
function endOfWord(text: string, from: number, firstDigit = from + 1): number {
  let end = from;
  while (end < text.length) {
    const code = text.codePointAt(end) ?? 0;
    if (!(isLetter(code) || (end >= firstDigit && isLaterDigit(code)))) return end;
    end += code > 0xffff ? 2 : 1;
  }
  return end;
}

const ASCII = 0x80;

/** Of a code point. */
const isLetter = (code: number): boolean =>
  code < ASCII
    ? (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x5f || code === 0x24
    : /\p{L}/u.test(String.fromCodePoint(code));

const isLaterDigit = (code: number): boolean =>
  code < ASCII ? code >= 0x30 && code <= 0x39 : /\p{Nd}/u.test(String.fromCodePoint(code));

const ESCAPES: Readonly<Record<string, string>> = {
  ...{ a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' },
};

function unescaped(quoted: string, at: number): string {
  const quote = quoted.charAt(0);
  return quoted
    .slice(1, -1)
    .replace(
      /\\(?:([abfnrtv\\"'])|([0-7]{3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([\s\S]))/g,
      (_, simple, octal, ...rest) => {
        if (simple !== undefined && (simple === quote || !/["']/.test(simple))) return ESCAPES[simple] ?? simple;
        if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
        const hex = rest.slice(0, 3).find((one) => typeof one === 'string');
        const point = hex === undefined ? Number.NaN : Number.parseInt(hex, 16);
        if (!(point <= 0x10ffff)) throw new ExprFault('an escape that there is not', at);
        return String.fromCodePoint(point);
      },
    );
}
