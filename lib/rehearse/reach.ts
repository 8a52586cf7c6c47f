import { loadParser } from '../sql/parser';
import { readFile } from '../sql/read-file';
import type { Statement } from '../sql/statement';
import { strongTables } from '../sql/strong';
import type { Removed } from './probes/derive';

/** What the statements of a file reach, as PostgreSQL's grammar reads them. */
export interface Reach {
  /** What they drop or rename. */
  readonly removed: Removed;
  /** Tables that they lock so that writers stop, then those on which they build an index beside the writers. */
  readonly locks: readonly string[];
}

export async function reachOf(path: string, sql: string): Promise<Reach> {
  const parser = await loadParser();
  const read = readFile({ path, bytes: Buffer.from(sql) }, undefined, parser);
  const statements = read.statements.map(({ located }) => located);
  const beside = statements.flatMap(({ statement }) =>
    statement.kind === 'create-index' && statement.concurrent ? [statement.table] : [],
  );
  const removed = statements.map(({ statement }) => removedBy(statement));
  return {
    removed: {
      tables: new Set(removed.flatMap(({ tables }) => tables)),
      columns: new Set(removed.flatMap(({ columns }) => columns)),
    },
    locks: [...statements.flatMap(strongTables), ...beside],
  };
}

function removedBy(statement: Statement): { readonly tables: readonly string[]; readonly columns: readonly string[] } {
  switch (statement.kind) {
    case 'drop':
      return { tables: statement.object === 'TABLE' ? statement.names : [], columns: [] };
    case 'rename':
      return {
        tables: statement.object === 'TABLE' ? [statement.table] : [],
        columns: statement.object === 'COLUMN' ? [`${statement.table}.${statement.from}`] : [],
      };
    case 'alter-table':
      return {
        tables: [],
        columns: statement.actions.flatMap((action) =>
          action.kind === 'drop-column' ? [`${statement.table}.${action.column}`] : [],
        ),
      };
    default:
      return { tables: [], columns: [] };
  }
}
