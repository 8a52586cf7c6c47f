/** A word or mark of a statement that stands outside of quotes and comments, with how many parentheses are open around it. */
export interface Token {
  readonly text: string;
  readonly at: number;
  readonly depth: number;
}

const PART =
  /--[^\n]*|\/\*[\s\S]*?\*\/|[eE]'(?:[^'\\]|\\[\s\S]|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|(\$[A-Za-z_]*\$)[\s\S]*?\1|[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*|[(),]/g;

/** The tokens of one statement: words in capitals, quoted names as they are, parentheses and commas. */
export function tokensOf(sql: string): readonly Token[] {
  const tokens: Token[] = [];
  let depth = 0;
  for (const { 0: text, index: at } of sql.matchAll(PART)) {
    if (/^(--|\/\*|'|[eE]'|\$)/.test(text)) continue;
    if (text === ')') depth -= 1;
    tokens.push({ text: text.startsWith('"') ? text : text.toUpperCase(), at, depth });
    if (text === '(') depth += 1;
  }
  return tokens;
}

/** Where a word stands first outside of parentheses; undefined where it does not. */
export const wordAt = (sql: string, word: string): number | undefined =>
  tokensOf(sql).find(({ text, depth }) => depth === 0 && text === word)?.at;

/** The parts between the commas outside of parentheses, from an offset on. */
export function splitAtCommas(sql: string, from: number): readonly string[] {
  const commas = tokensOf(sql).filter(({ text, depth, at }) => text === ',' && depth === 0 && at >= from);
  const starts = [from, ...commas.map(({ at }) => at + 1)];
  return starts.map((start, i) => sql.slice(start, commas[i]?.at ?? sql.length).trim());
}
