import type { Located, Statement } from './statement';

/** The kinds of statements that may take such a lock. */
export const STRONG_KINDS: readonly Statement['kind'][] = [
  'alter-table',
  'create-index',
  'create-trigger',
  'create-rule',
  'drop',
  'rename',
  'truncate',
];

/** Tables on which a statement takes a lock that stops writers, if only for a moment. */
export function strongTables({ statement }: Pick<Located, 'statement'>): readonly string[] {
  switch (statement.kind) {
    case 'alter-table':
      return statement.target === 'table' &&
        statement.actions.some(({ kind }) => kind !== 'validate-constraint' && kind !== 'plain')
        ? [statement.table]
        : [];
    case 'create-index':
      return statement.concurrent ? [] : [statement.table];
    case 'create-trigger':
    case 'create-rule':
      return [statement.table];
    case 'drop':
      if (statement.table !== undefined) return [statement.table];
      return statement.object === 'TABLE' ? statement.names : [];
    case 'rename':
      return /^(TABLE|COLUMN|CONSTRAINT)$/.test(statement.object) ? [statement.table] : [];
    case 'truncate':
      return statement.tables;
    default:
      return [];
  }
}
