/** A table, index, type … by name: `users`, or `billing.users` where the schema is not public. */
export type ObjectName = string;

export interface TypeName {
  /** As the catalog of PostgreSQL calls it: int8, varchar, timestamptz. */
  readonly name: string;
  readonly modifiers: readonly number[];
  readonly array: boolean;
}

/** What decides about an expression: what it calls and what it reads. */
export interface Expression {
  readonly calls: readonly string[];
  readonly columns: readonly string[];
  readonly isNull: boolean;
}

export type ConstraintKind = 'check' | 'foreign-key' | 'unique' | 'primary-key' | 'exclude' | 'not-null';

export interface Constraint {
  readonly kind: ConstraintKind;
  readonly name: string;
  readonly columns: readonly string[];
  readonly references: ObjectName | undefined;
  readonly notValid: boolean;
  readonly enforced: boolean;
  readonly usingIndex: string | undefined;
  /** Columns of which it says that they are not null. */
  readonly notNullOf: readonly string[];
}

export interface Column {
  readonly name: string;
  readonly type: TypeName;
  readonly notNull: boolean;
  readonly default: Expression | undefined;
  readonly identity: boolean;
  readonly generated: 'stored' | 'virtual' | undefined;
  readonly constraints: readonly Constraint[];
}

export type AlterAction =
  | { readonly kind: 'add-column'; readonly column: Column }
  | { readonly kind: 'drop-column'; readonly column: string; readonly cascade: boolean }
  | {
      readonly kind: 'set-type';
      readonly column: string;
      readonly type: TypeName;
      readonly using: boolean;
      readonly collation: boolean;
    }
  | { readonly kind: 'set-default'; readonly column: string; readonly to: Expression }
  | { readonly kind: 'drop-default' | 'set-not-null' | 'drop-not-null'; readonly column: string }
  | { readonly kind: 'add-constraint'; readonly constraint: Constraint }
  | { readonly kind: 'validate-constraint' | 'enforce-constraint'; readonly name: string }
  | { readonly kind: 'drop-constraint'; readonly name: string; readonly cascade: boolean }
  | { readonly kind: 'attach-partition'; readonly partition: ObjectName }
  | { readonly kind: 'detach-partition'; readonly partition: ObjectName; readonly concurrent: boolean }
  | { readonly kind: 'trigger'; readonly enable: boolean; readonly what: string }
  | { readonly kind: 'rewrite'; readonly what: string }
  | { readonly kind: 'identity'; readonly op: 'add' | 'set' | 'drop'; readonly column: string }
  | { readonly kind: 'expression'; readonly op: 'set' | 'drop'; readonly column: string }
  | { readonly kind: 'row-security'; readonly on: boolean }
  | { readonly kind: 'owner' }
  | { readonly kind: 'plain' | 'unknown'; readonly what: string };

/** How many rows a change of data can reach. */
export type Reach =
  | { readonly kind: 'all' }
  | { readonly kind: 'filtered'; readonly by: string }
  /** Rows named one by one by a key's values. */
  | { readonly kind: 'keys'; readonly column: string; readonly count: number }
  /** A range of a column, closed on both sides. */
  | { readonly kind: 'range'; readonly column: string; readonly width: number | undefined }
  /** By a LIMIT, or by a join of a list of so many rows with a column. */
  | { readonly kind: 'limited'; readonly rows: number | undefined; readonly column?: string }
  | { readonly kind: 'rows'; readonly count: number };

export interface DataChange {
  readonly verb: 'UPDATE' | 'DELETE' | 'INSERT' | 'MERGE';
  readonly table: ObjectName;
  readonly reach: Reach;
  /** Columns that it sets, and columns that the new values are made from. */
  readonly sets: readonly string[];
  readonly reads: readonly string[];
  /** Other tables that the new values come from. */
  readonly from: readonly ObjectName[];
}

export type LockMode =
  | 'ACCESS SHARE'
  | 'ROW SHARE'
  | 'ROW EXCLUSIVE'
  | 'SHARE UPDATE EXCLUSIVE'
  | 'SHARE'
  | 'SHARE ROW EXCLUSIVE'
  | 'EXCLUSIVE'
  | 'ACCESS EXCLUSIVE';

export interface CreateTable {
  readonly kind: 'create-table';
  readonly table: ObjectName;
  readonly temporary: boolean;
  readonly ifNotExists: boolean;
  readonly columns: readonly Column[];
  readonly constraints: readonly Constraint[];
  readonly partitionOf: ObjectName | undefined;
  readonly partitioned: boolean;
  /** All columns are in `columns`. */
  readonly complete: boolean;
}

export interface AlterTable {
  readonly kind: 'alter-table';
  readonly target: 'table' | 'index' | 'view' | 'sequence' | 'type' | 'other';
  readonly table: ObjectName;
  readonly actions: readonly AlterAction[];
}

