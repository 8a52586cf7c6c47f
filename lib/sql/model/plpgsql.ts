import type { Within } from '../statement';
import { child, has, isNode, list, type Node, number, text, unwrap } from '../tree';

/** Something in a body in PL/pgSQL. */
export type BodyPart =
  | { readonly kind: 'sql'; readonly sql: string; readonly line: number; readonly loop: Within['loop'] }
  | { readonly kind: 'dynamic' | 'commit'; readonly line: number }
  /** A COMMIT in a block with EXCEPTION, which is refused when it runs. */
  | { readonly kind: 'guarded-commit'; readonly line: number };

/** The statements of a body, those in its branches, loops and handlers too; undefined where it could not be read. */
export function bodyParts(result: unknown): readonly BodyPart[] | undefined {
  if (!isNode(result)) return undefined;
  const functions = list(result, 'plpgsql_funcs').map((one) => child(one, 'PLpgSQL_function'));
  if (functions.length === 0) return undefined;
  const parts: BodyPart[] = [];
  for (const one of functions) {
    for (const datum of list(one, 'datums').map((each) => child(each, 'PLpgSQL_var'))) {
      const given = child(child(datum, 'default_val'), 'PLpgSQL_expr');
      const cursor = child(child(datum, 'cursor_explicit_expr'), 'PLpgSQL_expr');
      const line = number(datum, 'lineno') ?? 1;
      if (has(cursor, 'query')) parts.push({ kind: 'sql', sql: text(cursor, 'query'), line, loop: 'none' });
      if (has(given, 'query')) parts.push({ kind: 'sql', sql: `SELECT ${text(given, 'query')}`, line, loop: 'none' });
    }
    visit(child(one, 'action'), { loop: 'none', guarded: false }, parts);
  }
  return parts;
}

const LOOPS = /^PLpgSQL_stmt_(while|loop|fori|fors|forc|dynfors|foreach_a)$/;

interface Inside {
  readonly loop: Within['loop'];
  /** Some block around it has handlers of exceptions. */
  readonly guarded: boolean;
}

function visit(wrapped: Node, { loop, guarded }: Inside, parts: BodyPart[]): void {
  const [tag, node] = unwrap(wrapped);
  const line = number(node, 'lineno') ?? 1;
  const inside = LOOPS.test(tag) ? loopOf(node, loop) : loop;
  if (tag === 'PLpgSQL_stmt_commit' || tag === 'PLpgSQL_stmt_rollback')
    parts.push({ kind: guarded ? 'guarded-commit' : 'commit', line });
  const handles = has(node, 'exceptions');
  if (tag === 'PLpgSQL_stmt_dynexecute' || tag === 'PLpgSQL_stmt_dynfors' || has(node, 'dynquery'))
    parts.push({ kind: 'dynamic', line });
  for (const [key, value] of Object.entries(node)) {
    if (key === 'target' || key === 'var' || key === 'datums') continue;
    for (const below of Array.isArray(value) ? value : [value]) {
      if (!isNode(below)) continue;
      const [inner, expression] = unwrap(below);
      if (inner === 'PLpgSQL_expr') pushSql(tag, key, expression, line, inside, parts);
      else if (inner !== '') visit(below, { loop: inside, guarded: guarded || (handles && key === 'body') }, parts);
    }
  }
}

function pushSql(
  tag: string,
  key: string,
  expression: Node,
  line: number,
  loop: Within['loop'],
  parts: BodyPart[],
): void {
  if (tag === 'PLpgSQL_stmt_dynexecute' || (tag === 'PLpgSQL_stmt_dynfors' && key === 'query')) return;
  const query = text(expression, 'query');
  const mode = number(expression, 'parseMode') ?? 0;
  // 0 is a statement, 2 an expression, 3 and more an assignment.
  const sql = mode === 0 ? query : mode === 2 ? `SELECT ${query}` : `SELECT ${query.replace(/^[^=]*?:?=/, '')}`;
  parts.push({ kind: 'sql', sql, line, loop });
}

/** A loop that commits, or stands in one that does, ends its transactions on the way. */
function loopOf(node: Node, outer: Within['loop']): Within['loop'] {
  return outer === 'committed' || commits(node) ? 'committed' : 'uncommitted';
}

function commits(node: Node): boolean {
  return Object.entries(node).some(([key, value]) => {
    if (key === 'PLpgSQL_stmt_commit') return true;
    return (Array.isArray(value) ? value : [value]).some((below) => isNode(below) && commits(below));
  });
}
