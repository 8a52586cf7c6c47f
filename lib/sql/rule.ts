import type { Severity } from '../diagnostic/diagnostic';
import type { Phase } from './comments';
import type { Progress } from './progress';
import type { Releases } from './releases';
import type { SchemaState } from './schema-state';
import type { AlterAction, Located, ObjectName, Statement } from './statement';

/** Everything a rule may ask about the statement it judges. */
export interface Judged<S extends Statement = Statement> extends Located<S> {
  readonly state: SchemaState;
  readonly file: string;
  readonly phase: Phase;
  /** Major version of the server. */
  readonly server: number;
  /** Whether a transaction is open around the statement, and which. */
  readonly inTransaction: boolean;
  readonly transaction: string;
  readonly releases: Releases;
  /** What the statements before it have done in the same file. */
  readonly progress: Progress;
  /** Whether such a statement comes later in the file. */
  readonly later: (wanted: (statement: Statement) => boolean) => boolean;
  readonly fresh: (table: ObjectName) => boolean;
  readonly tell: (message: string, hint?: string, severity?: Severity) => void;
}

/** Statements that a rule should be tried on. */
export interface Example {
  readonly sql: string;
  readonly phase?: Phase;
  readonly server?: number;
  readonly transaction?: boolean;
  /** What exists before. */
  readonly schema?: string;
  readonly releases?: Releases;
}

/** One rule of `npm run lint:sql`. Its code is for ever; its examples are its tests and its documentation. */
export interface SqlRule {
  readonly code: string;
  readonly severity: Severity;
  readonly title: string;
  readonly reason: string;
  /** The next action, where the rule has no better one with the user's names. */
  readonly hint: string;
  /** Where PostgreSQL, Flyway or a measurement says so. */
  readonly source: string;
  /** From which version of PostgreSQL it is different. */
  readonly versions?: string;
  readonly bad: readonly Example[];
  readonly good: readonly Example[];
  /** The kinds of statements that it may say something about: it is asked about no other. */
  readonly kinds: readonly Statement['kind'][] | 'any';
  readonly check: (one: Judged) => void;
}

type Of<K extends Statement['kind']> = Extract<Statement, { readonly kind: K }>;

/** The statement, if it is of a kind. */
export function as<K extends Statement['kind']>(one: Judged, kind: K): Of<K> | undefined {
  return is(one.statement, kind) ? one.statement : undefined;
}

const is = <K extends Statement['kind']>(statement: Statement, kind: K): statement is Of<K> => statement.kind === kind;

type Action<K extends AlterAction['kind']> = Extract<AlterAction, { readonly kind: K }>;

const isAction = <K extends AlterAction['kind']>(action: AlterAction, kind: K): action is Action<K> =>
  action.kind === kind;

/** Visits the parts of an ALTER TABLE that are of a kind; tables that this file creates are of no concern to anyone yet. */
export function eachAction<K extends AlterAction['kind']>(
  one: Judged,
  kind: K,
  visit: (action: Action<K>, table: ObjectName) => void,
): void {
  const { statement } = one;
  if (statement.kind !== 'alter-table' || one.fresh(statement.table)) return;
  for (const action of statement.actions) if (isAction(action, kind)) visit(action, statement.table);
}
