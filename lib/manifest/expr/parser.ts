import { type Expr, ExprFault } from './ast';
import { FUNCTIONS, PREDICATES } from './builtins';
import { type Token, type TokenKind, tokensOf } from './lexer';

const UNARY: ReadonlyMap<string, number> = new Map([
  ['not', 50],
  ['!', 50],
  ['-', 90],
  ['+', 90],
]);

/** The precedence of operators with two sides; `**` and `^` bind to the right. */
const BINARY: ReadonlyMap<string, number> = new Map([
  ['|', 0],
  ...['or', '||'].map((operator) => [operator, 10] as const),
  ...['and', '&&'].map((operator) => [operator, 15] as const),
  ...['==', '!=', '<', '>', '>=', '<='].map((operator) => [operator, 20] as const),
  ...['in', 'matches', 'contains', 'startsWith', 'endsWith'].map((operator) => [operator, 20] as const),
  ['..', 25],
  ...['+', '-'].map((operator) => [operator, 30] as const),
  ...['*', '/', '%'].map((operator) => [operator, 60] as const),
  ...['**', '^'].map((operator) => [operator, 100] as const),
  ['??', 500],
]);

const NEGATED: ReadonlySet<string> = new Set(['in', 'matches', 'contains', 'startsWith', 'endsWith']);
const DEEPEST = 200;

/** Parses a condition as expr 1.15 does, the version of Argo Rollouts 1.9; throws an ExprFault with the place. */
export function parseExpr(text: string): Expr {
  const parser = new Parser(tokensOf(text));
  const expr = parser.expression(0);
  parser.expect('end');
  return expr;
}

