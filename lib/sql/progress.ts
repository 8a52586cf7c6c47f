import { countOf } from './model/rows';
import type { Located, ObjectName, Statement } from './statement';
import { strongTables } from './strong';

export type Setting = Extract<Statement, { readonly kind: 'set' }>;

/** A strong lock that a transaction has taken and holds until its end. */
export interface Held {
  readonly table: ObjectName;
  readonly by: Located;
}

/** What the statements of one file have done so far. Looking something up does not take longer in a longer file. */
export class Progress {
  readonly #settings = new Map<string, Setting>();
  readonly #names = new Set<string>();
  readonly #fresh: (table: ObjectName) => boolean;
  #transaction = '';
  #held: Held[] = [];
  readonly #altered = new Set<ObjectName>();
  readonly #changed = new Map<ObjectName, number>();
  #begun = false;
  #locked = false;

  /** `fresh` says of which tables nobody can be waiting for. */
  constructor(fresh: (table: ObjectName) => boolean) {
    this.#fresh = fresh;
  }

  /** What a setting was set to last; undefined where it was not, or was reset. */
  setting(name: string): Setting | undefined {
    return this.#settings.get(name);
  }

  /** The strong locks that a transaction holds on tables that were there before the file, in the order they were taken. */
  held(transaction: string): readonly Held[] {
    return transaction === this.#transaction ? this.#held : [];
  }

  /** Whether a transaction has altered a table. */
  altered(transaction: string, table: ObjectName): boolean {
    return transaction === this.#transaction && this.#altered.has(table);
  }

  /** Rows of a table that bounded changes of a transaction have reached. */
  changed(transaction: string, table: ObjectName): number {
    return transaction === this.#transaction ? (this.#changed.get(table) ?? 0) : 0;
  }

  /** Whether a statement of the file has given something this name. */
  names(name: string): boolean {
    return this.#names.has(name);
  }

  /** Whether the file has opened a transaction of its own. */
  get begun(): boolean {
    return this.#begun;
  }

  /** Whether a statement of the file has taken a strong lock on a table that others use. */
  get locked(): boolean {
    return this.#locked;
  }

  /** Takes a statement over. */
  add(located: Located, transaction: string, inTransaction: boolean): void {
    if (transaction !== this.#transaction) this.#begin(transaction);
    const { statement } = located;
    if (statement.kind === 'set') this.#set(statement);
    if (statement.kind === 'transaction' && statement.op === 'begin') this.#begun = true;
    if ('name' in statement) this.#names.add(statement.name);
    if (statement.kind === 'alter-table') this.#altered.add(statement.table);
    if (statement.kind === 'data')
      for (const { table, reach } of statement.changes)
        this.#changed.set(table, (this.#changed.get(table) ?? 0) + (countOf(reach) ?? 0));
    for (const table of strongTables(located)) {
      if (this.#fresh(table)) continue;
      this.#locked = true;
      if (inTransaction && !this.#held.some((one) => one.table === table)) this.#held.push({ table, by: located });
    }
  }

  #begin(transaction: string): void {
    this.#transaction = transaction;
    this.#held = [];
    this.#altered.clear();
    this.#changed.clear();
  }

  /** RESET ALL has no name. */
  #set(statement: Setting): void {
    if (!statement.reset) this.#settings.set(statement.name, statement);
    else if (statement.name === '') this.#settings.clear();
    else this.#settings.delete(statement.name);
  }
}
