import type { Phase } from '../comments';
import type { Located } from '../statement';

/** Statements that go into one file together. */
export interface Part {
  readonly phase: Phase;
  readonly transaction: boolean;
  /** It has a file of its own. */
  readonly alone: boolean;
  /** Ready to be written: each with its comments, without a semicolon behind the last. */
  readonly sql: readonly string[];
  /** What the name of its file ends with. */
  readonly label: string;
  /** Tables on which it takes a strong lock, of those that are in use. */
  readonly locks: readonly string[];
  readonly validates: boolean;
  /** It demands something of the rows that a back-fill may still have to make true. */
  readonly tightens: boolean;
  /** Whether the session keeps its own timeouts: what runs long without blocking. */
  readonly ownTimeouts: boolean;
  /** How long it may wait for a lock then, as SET takes it. */
  readonly lockTimeout: string;
}

/** What becomes of a statement, or why that must be left to a person. */
export type Rewritten = readonly Part[] | { readonly refused: string };

/** A statement as it stands in its file. */
export interface Given {
  readonly located: Located;
  /** With the comments above it. */
  readonly sql: string;
  /** The comments above it alone, with the line breaks behind them. */
  readonly comments: string;
  readonly phase: Phase;
}

const TEMPLATE: Part = {
  phase: 'expand',
  transaction: true,
  alone: false,
  sql: [],
  label: 'more',
  locks: [],
  validates: false,
  tightens: false,
  ownTimeouts: false,
  lockTimeout: '0',
};

/** A part of a transaction. */
export const inTransaction = (sql: readonly string[], more: Partial<Part>): Part => ({ ...TEMPLATE, sql, ...more });

/** A part that has a file of its own and runs outside of a transaction. */
export const outside = (sql: readonly string[], more: Partial<Part>): Part => ({
  ...TEMPLATE,
  sql,
  transaction: false,
  alone: true,
  ownTimeouts: true,
  ...more,
});
