import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { quoted } from '../connect';
import type { Parameter, Probe } from './model';

/** How many values of a column are kept. */
const KEPT = 1000;

/** Values for the parameters of probes, from rows that are there. */
export class Values {
  readonly #columns: ReadonlyMap<string, readonly string[]>;
  #next = 0;

  private constructor(columns: ReadonlyMap<string, readonly string[]>) {
    this.#columns = columns;
  }

  /** Reads what the probes need; it throws where a column is not there. */
  static async read(client: Client, probes: readonly Probe[]): Promise<Values> {
    const columns = new Map<string, readonly string[]>();
    for (const parameter of probes.flatMap((probe) => probe.parameters)) {
      if (parameter.kind !== 'column' || columns.has(keyOf(parameter))) continue;
      const [table, column] = [quoted(parameter.table), quoted(parameter.column)];
      const { rows } = await client.query<{ value: string }>(
        `SELECT ${column}::text AS value FROM ${table} WHERE ${column} IS NOT NULL ORDER BY random() LIMIT ${KEPT}`,
      );
      columns.set(
        keyOf(parameter),
        rows.map(({ value }) => value),
      );
    }
    return new Values(columns);
  }

  /** The values of one call; null where a column has none. */
  of({ parameters }: Probe): readonly (string | number | null)[] {
    return parameters.map((parameter) => this.#value(parameter));
  }

  #unique(kind: 'uniqueText' | 'uniqueNumber'): string | number {
    this.#next += 1;
    return kind === 'uniqueText' ? randomUUID() : UNIQUE_FROM + this.#next;
  }

  #value(parameter: Parameter): string | number | null {
    if (parameter.kind !== 'column') return this.#unique(parameter.kind);
    const values = this.#columns.get(keyOf(parameter)) ?? [];
    return values[Math.floor(Math.random() * values.length)] ?? null;
  }
}

/** Above every number that the seed writes. */
const UNIQUE_FROM = 1_500_000_000;

const keyOf = ({ table, column }: Extract<Parameter, { kind: 'column' }>): string => `${table}.${column}`;
