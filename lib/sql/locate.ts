import { factsOf } from './facts';
import { bodyParts } from './model/plpgsql';
import { sqlBodyOf } from './model/sql-body';
import type { Parser } from './parser';
import { recall, remember } from './recall';
import type { Piece } from './split';
import type { Facts, Located, Within } from './statement';
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
  const { text, offset } = piece;
  const place = lines.at(offset);
  const known = recall(text);
  if (known !== undefined) return { ok: true, statement: located(known, piece, place, undefined), body: undefined };
  const parsed = parser.parse(text);
  if (!parsed.ok) return { ok: false, message: parsed.message, offset: offset + parsed.offset };
  const [tree] = parsed.trees;
  if (tree === undefined || parsed.trees.length !== 1) return { ok: false, message: 'it is not one statement', offset };
  const facts = factsOf(tree, text);
  remember(text, facts);
  const statement = located(facts, piece, place, undefined);
  return { ok: true, statement, body: bodyOf(statement, tree, parser) };
}

interface Place {
  readonly line: number;
  readonly column: number;
}

function located(facts: Facts, { text, offset }: Piece, { line, column }: Place, within: Within | undefined): Located {
  // Written out: to spread them takes longer than to find them.
  const { statement, calls, literals, features, tables } = facts;
  return { statement, text, offset, line, column, calls, literals, features, tables, within };
}

/** The body of what has one in PL/pgSQL or SQL; of another language there is nothing to see. */
function bodyOf(located: Located, tree: Node, parser: Parser): Body | undefined {
  const { statement } = located;
  if (statement.kind !== 'do' && statement.kind !== 'create-function') return undefined;
  if (statement.language === 'sql') return sqlBody(located, tree, parser);
  return statement.language === 'plpgsql' ? plpgsqlBody(located, parser) : undefined;
}

function sqlBody(place: Located, tree: Node, parser: Parser): Body | undefined {
  const trees = sqlBodyOf(tree, parser);
  const { text } = place;
  const within: Within = { what: 'procedure', loop: 'none' };
  return (
    trees && {
      statements: trees.map((one) => located(factsOf(one, text), { text, offset: 0 }, place, within)),
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
    const facts = factsIn(part.sql, parser);
    const piece = { text: part.sql, offset: 0 };
    if (facts === undefined) opaque.push({ line: at, why: `"${part.sql.slice(0, 60)}" could not be read` });
    else statements.push(located(facts, piece, { line: at, column: 1 }, { what, loop: part.loop }));
  }
  const commits = parts.some(({ kind }) => kind === 'commit');
  const inFunction = statement.kind === 'create-function' && !statement.procedure;
  const refused = parts.filter(({ kind }) => kind === 'guarded-commit' || (kind === 'commit' && inFunction));
  return { statements, commits, refused: refused.map((part) => first + part.line - 1), opaque };
}

/** What a statement of a body says; undefined where it cannot be read. */
function factsIn(sql: string, parser: Parser): Facts | undefined {
  const known = recall(sql);
  if (known !== undefined) return known;
  const parsed = parser.parse(sql);
  const [tree, ...others] = parsed.ok ? parsed.trees : [];
  if (tree === undefined) return undefined;
  const facts = factsOf(tree, sql);
  if (others.length === 0) remember(sql, facts);
  return facts;
}

/** Lines of PL/pgSQL are counted from the one on which its text begins. */
function bodyLine(text: string): number {
  const start = /\$[A-Za-z_0-9]*\$|'/.exec(text)?.index ?? 0;
  return text.slice(0, start).split('\n').length - 1;
}
