import { COMPARISONS, type Comparison, type Filter, FUNCTIONS, type FunctionName } from './model';

/** Thrown where an expression says more than is known here. */
class Unknown extends Error {}

const UNKNOWN = new Unknown('this expression takes the whole of jq');

const LONGEST = 2000;
const DEEPEST = 50;

/**
 * The filter that a path expression of jq is: fields, items, `select` with comparisons and the usual tests, pipes, commas, `?`, `..`
 * and `//`. Undefined for one that says more, such as variables, `if` or arithmetic, and for one that is no jq.
 */
export function parseJq(expression: string): Filter | undefined {
  if (expression.length > LONGEST) return undefined;
  try {
    const parser = new Parser(tokensOf(expression));
    return parser.whole();
  } catch (error) {
    if (error instanceof Unknown) return undefined;
    throw error;
  }
}

type Token =
  | { readonly kind: 'name' | 'sign'; readonly text: string }
  | { readonly kind: 'value'; readonly value: string | number };

const TOKEN = /\s*(?:([A-Za-z_]\w*)|("(?:[^"\\]|\\.)*")|(-?\d+(?:\.\d+)?)|(\/\/|==|!=|<=|>=|\.\.|[.|,()[\]?<>]))|\s+$/y;

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const found = TOKEN.exec(text);
    if (found === null) throw UNKNOWN;
    const [, name, quoted, number, sign] = found;
    if (name !== undefined) tokens.push({ kind: 'name', text: name });
    else if (quoted !== undefined) tokens.push({ kind: 'value', value: unquoted(quoted) });
    else if (number !== undefined) tokens.push({ kind: 'value', value: Number(number) });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
  }
  return tokens;
}

/** Text in quotes is that of JSON, unless something is filled in. */
function unquoted(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'string') return value;
  } catch {
    // Told below.
  }
  throw UNKNOWN;
}

/** One method for each level of precedence, as in gojq 0.12 (parser.go.y): pipe, comma, alternative, or, and, comparison, term. */
class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): Filter {
    const filter = this.#pipe();
    if (this.#at < this.#tokens.length) throw UNKNOWN;
    return filter;
  }

  #pipe(): Filter {
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw UNKNOWN;
    const left = this.#comma();
    const filter: Filter = this.#takes('|') ? { kind: 'pipe', left, right: this.#pipe() } : left;
    this.#depth -= 1;
    return filter;
  }

  #comma(): Filter {
    let left = this.#alternative();
    while (this.#takes(',')) left = { kind: 'comma', left, right: this.#alternative() };
    return left;
  }

  #alternative(): Filter {
    const left = this.#or();
    return this.#takes('//') ? { kind: 'alternative', left, right: this.#alternative() } : left;
  }

  #or(): Filter {
    let left = this.#and();
    while (this.#takes('or')) left = { kind: 'or', left, right: this.#and() };
    return left;
  }

  #and(): Filter {
    let left = this.#compare();
    while (this.#takes('and')) left = { kind: 'and', left, right: this.#compare() };
    return left;
  }

  #compare(): Filter {
    const left = this.#term();
    const operator = COMPARISONS.find((one) => this.#takes(one));
    return operator === undefined ? left : this.#compared(left, operator);
  }

  #compared(left: Filter, operator: Comparison): Filter {
    return { kind: 'compare', operator, left, right: this.#term() };
  }

  #term(): Filter {
    let term = this.#first();
    for (;;) {
      if (this.#takes('?')) term = { kind: 'try', of: term };
      else if (this.#sees('[')) term = this.#brackets(term);
      else if (this.#takes('.')) term = this.#sees('[') ? this.#brackets(term) : this.#field(term);
      else return term;
    }
  }

  #first(): Filter {
    if (this.#takes('..')) return { kind: 'descend' };
    if (this.#takes('.')) {
      const next = this.#tokens[this.#at];
      const isField = next?.kind === 'name' || (next?.kind === 'value' && typeof next.value === 'string');
      return isField ? this.#field({ kind: 'identity' }) : { kind: 'identity' };
    }
    if (this.#takes('(')) {
      const inside = this.#pipe();
      this.#expect(')');
      return inside;
    }
    if (this.#takes('[')) {
      if (this.#takes(']')) return { kind: 'collect', of: undefined };
      const of = this.#pipe();
      this.#expect(']');
      return { kind: 'collect', of };
    }
    const token = this.#next();
    if (token.kind === 'value') return { kind: 'literal', value: token.value };
    if (token.kind === 'sign') throw UNKNOWN;
    if (token.text === 'true' || token.text === 'false') return { kind: 'literal', value: token.text === 'true' };
    if (token.text === 'null') return { kind: 'literal', value: null };
    return this.#call(token.text);
  }

  #call(name: string): Filter {
    if (!isKnown(name)) throw UNKNOWN;
    if (!FUNCTIONS[name]) return { kind: 'call', name, argument: undefined };
    if (!this.#sees('(')) {
      // `any` and `all` of a list need no argument.
      if (name !== 'any' && name !== 'all') throw UNKNOWN;
      return { kind: 'call', name, argument: { kind: 'identity' } };
    }
    this.#expect('(');
    const argument = this.#pipe();
    this.#expect(')');
    if (name === 'test' && !(argument.kind === 'literal' && isPlainPattern(argument.value))) throw UNKNOWN;
    return { kind: 'call', name, argument };
  }

  #field(of: Filter): Filter {
    const token = this.#next();
    if (token.kind === 'name') return { kind: 'key', of, key: token.text };
    if (token.kind === 'value' && typeof token.value === 'string') return { kind: 'key', of, key: token.value };
    throw UNKNOWN;
  }

  #brackets(of: Filter): Filter {
    this.#expect('[');
    if (this.#takes(']')) return { kind: 'each', of };
    const token = this.#next();
    if (token.kind !== 'value') throw UNKNOWN;
    this.#expect(']');
    return { kind: 'key', of, key: token.value };
  }

  #sees(text: string): boolean {
    const token = this.#tokens[this.#at];
    return token !== undefined && token.kind !== 'value' && token.text === text;
  }

  #takes(text: string): boolean {
    const sees = this.#sees(text);
    if (sees) this.#at += 1;
    return sees;
  }

  #expect(text: string): void {
    if (!this.#takes(text)) throw UNKNOWN;
  }

  #next(): Token {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw UNKNOWN;
    this.#at += 1;
    return token;
  }
}

/** What Go and JavaScript read alike and match in a time that is bounded: characters, classes, choices, and few repetitions of one character. */
function isPlainPattern(pattern: unknown): boolean {
  if (typeof pattern !== 'string') return false;
  const parts = pattern.match(/\\[-.^$*+?()[\]{}|/]|\[\^?[\w.:/ -]+\]|[\w:/@=, -]|[.^$|()*+?]/g) ?? [];
  if (parts.join('') !== pattern) return false;
  const repeats = parts.flatMap((part, i) => (/^[*+?]$/.test(part) ? [parts[i - 1]] : []));
  if (repeats.length > MOST_REPEATS || repeats.some((of) => of === undefined || /^[)(^$|*+?]$/.test(of))) return false;
  try {
    return new RegExp(pattern, 'u').source !== '';
  } catch {
    return false;
  }
}

const MOST_REPEATS = 2;

const isKnown = (name: string): name is FunctionName => Object.hasOwn(FUNCTIONS, name);
