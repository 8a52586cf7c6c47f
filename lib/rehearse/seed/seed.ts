import { readFileSync } from 'node:fs';
import type { Client } from 'pg';
import type { Diagnostic } from '../../diagnostic/diagnostic';
import { quoted } from '../connect';
import { finding } from '../finding';
import { type ForeignKey, type SeedTable, tablesOf } from './tables';
import { seedValue } from './values';

/** What was written to a table. */
export interface Seeded {
  readonly table: string;
  readonly rows: number;
}

export interface SeedOptions {
  readonly schema: string;
  readonly rows: number;
  /** SQL that runs first, with `current_setting('cutover.rows')`; what it leaves empty is filled then. */
  readonly file: string | undefined;
  /** Where the catalog has the migrations. */
  readonly path: string;
}

/** Fills every table that is there, with values by their types. */
export async function seed(
  client: Client,
  { schema, rows, file, path }: SeedOptions,
): Promise<{ readonly seeded: readonly Seeded[]; readonly findings: readonly Diagnostic[] }> {
  const findings: Diagnostic[] = [];
  const told = (what: string, error: unknown): void => {
    const why = error instanceof Error ? error.message : String(error);
    findings.push(finding('MIG014', path, `${what}: ${why}`, { hint: HINT }));
  };
  await client.query(`SET cutover.rows = ${rows}`);
  if (file !== undefined) {
    try {
      await client.query(readFileSync(file, 'utf8'));
    } catch (error) {
      told(`${file} fails`, error);
    }
  }
  const seeded: Seeded[] = [];
  for (const table of await tablesOf(client, schema)) {
    try {
      if (!(await hasRows(client, table.name))) await client.query(insertInto(table, rows));
    } catch (error) {
      told(`table ${table.name} cannot be filled`, error);
    }
    seeded.push({ table: table.name, rows: await countOf(client, table.name) });
  }
  await client.query('VACUUM ANALYZE');
  return { seeded, findings };
}

const HINT =
  "write its rows in SQL and name the file in migrations.rehearsal.seed; current_setting('cutover.rows') is --rows";

async function hasRows(client: Client, table: string): Promise<boolean> {
  const { rows } = await client.query<{ some: boolean }>(`SELECT EXISTS (SELECT FROM ${quoted(table)}) AS some`);
  return rows[0]?.some === true;
}

async function countOf(client: Client, table: string): Promise<number> {
  const { rows } = await client.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${quoted(table)}`);
  return rows[0]?.n ?? 0;
}

/** The statement that fills a table; it throws where a column needs a value that cannot be made up. */
export function insertInto({ name, columns, foreignKeys }: SeedTable, rows: number): string {
  const joins = foreignKeys.map((key, i) => join(key, name, i));
  const values = new Map<string, string>();
  for (const column of columns) {
    if (column.filled) continue;
    const value = seedValue(column);
    if (value === undefined) throw new Error(`nothing can be made up for ${column.name}, which is ${column.type}`);
    values.set(column.name, value);
  }
  for (const [i, { columns: own, referenced }] of foreignKeys.entries())
    for (const [j, column] of own.entries())
      values.set(column, joins[i] === '' ? 'NULL' : `r${i}.${quoted(referenced[j] ?? '')}`);
  const into = [...values.keys()].map(quoted).join(', ');
  const from = `FROM generate_series(1, ${rows}) AS n${joins.join('')}`;
  if (values.size === 0) return `INSERT INTO ${quoted(name)} SELECT ${from}`;
  return `INSERT INTO ${quoted(name)} (${into}) SELECT ${[...values.values()].join(', ')} ${from}`;
}

/** Row n refers to the n-th row of the other table, over and over; a table that refers to itself refers to nothing. */
function join({ table, referenced }: ForeignKey, own: string, i: number): string {
  if (table === own) return '';
  const columns = referenced.map(quoted).join(', ');
  return ` LEFT JOIN (SELECT ${columns}, row_number() OVER () AS i, count(*) OVER () AS n FROM ${quoted(table)}) AS r${i}
    ON r${i}.i = 1 + n % (SELECT greatest(1, count(*)) FROM ${quoted(table)})`;
}
