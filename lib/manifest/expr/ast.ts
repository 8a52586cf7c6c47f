/** An expression of the language of conditions, as github.com/antonmedv/expr parses it. */
export type Expr =
  | { readonly kind: 'literal'; readonly value: number | string | boolean | null; readonly at: number }
  | { readonly kind: 'name'; readonly name: string; readonly at: number }
  | { readonly kind: 'unary'; readonly operator: string; readonly of: Expr; readonly at: number }
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: Expr;
      readonly right: Expr;
      readonly at: number;
    }
  | {
      readonly kind: 'member';
      readonly of: Expr;
      readonly property: Expr;
      readonly optional: boolean;
      readonly at: number;
    }
  | {
      readonly kind: 'slice';
      readonly of: Expr;
      readonly from: Expr | undefined;
      readonly to: Expr | undefined;
      readonly at: number;
    }
  | { readonly kind: 'call'; readonly callee: Expr; readonly args: readonly Expr[]; readonly at: number }
  | { readonly kind: 'builtin'; readonly name: string; readonly args: readonly Expr[]; readonly at: number }
  | { readonly kind: 'closure'; readonly body: Expr; readonly at: number }
  | { readonly kind: 'pointer'; readonly name: string; readonly at: number }
  | { readonly kind: 'let'; readonly name: string; readonly value: Expr; readonly body: Expr; readonly at: number }
  | { readonly kind: 'conditional'; readonly test: Expr; readonly yes: Expr; readonly no: Expr; readonly at: number }
  | { readonly kind: 'array'; readonly items: readonly Expr[]; readonly at: number }
  | { readonly kind: 'map'; readonly pairs: readonly (readonly [key: Expr, value: Expr])[]; readonly at: number };

/** What is wrong with an expression, and the offset where. */
export class ExprFault extends Error {
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

/** The expressions directly inside of one. */
export function childrenOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'literal':
    case 'name':
    case 'pointer':
      return [];
    case 'unary':
      return [expr.of];
    case 'binary':
      return [expr.left, expr.right];
    case 'member':
      return [expr.of, expr.property];
    case 'slice':
      return [expr.of, expr.from, expr.to].filter((one) => one !== undefined);
    case 'call':
      return [expr.callee, ...expr.args];
    case 'builtin':
      return expr.args;
    case 'closure':
      return [expr.body];
    case 'let':
      return [expr.value, expr.body];
    case 'conditional':
      return [expr.test, expr.yes, expr.no];
    case 'array':
      return expr.items;
    case 'map':
      return expr.pairs.flat();
  }
}