export interface CreateIndex {
  readonly kind: 'create-index';
  readonly table: ObjectName;
  readonly name: string;
  readonly unique: boolean;
  readonly concurrent: boolean;
  readonly ifNotExists: boolean;
  readonly only: boolean;
  readonly columns: readonly string[];
}

export interface Drop {
  readonly kind: 'drop';
  /** In SQL's words: TABLE, INDEX, MATERIALIZED VIEW. */
  readonly object: string;
  readonly names: readonly ObjectName[];
  /** Of a trigger, rule or policy. */
  readonly table: ObjectName | undefined;
  readonly concurrent: boolean;
  readonly cascade: boolean;
  readonly ifExists: boolean;
}

export interface Rename {
  readonly kind: 'rename';
  readonly object: string;
  readonly table: ObjectName;
  readonly from: string;
  readonly to: string;
}

export interface Data {
  readonly kind: 'data';
  readonly changes: readonly DataChange[];
}

/** One statement, as far as rules ask about it. */
export type Statement =
  | CreateTable
  | AlterTable
  | CreateIndex
  | Drop
  | Rename
  | Data
  | { readonly kind: 'set-schema'; readonly object: string; readonly name: ObjectName; readonly to: string }
  | { readonly kind: 'create-enum'; readonly type: ObjectName }
  | { readonly kind: 'create-view'; readonly name: ObjectName }
  | { readonly kind: 'add-enum-value'; readonly type: ObjectName; readonly value: string }
  | { readonly kind: 'rename-enum-value'; readonly type: ObjectName; readonly from: string; readonly to: string }
  | { readonly kind: 'create-domain'; readonly domain: ObjectName; readonly constrained: boolean }
  | {
      readonly kind: 'alter-domain';
      readonly domain: ObjectName;
      readonly action: 'constrain' | 'not-valid' | 'validate' | 'loosen';
      readonly name: string;
    }
  | {
      readonly kind: 'transaction';
      readonly op: 'begin' | 'commit' | 'rollback' | 'savepoint' | 'rollback-to' | 'prepared';
    }
  | {
      readonly kind: 'vacuum';
      readonly full: boolean;
      readonly analyzeOnly: boolean;
      readonly tables: readonly ObjectName[];
    }
  | { readonly kind: 'cluster'; readonly table: ObjectName }
  | { readonly kind: 'reindex'; readonly object: string; readonly name: ObjectName; readonly concurrent: boolean }
  | { readonly kind: 'lock'; readonly tables: readonly ObjectName[]; readonly mode: LockMode }
  | { readonly kind: 'truncate'; readonly tables: readonly ObjectName[]; readonly cascade: boolean }
  | { readonly kind: 'refresh'; readonly view: ObjectName; readonly concurrent: boolean; readonly withData: boolean }
  | {
      readonly kind: 'select';
      readonly locksRows: boolean;
      readonly limited: boolean;
      /** It reads every row of a table. */
      readonly whole: boolean;
    }
  | { readonly kind: 'copy'; readonly table: ObjectName; readonly with: 'stdin' | 'stdout' | 'file' }
  | { readonly kind: 'create-trigger'; readonly table: ObjectName; readonly name: string; readonly calls: string }
  | { readonly kind: 'create-rule'; readonly table: ObjectName; readonly name: string }
  | { readonly kind: 'create-policy'; readonly table: ObjectName; readonly name: string; readonly restrictive: boolean }
  | {
      readonly kind: 'set';
      readonly name: string;
      readonly value: string;
      readonly local: boolean;
      readonly reset: boolean;
    }
  | { readonly kind: 'server-setting'; readonly where: string; readonly name: string }
  | { readonly kind: 'do'; readonly language: string }
  | { readonly kind: 'call'; readonly procedure: ObjectName }
  | {
      readonly kind: 'create-function';
      readonly name: ObjectName;
      /** The types of its parameters: what tells functions of one name apart. */
      readonly signature: string;
      readonly procedure: boolean;
      readonly language: string;
      /** The text between its quotes. */
      readonly body: string;
    }
  | { readonly kind: 'revoke'; readonly what: string }
  | { readonly kind: 'plain' | 'unknown'; readonly what: string };

/** Something that older servers do not know. */
export interface Feature {
  readonly what: string;
  readonly since: number;
}

/** A statement with what can be told of all statements alike, wherever it stands. */
export interface Facts<S extends Statement = Statement> {
  readonly statement: S;
  /** Functions that it calls when it runs. */
  readonly calls: readonly string[];
  /** Strings in it. */
  readonly literals: readonly string[];
  readonly features: readonly Feature[];
  readonly tables: readonly ObjectName[];
}

/** A statement with where it stands. */
export interface Located<S extends Statement = Statement> extends Facts<S> {
  readonly text: string;
  readonly offset: number;
  readonly line: number;
  readonly column: number;
  /** Of a statement inside a body: of what, and whether it is in a loop, and whether that loop commits. */
  readonly within: Within | undefined;
}

export interface Within {
  readonly what: 'DO' | 'procedure';
  readonly loop: 'none' | 'uncommitted' | 'committed';
}
