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

const SPACE = /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\//;
const WORD = /[\p{L}_$][\p{L}\p{Nd}_$]*/u;
/** The same for texts in ASCII: classes of Unicode take longer to compile than most runs take to read conditions. */
const ASCII_WORD = /[A-Za-z_$][\w$]*/;
const BEYOND_ASCII = /[^\0-\x7f]/;
const NUMBER =
  /0[xX][0-9a-fA-F_]*|0[oO][0-7_]*|0[bB][01_]*|(?:[0-9][0-9_]*(?:\.(?!\.)[0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][+-]?[0-9_]*)?/;
const STRING = /"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'/;
const BRACKET = /[([{)\]}]/;
const OPERATOR = /(?!\/\*)(?:\?\.|\?\?|\?|\|\||\||[&!=*<>][&=*]?|\.\.|[.,:;%+\-^/#])/;

/** What may come next, the first that fits: one expression, since each takes its time to compile. */
const tokenForm = (word: RegExp, flags: string): RegExp =>
  new RegExp([SPACE, word, NUMBER, STRING, BRACKET, OPERATOR].map(({ source }) => `(${source})`).join('|'), flags);

const ASCII_TOKEN = tokenForm(ASCII_WORD, 'y');

/** The tokens of an expression, as parser/lexer of expr 1.15 makes them; throws an ExprFault where there is none. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  const form = BEYOND_ASCII.test(text) ? tokenForm(WORD, 'uy') : ASCII_TOKEN;
  for (let at = 0; at < text.length; at = form.lastIndex) {
    form.lastIndex = at;
    const [, space, word, number, string, bracket, operator] = form.exec(text) ?? unknownAt(text, at);
    if (word !== undefined) tokens.push({ kind: WORD_OPERATORS.has(word) ? 'operator' : 'name', value: word, at });
    else if (number !== undefined) tokens.push({ kind: 'number', value: checked(number, text, at), at });
    else if (string !== undefined) tokens.push({ kind: 'string', value: unescaped(string, at), at });
    else if (bracket !== undefined) tokens.push({ kind: 'bracket', value: bracket, at });
    else if (space === undefined) tokens.push({ kind: 'operator', value: operator ?? '', at });
  }
  tokens.push({ kind: 'end', value: '', at: text.length });
  return tokens;
}

function checked(number: string, text: string, at: number): string {
  if (isInWord(text.charAt(at + number.length))) throw new ExprFault(`bad number ${number}`, at);
  return number;
}

function unknownAt(text: string, at: number): never {
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
