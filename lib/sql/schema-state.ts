import { type Backfill, backfillsOf } from './backfills';
import type {
  AlterAction,
  AlterTable,
  Column,
  Constraint,
  CreateTable,
  ObjectName,
  Statement,
  TypeName,
} from './statement';

/** A column as the history has left it; what was never seen is undefined. */
export interface KnownColumn {
  readonly type: TypeName | undefined;
  readonly notNull: boolean | undefined;
  readonly hasDefault: boolean | undefined;
}

export interface KnownConstraint {
  readonly kind: Constraint['kind'];
  readonly columns: readonly string[];
  readonly notNullOf: readonly string[];
  readonly valid: boolean;
  /** The transaction that added it, so that one knows whether its lock is still held. */
  readonly transaction: string;
}

export interface KnownTable {
  readonly columns: Map<string, KnownColumn>;
  readonly constraints: Map<string, KnownConstraint>;
  /** With the function that each calls. */
  readonly triggers: Map<string, ObjectName>;
  /** The file that created it for certain; what an IF NOT EXISTS may have found is of no file. */
  readonly bornIn: string | undefined;
  readonly temporary: boolean;
  readonly partitioned: boolean;
  /** Every column is known. */
  readonly complete: boolean;
}

export interface KnownIndex {
  readonly table: ObjectName;
  readonly unique: boolean;
  readonly columns: readonly string[];
  readonly bornIn: string;
}

/** Where a statement runs. */
export interface Moment {
  readonly file: string;
  readonly transaction: string;
}

/** The schema that a history leaves behind, statement by statement, without a database. */
export class SchemaState {
  readonly tables = new Map<ObjectName, KnownTable>();
  readonly indexes = new Map<string, KnownIndex>();
  readonly enums = new Map<ObjectName, string>();
  readonly domains = new Map<ObjectName, boolean>();
  /** Values that were added to an enum, with the transaction. */
  readonly enumValues = new Map<string, string>();
  /** Procedures and whether their body commits; undefined where that could not be read. */
  readonly procedures = new Map<ObjectName, boolean | undefined>();
  /** The bodies of functions. */
  readonly functions = new Map<ObjectName, string>();
  /** What was made from what, in the order of the history. */
  readonly backfills: Backfill[] = [];
  readonly droppedIndexes = new Set<string>();

  /** Whether nobody can be using a table yet: this file creates it. */
  isFresh(table: ObjectName, file: string): boolean {
    const known = this.tables.get(table);
    return known !== undefined && (known.temporary || known.bornIn === file);
  }

  column(table: ObjectName, column: string): KnownColumn | undefined {
    return this.tables.get(table)?.columns.get(column);
  }

  /** Whether a valid constraint says that a column is not null. */
  provesNotNull(table: ObjectName, column: string): boolean {
    const known = this.tables.get(table);
    if (known?.columns.get(column)?.notNull === true) return true;
    return [...(known?.constraints.values() ?? [])].some((one) => one.valid && one.notNullOf.includes(column));
  }

  /** Takes a statement over. */
  apply(statement: Statement, moment: Moment): void {
    switch (statement.kind) {
      case 'create-table':
        this.#create(statement, moment);
        break;
      case 'alter-table':
        this.#alter(statement, moment);
        break;
      case 'create-index':
        this.indexes.set(statement.name, { ...statement, bornIn: moment.file });
        break;
      case 'drop':
        this.#drop(statement);
        break;
      case 'rename':
        this.#rename(statement);
        break;
      case 'create-trigger':
        this.#table(statement.table).triggers.set(statement.name, statement.calls);
        break;
      case 'create-enum':
        this.enums.set(statement.type, moment.file);
        break;
      case 'add-enum-value':
        this.enumValues.set(statement.value, moment.transaction);
        break;
      case 'create-domain':
        this.domains.set(statement.domain, statement.constrained);
        break;
      case 'alter-domain':
        if (statement.action === 'constrain' || statement.action === 'not-valid')
          this.domains.set(statement.domain, true);
        break;
      case 'create-function':
        this.functions.set(statement.name, statement.body);
        break;
      case 'data':
        for (const change of statement.changes)
          this.backfills.push(...backfillsOf(change, moment.file, (table, target) => this.keepsEqual(table, target)));
        break;
      case 'transaction':
        if (statement.op === 'rollback' || statement.op === 'rollback-to') this.#forget(moment.file);
        break;
      default:
    }
  }

  /** Whether a trigger of a table writes something; one whose function is not known may. */
  keepsEqual(table: ObjectName, target: string): boolean {
    return [...(this.tables.get(table)?.triggers.values() ?? [])].some((calls) => {
      const body = this.functions.get(calls);
      return body === undefined || body.split(/[^\p{L}\p{N}_$]+/u).includes(target);
    });
  }

