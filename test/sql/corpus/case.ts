import type { Example } from '../../../lib/sql/rule';

/** A migration and what must be said of it: the code of a finding, or that it is safe. */
export interface Case extends Example {
  readonly expect: string | 'safe';
  /** The text of the .conf beside it. */
  readonly conf?: string;
}

/** Without a transaction, as the .conf would say. */
export const outside = (sql: string, expect: string, more: Partial<Case> = {}): Case => ({
  sql,
  expect,
  transaction: false,
  ...more,
});
export const inside = (sql: string, expect: string, more: Partial<Case> = {}): Case => ({ sql, expect, ...more });
