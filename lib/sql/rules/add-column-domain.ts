import { locked } from '../locks';
import { eachAction, type SqlRule } from '../rule';

export const addColumnDomain: SqlRule = {
  code: 'SQL117',
  severity: 'error',
  title: 'ADD COLUMN of a domain with constraints rewrites the table',
  reason: 'The constraint of the domain is checked for every row',
  hint: 'use the base type and a NOT VALID check',
  source: 'https://www.postgresql.org/docs/current/sql-altertable.html',
  bad: [{ sql: 'ALTER TABLE users ADD COLUMN e mail', schema: "CREATE DOMAIN mail AS text CHECK (value LIKE '%@%');" }],
  good: [{ sql: 'ALTER TABLE users ADD COLUMN e text' }],
  kinds: ['alter-table'],
  check: (one) => {
    eachAction(one, 'add-column', ({ column }, table) => {
      if (one.state.domains.get(column.type.name))
        one.tell(
          locked(
            `ADD COLUMN ${column.name} ${column.type.name}`,
            'ACCESS EXCLUSIVE',
            table,
            'while the whole table is rewritten',
          ),
        );
    });
  },
};
