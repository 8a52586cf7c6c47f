import { loadParser } from '../../sql/parser';
import { readFile } from '../../sql/read-file';
import type { Removed } from './derive';

/** What the statements of a file drop or rename, as PostgreSQL's grammar reads them. */
export async function removedBy(path: string, sql: string): Promise<Removed> {
  const tables = new Set<string>();
  const columns = new Set<string>();
  const parser = await loadParser();
  for (const { located } of readFile({ path, bytes: Buffer.from(sql) }, undefined, parser).statements) {
    const { statement } = located;
    if (statement.kind === 'drop' && statement.object === 'TABLE') for (const name of statement.names) tables.add(name);
    if (statement.kind === 'rename') {
      if (statement.object === 'TABLE') tables.add(statement.table);
      if (statement.object === 'COLUMN') columns.add(`${statement.table}.${statement.from}`);
    }
    if (statement.kind === 'alter-table')
      for (const action of statement.actions)
        if (action.kind === 'drop-column') columns.add(`${statement.table}.${action.column}`);
  }
  return { tables, columns };
}
