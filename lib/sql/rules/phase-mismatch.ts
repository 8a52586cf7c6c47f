import { ownDrop } from '../own-drop';
import type { SqlRule } from '../rule';
import { shorten } from '../text';

export const phaseMismatch: SqlRule = {
  code: 'SQL192',
  severity: 'error',
  title: 'The statement does not belong to the phase',
  reason: 'A back-fill changes data only, so that it can be killed and started again',
  hint: 'move it to expand/ or contract/',
  source: 'https://www.postgresql.org/docs/current/ddl-alter.html',
  bad: [{ sql: 'ALTER TABLE users ADD COLUMN a int', phase: 'backfill' }],
  good: [{ sql: 'ALTER TABLE users ADD COLUMN a int' }],
  kinds: ['alter-table', 'create-index', 'create-table', 'drop', 'rename'],
  check: (one) => {
    const { statement } = one;
    const schema =
      statement.kind === 'alter-table' ||
      statement.kind === 'create-index' ||
      (statement.kind === 'create-table' && !statement.temporary) ||
      statement.kind === 'drop' ||
      statement.kind === 'rename';
    const validates =
      statement.kind === 'alter-table' && statement.actions.every(({ kind }) => kind === 'validate-constraint');
    if (
      one.phase === 'backfill' &&
      schema &&
      !validates &&
      !(statement.kind === 'drop' && ownDrop(one, statement.names, statement.table))
    )
      one.tell(`"${shorten(one.text, 60)}" changes the schema, in the phase backfill`);
  },
};
