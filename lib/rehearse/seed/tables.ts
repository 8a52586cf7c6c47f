import type { Client } from 'pg';

/** A column as the catalog of PostgreSQL has it. */
export interface SeedColumn {
  readonly name: string;
  /** With its modifiers, as SQL writes it: `character varying(20)`. */
  readonly type: string;
  /** The base type's own name: `varchar`; that of the elements for an array. */
  readonly baseType: string;
  readonly array: boolean;
  /** The labels of an enum. */
  readonly labels: number;
  readonly length: number | undefined;
  readonly notNull: boolean;
  /** The server fills it: identity, generated, or a default from a sequence. */
  readonly filled: boolean;
  readonly unique: boolean;
}

export interface ForeignKey {
  readonly columns: readonly string[];
  readonly table: string;
  readonly referenced: readonly string[];
}

export interface SeedTable {
  readonly name: string;
  readonly columns: readonly SeedColumn[];
  readonly foreignKeys: readonly ForeignKey[];
}

const COLUMNS = `SELECT c.relname AS table, a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type,
    coalesce(e.typname, b.typname, t.typname) AS "baseType", coalesce(b.typcategory, t.typcategory) = 'A' AS array,
    (SELECT count(*)::int FROM pg_enum WHERE enumtypid = coalesce(e.oid, b.oid, t.oid)) AS labels,
    information_schema._pg_char_max_length(a.atttypid, a.atttypmod) AS length,
    a.attnotnull OR t.typnotnull AS "notNull",
    a.attidentity <> '' OR a.attgenerated <> '' OR coalesce(pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval(%', false) AS filled,
    EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisunique AND a.attnum = ANY(i.indkey)) AS unique
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = $1
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  JOIN pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_type b ON b.oid = t.typbasetype AND t.typtype = 'd'
  LEFT JOIN pg_type e ON e.oid = coalesce(nullif(b.typelem, 0), nullif(t.typelem, 0)) AND coalesce(b.typcategory, t.typcategory) = 'A'
  LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
  WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> 'flyway_schema_history'
  ORDER BY c.relname, a.attnum`;

const FOREIGN_KEYS = `SELECT c.conrelid::regclass::text AS raw, t.relname AS table, r.relname AS referenced_table,
    (SELECT json_agg(a.attname ORDER BY k.i) FROM unnest(c.conkey) WITH ORDINALITY AS k(num, i)
      JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.num) AS columns,
    (SELECT json_agg(a.attname ORDER BY k.i) FROM unnest(c.confkey) WITH ORDINALITY AS k(num, i)
      JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.num) AS referenced
  FROM pg_constraint c
  JOIN pg_class t ON t.oid = c.conrelid
  JOIN pg_class r ON r.oid = c.confrelid
  JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = $1
  WHERE c.contype = 'f' AND c.conparentid = 0`;

interface ColumnRow extends Omit<SeedColumn, 'length'> {
  readonly table: string;
  readonly length: number | null;
}

interface KeyRow {
  readonly table: string;
  readonly referenced_table: string;
  readonly columns: readonly string[];
  readonly referenced: readonly string[];
}

/** The tables of a schema, those that others refer to before those that refer to them. */
export async function tablesOf(client: Client, schema: string): Promise<readonly SeedTable[]> {
  const columns = (await client.query<ColumnRow>(COLUMNS, [schema])).rows;
  const keys = (await client.query<KeyRow>(FOREIGN_KEYS, [schema])).rows;
  const names = [...new Set(columns.map(({ table }) => table))];
  const tables = names.map((name) => ({
    name,
    columns: columns
      .filter(({ table }) => table === name)
      .map(({ table: _, length, ...column }) => ({ ...column, length: length ?? undefined })),
    foreignKeys: keys
      .filter(({ table }) => table === name)
      .map(({ columns: own, referenced_table: table, referenced }) => ({ columns: own, table, referenced })),
  }));
  return inOrder(tables);
}

/** Parents first; a table in a circle comes where its circle is entered. */
export function inOrder(tables: readonly SeedTable[]): readonly SeedTable[] {
  const ordered = new Set<SeedTable>();
  const visit = (table: SeedTable, trail: ReadonlySet<string>): void => {
    if (ordered.has(table) || trail.has(table.name)) return;
    for (const key of table.foreignKeys)
      for (const parent of tables) if (parent.name === key.table) visit(parent, new Set([...trail, table.name]));
    ordered.add(table);
  };
  for (const table of tables) visit(table, new Set());
  return [...ordered];
}