class Parser {
  readonly #tokens: readonly Token[];
  #position = 0;
  #closures = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get #token(): Token {
    return this.#tokens[this.#position] ?? { kind: 'end', value: '', at: 0 };
  }

  #is(kind: TokenKind, value?: string): boolean {
    return this.#token.kind === kind && (value === undefined || this.#token.value === value);
  }

  #next(): Token {
    const token = this.#token;
    this.#position += 1;
    return token;
  }

  #unexpected(): never {
    const { kind, value, at } = this.#token;
    throw new ExprFault(kind === 'end' ? 'it ends too early' : `unexpected ${JSON.stringify(value)}`, at);
  }

  expect(kind: TokenKind, value?: string): Token {
    return this.#is(kind, value) ? this.#next() : this.#unexpected();
  }

  #accept(kind: TokenKind, value: string): boolean {
    if (!this.#is(kind, value)) return false;
    this.#position += 1;
    return true;
  }

  expression(precedence: number): Expr {
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw new ExprFault('it is nested too deeply', this.#token.at);
    const expr = precedence === 0 && this.#is('operator', 'let') ? this.#declaration() : this.#operators(precedence);
    this.#depth -= 1;
    return expr;
  }

  #declaration(): Expr {
    this.#next();
    const { value: name, at } = this.expect('name');
    // `=` is the operator of this place only; the lexer takes it alone.
    this.expect('operator', '=');
    const value = this.expression(0);
    this.expect('operator', ';');
    return { kind: 'let', name, value, body: this.expression(0), at };
  }

  #operators(precedence: number): Expr {
    let left = this.#primary();
    let previous = '';
    while (this.#is('operator')) {
      const negated = this.#is('operator', 'not') ? this.#next() : undefined;
      const { value: operator, at } = this.#token;
      const binds = this.#is('operator') ? BINARY.get(operator) : undefined;
      if (negated !== undefined && !NEGATED.has(operator)) this.#unexpected();
      if (binds === undefined || binds < precedence) {
        if (negated !== undefined) this.#position -= 1;
        break;
      }
      this.#next();
      if (operator === '|') left = this.#pipe(left);
      else {
        if (previous === '??' && operator !== '??') throw new ExprFault(`?? and ${operator} need parentheses`, at);
        const right = this.expression(binds === 100 ? binds : binds + 1);
        left = { kind: 'binary', operator, left, right, at };
        if (negated !== undefined) left = { kind: 'unary', operator: 'not', of: left, at: negated.at };
      }
      previous = operator;
    }
    return precedence === 0 ? this.#conditional(left) : left;
  }

  #conditional(test: Expr): Expr {
    let expr = test;
    while (this.#is('operator', '?')) {
      const { at } = this.#next();
      const yes = this.#is('operator', ':') ? expr : this.expression(0);
      this.expect('operator', ':');
      expr = { kind: 'conditional', test: expr, yes, no: this.expression(0), at };
    }
    return expr;
  }

  #primary(): Expr {
    const { kind, value, at } = this.#token;
    const binds = kind === 'operator' ? UNARY.get(value) : undefined;
    if (binds !== undefined) {
      this.#next();
      return this.#postfix({ kind: 'unary', operator: value, of: this.expression(binds), at });
    }
    if (this.#accept('bracket', '(')) {
      const inside = this.expression(0);
      this.expect('bracket', ')');
      return this.#postfix(inside);
    }
    if (this.#is('operator', '#') || this.#is('operator', '.')) {
      if (this.#closures === 0) throw new ExprFault(`${value} outside of a closure`, at);
      return this.#postfix(this.#pointer());
    }
    return this.#secondary();
  }

  /** `#`, `#acc`, or a leading `.` that stands for `#`. */
  #pointer(): Expr {
    const { at } = this.#token;
    if (!this.#accept('operator', '#')) return { kind: 'pointer', name: '', at };
    return { kind: 'pointer', name: this.#is('name') ? this.#next().value : '', at };
  }

  #secondary(): Expr {
    const { kind, value, at } = this.#token;
    if (kind === 'name') {
      this.#next();
      if (value === 'true' || value === 'false') return { kind: 'literal', value: value === 'true', at };
      if (value === 'nil') return { kind: 'literal', value: null, at };
      return this.#postfix(this.#is('bracket', '(') ? this.#call(value, at, []) : { kind: 'name', name: value, at });
    }
    if (kind === 'number') {
      this.#next();
      return { kind: 'literal', value: numberOf(value, at), at };
    }
    if (kind === 'string') {
      this.#next();
      return this.#postfix({ kind: 'literal', value, at });
    }
    if (this.#is('bracket', '[')) return this.#postfix(this.#array());
    if (this.#is('bracket', '{')) return this.#postfix(this.#map());
    return this.#unexpected();
  }

  #pipe(piped: Expr): Expr {
    const { value, at } = this.expect('name');
    return this.#postfix(this.#call(value, at, [piped]));
  }

  #call(name: string, at: number, piped: readonly Expr[]): Expr {
    if (PREDICATES.has(name)) return { kind: 'builtin', name, args: this.#predicate(name, piped), at };
    const args = [...piped, ...this.#arguments()];
    if (FUNCTIONS.has(name)) return { kind: 'builtin', name, args, at };
    return { kind: 'call', callee: { kind: 'name', name, at }, args, at };
  }

  #predicate(name: string, piped: readonly Expr[]): readonly Expr[] {
    this.expect('bracket', '(');
    const args = [...piped];
    if (args.length === 0) {
      args.push(this.expression(0));
      this.expect('operator', ',');
    }
    args.push(this.#closure());
    if (name === 'reduce' && this.#accept('operator', ',')) args.push(this.expression(0));
    this.expect('bracket', ')');
    return args;
  }

  #closure(): Expr {
    const { at } = this.#token;
    const braced = this.#accept('bracket', '{');
    this.#closures += 1;
    const body = this.expression(0);
    this.#closures -= 1;
    if (braced) this.expect('bracket', '}');
    return { kind: 'closure', body, at };
  }

  #arguments(): readonly Expr[] {
    this.expect('bracket', '(');
    const args: Expr[] = [];
    while (!this.#is('bracket', ')')) {
      if (args.length > 0) this.expect('operator', ',');
      args.push(this.expression(0));
    }
    this.#next();
    return args;
  }

  #array(): Expr {
    const { at } = this.#next();
    const items: Expr[] = [];
    while (!this.#accept('bracket', ']')) {
      if (items.length > 0) this.expect('operator', ',');
      if (items.length > 0 && this.#accept('bracket', ']')) break;
      items.push(this.expression(0));
    }
    return { kind: 'array', items, at };
  }

  #map(): Expr {
    const { at } = this.#next();
    const pairs: [Expr, Expr][] = [];
    while (!this.#accept('bracket', '}')) {
      if (pairs.length > 0) this.expect('operator', ',');
      if (pairs.length > 0 && this.#accept('bracket', '}')) break;
      const key = this.#key();
      this.expect('operator', ':');
      pairs.push([key, this.expression(0)]);
    }
    return { kind: 'map', pairs, at };
  }

  #key(): Expr {
    const { kind, value, at } = this.#token;
    if (kind === 'bracket' && value === '(') return this.expression(0);
    if (kind !== 'name' && kind !== 'number' && kind !== 'string') this.#unexpected();
    this.#next();
    return { kind: 'literal', value, at };
  }

  #postfix(start: Expr): Expr {
    let expr = start;
    for (;;) {
      if (this.#is('operator', '.') || this.#is('operator', '?.')) expr = this.#property(expr);
      else if (this.#is('bracket', '[')) expr = this.#index(expr);
      else return expr;
    }
  }

  #property(of: Expr): Expr {
    const optional = this.#next().value === '?.';
    const { kind, value, at } = this.#next();
    // A word that is an operator may be a name here.
    if (kind !== 'name' && !(kind === 'operator' && /^\p{L}/u.test(value))) throw new ExprFault('expected a name', at);
    const member: Expr = { kind: 'member', of, property: { kind: 'literal', value, at }, optional, at };
    return this.#is('bracket', '(') ? { kind: 'call', callee: member, args: this.#arguments(), at } : member;
  }

  #index(of: Expr): Expr {
    const { at } = this.#next();
    const from = this.#is('operator', ':') ? undefined : this.expression(0);
    if (!this.#accept('operator', ':')) {
      this.expect('bracket', ']');
      return { kind: 'member', of, property: from ?? this.#unexpected(), optional: false, at };
    }
    const to = this.#is('bracket', ']') ? undefined : this.expression(0);
    this.expect('bracket', ']');
    return { kind: 'slice', of, from, to, at };
  }
}

function numberOf(written: string, at: number): number {
  const digits = written.replaceAll('_', '');
  const hex = /^0[xX]/.test(digits);
  const value = hex ? Number(digits.toLowerCase()) : Number(digits.replace(/\.$/, '').replace(/\.([eE])/, '$1'));
  // Go reads hexadecimal and decimal numbers only.
  if (Number.isNaN(value) || /^0[oObBX]/.test(digits)) throw new ExprFault(`bad number ${written}`, at);
  if (!/[.eE]/.test(digits) && value > 2 ** 63) throw new ExprFault(`the number ${written} is too large`, at);
  return value;
}
