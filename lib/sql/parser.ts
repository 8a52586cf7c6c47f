import { isNode, list, type Node } from './tree';

/** What PostgreSQL's grammar says of a text: the trees of its statements, or its refusal and where that points to. */
export type Parsed =
  | { readonly ok: true; readonly trees: readonly Node[] }
  | { readonly ok: false; readonly message: string; readonly offset: number };

/** The functions of libpg-query that are used. */
export interface Parser {
  readonly parse: (sql: string) => Parsed;
  /** The bodies of a DO or CREATE FUNCTION statement in PL/pgSQL, or undefined where it is refused. */
  readonly parsePlpgsql: (sql: string) => unknown;
}

/** Loads the parser: 1.7 MB of WebAssembly, so only when there is something to parse. */
export async function loadParser(): Promise<Parser> {
  const library: typeof import('libpg-query') = require('libpg-query');
  await library.loadModule();
  return {
    parse: (sql) => parse(library.parseSync, sql),
    parsePlpgsql: (sql) => {
      try {
        const result: unknown = library.parsePlPgSQLSync(sql);
        return result;
      } catch {
        return undefined;
      }
    },
  };
}

/** What a statement may weigh; beyond it the parser's memory would grow without bound. */
const LARGEST_CHARACTERS = 8 * 1024 * 1024;

function parse(parseSync: (sql: string) => unknown, sql: string): Parsed {
  if (sql.length > LARGEST_CHARACTERS) return { ok: false, message: 'the statement is too long', offset: 0 };
  try {
    const result = parseSync(sql);
    return { ok: true, trees: isNode(result) ? list(result, 'stmts').map((one) => nodeOf(one)) : [] };
  } catch (error) {
    const details: unknown = isNode(error) ? error.sqlDetails : undefined;
    const cursor = isNode(details) && typeof details.cursorPosition === 'number' ? details.cursorPosition : 0;
    return { ok: false, message: error instanceof Error ? error.message : String(error), offset: cursor };
  }
}

const nodeOf = (one: Node): Node => (isNode(one.stmt) ? one.stmt : one);