  /** After a ROLLBACK nobody may count on what the file has created. */
  #forget(file: string): void {
    for (const [name, table] of this.tables)
      if (table.bornIn === file) this.tables.set(name, { ...table, bornIn: undefined, temporary: false });
  }

  #table(name: ObjectName): KnownTable {
    const known = this.tables.get(name);
    if (known !== undefined) return known;
    const empty = { bornIn: undefined, temporary: false, partitioned: false, complete: false };
    const table = { columns: new Map(), constraints: new Map(), triggers: new Map<string, ObjectName>(), ...empty };
    this.tables.set(name, table);
    return table;
  }

  #create(created: CreateTable, { file, transaction }: Moment): void {
    if (created.ifNotExists && this.tables.has(created.table)) return;
    const table: KnownTable = {
      columns: new Map(created.columns.map((column) => [column.name, known(column)])),
      constraints: new Map(),
      triggers: new Map(),
      bornIn: created.ifNotExists ? undefined : file,
      temporary: created.temporary,
      partitioned: created.partitioned,
      complete: created.complete,
    };
    this.tables.set(created.table, table);
    const own = created.columns.flatMap(({ constraints }) => constraints);
    for (const constraint of [...own, ...created.constraints])
      this.#constrain(created.table, { ...constraint, notValid: false }, transaction);
  }

  #constrain(name: ObjectName, constraint: Constraint, transaction: string): void {
    const table = this.#table(name);
    const suffix = {
      check: 'check',
      'foreign-key': 'fkey',
      unique: 'key',
      'primary-key': 'pkey',
      exclude: 'excl',
      'not-null': 'not_null',
    };
    const columns = constraint.kind === 'primary-key' ? [] : constraint.columns;
    const given = constraint.name || [name.split('.').at(-1), ...columns, suffix[constraint.kind]].join('_');
    const own =
      constraint.columns.length > 0
        ? constraint.columns
        : (this.indexes.get(constraint.usingIndex ?? '')?.columns ?? []);
    const valid = !constraint.notValid && constraint.enforced;
    table.constraints.set(given, {
      kind: constraint.kind,
      columns: own,
      notNullOf: constraint.notNullOf,
      valid,
      transaction,
    });
    if (constraint.kind === 'primary-key') for (const column of own) this.#set(name, column, { notNull: true });
    if (constraint.kind === 'unique' || constraint.kind === 'primary-key')
      this.indexes.set(given, { table: name, unique: true, columns: own, bornIn: table.bornIn ?? '' });
  }

  #set(table: ObjectName, column: string, change: Partial<KnownColumn>): void {
    const { columns } = this.#table(table);
    const before = columns.get(column) ?? { type: undefined, notNull: undefined, hasDefault: undefined };
    columns.set(column, { ...before, ...change });
  }

  #alter({ table, target, actions }: AlterTable, moment: Moment): void {
    if (target !== 'table') return;
    for (const action of actions) this.#act(table, action, moment);
  }

  #act(table: ObjectName, action: AlterAction, { transaction }: Moment): void {
    switch (action.kind) {
      case 'add-column':
        this.#set(table, action.column.name, known(action.column));
        for (const one of action.column.constraints) this.#constrain(table, one, transaction);
        break;
      case 'drop-column':
        this.#table(table).columns.delete(action.column);
        break;
      case 'set-type':
        this.#set(table, action.column, { type: action.type });
        break;
      case 'set-default':
      case 'drop-default':
        this.#set(table, action.column, { hasDefault: action.kind === 'set-default' });
        break;
      case 'set-not-null':
      case 'drop-not-null':
        this.#set(table, action.column, { notNull: action.kind === 'set-not-null' });
        break;
      case 'add-constraint':
        this.#constrain(table, action.constraint, transaction);
        break;
      case 'validate-constraint':
        this.#validate(table, action.name);
        break;
      case 'drop-constraint':
        this.#table(table).constraints.delete(action.name);
        break;
      default:
    }
  }

  #validate(table: ObjectName, name: string): void {
    const { constraints } = this.#table(table);
    const constraint = constraints.get(name);
    if (constraint === undefined) return;
    constraints.set(name, { ...constraint, valid: true });
    if (constraint.kind === 'not-null')
      for (const column of constraint.notNullOf) this.#set(table, column, { notNull: true });
  }

  #drop(statement: Extract<Statement, { readonly kind: 'drop' }>): void {
    for (const name of statement.names) {
      if (/^(TABLE|MATERIALIZED VIEW)$/.test(statement.object)) this.tables.delete(name);
      if (statement.object === 'INDEX') {
        this.indexes.delete(name);
        this.droppedIndexes.add(name);
      }
      if (statement.object === 'TRIGGER' && statement.table !== undefined)
        this.#table(statement.table).triggers.delete(name);
    }
  }

  #rename({ object, table, from, to }: Extract<Statement, { readonly kind: 'rename' }>): void {
    const known = this.tables.get(table);
    if (known === undefined) return;
    const move = <T>(map: Map<string, T>, key: string, next: string): void => {
      const value = map.get(key);
      if (value !== undefined && map.delete(key)) map.set(next, value);
    };
    if (object === 'TABLE') move(this.tables, table, to);
    if (object === 'COLUMN') move(known.columns, from, to);
    if (object === 'CONSTRAINT') move(known.constraints, from, to);
  }
}

const known = (column: Column): KnownColumn => ({
  type: column.type,
  notNull: column.notNull,
  hasDefault:
    column.default !== undefined ||
    column.identity ||
    column.generated !== undefined ||
    /serial/.test(column.type.name),
});
