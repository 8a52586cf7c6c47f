import { callsOf } from './model/expression';
import { featuresOf } from './model/features';
import { mentionsOf } from './model/mentions';
import { bodyParts } from './model/plpgsql';
import { sqlBodyOf } from './model/sql-body';
import { statementOf } from './model/statement';
import type { Parser } from './parser';
import type { Piece } from './split';
import type { Located, Statement, Within } from './statement';
import type { Lines } from './text';
import type { Node } from './tree';

/** A piece of a file as statements, or the words of PostgreSQL's refusal. */
export type Reading =
  | { readonly ok: true; readonly statement: Located; readonly body: Body | undefined }
  | { readonly ok: false; readonly message: string; readonly offset: number };

/** What stands in the body of DO, of a procedure or of a function. */
export interface Body {
  readonly statements: readonly Located[];
  readonly commits: boolean;
  /** Lines of COMMIT that are refused when they run. */
  readonly refused: readonly number[];
  /** Lines of dynamic SQL, and of SQL that could not be read. */
  readonly opaque: readonly { readonly line: number; readonly why: string }[];
}

/** Reads one piece. What is nested so deeply that the stack does not hold it is refused, as PostgreSQL does (max_stack_depth). */
export function readPiece(piece: Piece, lines: Lines, parser: Parser): Reading {
  try {
    return read(piece, lines, parser);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { ok: false, message: 'it is nested too deeply', offset: piece.offset };
  }
}

function read(piece: Piece, lines: Lines, parser: Parser): Reading {
  const parsed = parser.parse(piece.text);
  if (!parsed.ok) return { ok: false, message: parsed.message, offset: piece.offset + parsed.offset };
  const [tree] = parsed.trees;
  if (tree === undefined || parsed.trees.length !== 1)
    return { ok: false, message: 'it is not one statement', offset: piece.offset };
  const statement = located(tree, piece, lines, undefined);
  return { ok: true, statement, body: bodyOf(statement, tree, parser) };
}

/** Statements that call functions when they run; CREATE VIEW and the like only name them. */
const RUNS: ReadonlySet<Statement['kind']> = new Set(['select', 'data', 'create-table', 'copy', 'call']);

function located(tree: Node, { text, offset }: Piece, lines: Pick<Lines, 'at'>, within: Within | undefined): Located {
  const statement = statementOf(tree);
  return {
    statement,
    text,
    offset,
    ...lines.at(offset),
    calls: RUNS.has(statement.kind) ? callsOf(tree) : [],
    features: featuresOf(tree, text),
    ...mentionsOf(tree),
    within,
  };
}

/** The body of what has one in PL/pgSQL or SQL; of another language there is nothing to see. */
function bodyOf(located: Located, tree: Node, parser: Parser): Body | undefined {
  const { statement } = located;
  if (statement.kind !== 'do' && statement.kind !== 'create-function') return undefined;
  if (statement.language === 'sql') return sqlBody(located, tree, parser);
  return statement.language === 'plpgsql' ? plpgsqlBody(located, parser) : undefined;
}

function sqlBody({ text, line, column }: Located, tree: Node, parser: Parser): Body | undefined {
  const trees = sqlBodyOf(tree, parser);
  const within: Within = { what: 'procedure', loop: 'none' };
  const at = () => ({ line, column });
  return (
    trees && {
      statements: trees.map((one) => located(one, { text, offset: 0 }, { at }, within)),
      commits: false,
      refused: [],
      opaque: [],
    }
  );
}

function plpgsqlBody({ statement, text, line }: Located, parser: Parser): Body | undefined {
  const parts = bodyParts(parser.parsePlpgsql(text));
  if (parts === undefined) return undefined;
  const what = statement.kind === 'do' ? 'DO' : 'procedure';
  const first = line + bodyLine(text);
  const statements: Located[] = [];
  const opaque: { line: number; why: string }[] = [];
  for (const part of parts) {
    const at = first + part.line - 1;
    if (part.kind === 'dynamic') opaque.push({ line: at, why: 'EXECUTE runs a text that is made only then' });
    if (part.kind !== 'sql') continue;
    const parsed = parser.parse(part.sql);
    const [tree] = parsed.ok ? parsed.trees : [];
    if (tree === undefined) opaque.push({ line: at, why: `"${part.sql.slice(0, 60)}" could not be read` });
    else {
      const one = located(tree, { text: part.sql, offset: 0 }, NO_LINES, { what, loop: part.loop });
      statements.push({ ...one, line: at, column: 1 });
    }
  }
  const commits = parts.some(({ kind }) => kind === 'commit');
  const inFunction = statement.kind === 'create-function' && !statement.procedure;
  const refused = parts.filter(({ kind }) => kind === 'guarded-commit' || (kind === 'commit' && inFunction));
  return { statements, commits, refused: refused.map((part) => first + part.line - 1), opaque };
}

const NO_LINES = { at: () => ({ line: 1, column: 1 }) };

/** Lines of PL/pgSQL are counted from the one on which its text begins. */
function bodyLine(text: string): number {
  const start = /\$[A-Za-z_0-9]*\$|'/.exec(text)?.index ?? 0;
  return text.slice(0, start).split('\n').length - 1;
}
