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

const SPACE = /\s+/y;
const COMMENT = /\/\/[^\n]*|\/\*[\s\S]*?\*\//y;
const WORD = /[\p{L}_$][\p{L}\p{Nd}_$]*/uy;
/** The same for texts in ASCII: classes of Unicode take longer to compile than most runs take to read conditions. */
const ASCII_WORD = /[A-Za-z_$][\w$]*/y;
const BEYOND_ASCII = /[^\0-\x7f]/;
const NUMBER =
  /0[xX][0-9a-fA-F_]*|0[oO][0-7_]*|0[bB][01_]*|(?:[0-9][0-9_]*(?:\.(?!\.)[0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][+-]?[0-9_]*)?/y;
const STRING = /"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'/y;
const OPERATOR = /\?\.|\?\?|\?|\|\||\||[&!=*<>][&=*]?|\.\.|[.,:;%+\-^/#]/y;
const BRACKET = /[([{)\]}]/y;

/** The tokens of an expression, as parser/lexer of expr 1.15 makes them; throws an ExprFault where there is none. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const word = BEYOND_ASCII.test(text) ? WORD : ASCII_WORD;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  while (at < text.length) {
    const skipped = take(SPACE) ?? take(COMMENT);
    if (skipped !== undefined) {
      at += skipped.length;
      continue;
    }
    const token = nextToken(text, at, word, take);
    tokens.push(token.token);
    at += token.length;
  }
  tokens.push({ kind: 'end', value: '', at: text.length });
  return tokens;
}

function nextToken(text: string, at: number, wordForm: RegExp, take: (pattern: RegExp) => string | undefined) {
  const found = (kind: TokenKind, written: string, value = written) => ({
    token: { kind, value, at },
    length: written.length,
  });
  const word = take(wordForm);
  if (word !== undefined) return found(WORD_OPERATORS.has(word) ? 'operator' : 'name', word);
  const number = take(NUMBER);
  if (number !== undefined) {
    if (isInWord(text.charAt(at + number.length))) throw new ExprFault(`bad number ${number}`, at);
    return found('number', number);
  }
  const string = take(STRING);
  if (string !== undefined) return found('string', string, unescaped(string, at));
  const sign = take(BRACKET);
  if (sign !== undefined) return found('bracket', sign);
  const operator = take(OPERATOR);
  if (operator !== undefined && !text.startsWith('/*', at)) return found('operator', operator);
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  if (character === '"' || character === "'") throw new ExprFault('a text that does not end', at);
  if (text.startsWith('/*', at)) throw new ExprFault('a comment that does not end', at);
  throw new ExprFault(`unexpected ${JSON.stringify(character)}`, at);
}

const isInWord = (character: string): boolean =>
  (BEYOND_ASCII.test(character) ? /[\p{L}\p{Nd}]/u : /[\w$]/).test(character);

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
