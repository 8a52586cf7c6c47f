import { eachAction, type SqlRule } from '../rule';

const PARTITIONED = 'CREATE TABLE m (id int, at date) PARTITION BY RANGE (at);';

export const partitionedRefuses: SqlRule = {
  code: 'SQL207',
  severity: 'error',
  title: 'PostgreSQL refuses this on a partitioned table',
  reason: 'A foreign key cannot be NOT VALID there (until version 18), and no constraint takes over an index',
  hint: 'do it on each partition, and then on the table, which takes over what they have',
  source: 'ATAddForeignKeyConstraint and transformIndexConstraint of PostgreSQL 13 to 18',
  versions: 'NOT VALID of a foreign key on a partitioned table from 18',
  bad: [
    { sql: 'ALTER TABLE m ADD FOREIGN KEY (id) REFERENCES users NOT VALID', schema: PARTITIONED },
    { sql: 'ALTER TABLE m ADD CONSTRAINT u UNIQUE USING INDEX i', schema: PARTITIONED },
  ],
  good: [{ sql: 'ALTER TABLE m ADD FOREIGN KEY (id) REFERENCES users NOT VALID', schema: PARTITIONED, server: 18 }],
  kinds: ['alter-table'],
  check: (one) => {
    eachAction(one, 'add-constraint', ({ constraint }, table) => {
      if (!one.state.tables.get(table)?.partitioned) return;
      if (constraint.kind === 'foreign-key' && constraint.notValid && one.server < 18)
        one.tell(`${table} is partitioned: a foreign key NOT VALID is refused by PostgreSQL ${one.server}`);
      if (constraint.usingIndex !== undefined)
        one.tell(`${table} is partitioned: a constraint USING INDEX ${constraint.usingIndex} is refused`);
    });
  },
};
