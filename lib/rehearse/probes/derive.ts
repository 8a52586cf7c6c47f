import type { Client } from 'pg';
import { quoted } from '../connect';
import { type SeedTable, tablesOf } from '../seed/tables';
import type { Probe } from './model';

/** How many tables are asked. */
const MOST_TABLES = 10;

/** What the version is called that stands for whatever runs. */
export const DERIVED = 'derived';

/** Columns and tables that a migration takes away: whoever runs beside it may not name them. */
export interface Removed {
  readonly tables: ReadonlySet<string>;
  /** `<table>.<column>`. */
  readonly columns: ReadonlySet<string>;
}

interface Keyed {
  readonly table: string;
  readonly key: string;
}

const PRIMARY_KEYS = `SELECT c.relname AS table, min(a.attname) AS key
  FROM pg_index i
  JOIN pg_class c ON c.oid = i.indrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = $1
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY(i.indkey)
  WHERE i.indisprimary AND c.relname <> 'flyway_schema_history' AND NOT c.relispartition
  GROUP BY c.oid, c.relname HAVING count(*) = 1
  ORDER BY pg_relation_size(c.oid) DESC, c.relname LIMIT ${MOST_TABLES}`;

/**
 * Readers and writers where the catalog names none: for each table with a key of one column, a row with all of its columns,
 * and a change of one that keeps its value. They find waits, and columns that go away under somebody; not more.
 */
export async function deriveProbes(client: Client, schema: string, removed: Removed): Promise<readonly Probe[]> {
  const keys = (await client.query<Keyed>(PRIMARY_KEYS, [schema])).rows;
  const tables = await tablesOf(client, schema);
  return keys.flatMap(({ table, key }) => {
    const found = tables.find(({ name }) => name === table);
    return found === undefined || removed.tables.has(table) ? [] : probesFor(found, key, removed);
  });
}

function probesFor({ name: table, columns }: SeedTable, key: string, removed: Removed): readonly Probe[] {
  const stay = columns.filter(({ name }) => !removed.columns.has(`${table}.${name}`));
  const where = `FROM ${quoted(table)} WHERE ${quoted(key)} = $1`;
  const parameters = [{ kind: 'column', table, column: key }] as const;
  const shared = { version: DERIVED, parameters };
  const listed = stay.map(({ name }) => quoted(name)).join(', ');
  const set = stay.find(({ name, filled }) => name !== key && !filled);
  return [
    { ...shared, name: `read-${table}`, kind: 'read', sql: `SELECT ${listed} ${where}` },
    ...(set === undefined
      ? []
      : [
          {
            ...shared,
            name: `write-${table}`,
            kind: 'write' as const,
            sql: `UPDATE ${quoted(table)} SET ${quoted(set.name)} = ${quoted(set.name)} WHERE ${quoted(key)} = $1`,
          },
        ]),
  ];
}
