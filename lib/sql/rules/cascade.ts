import { as, eachAction, type SqlRule } from '../rule';

export const cascade: SqlRule = {
  code: 'SQL144',
  severity: 'error',
  title: 'CASCADE drops what nobody has listed',
  reason: 'Views, constraints and functions that depend on it go without a word',
  hint: 'drop each dependent thing by name, then this one without CASCADE',
  source: 'https://www.postgresql.org/docs/current/ddl-depend.html',
  bad: [{ sql: 'DROP TABLE users CASCADE', phase: 'contract' }],
  good: [{ sql: 'DROP TABLE users', phase: 'contract' }],
  kinds: ['drop', 'alter-table'],
  check: (one) => {
    const drop = as(one, 'drop');
    if (drop?.cascade && drop.object !== 'INDEX' && !drop.names.every((name) => one.fresh(name)))
      one.tell(`DROP ${drop.object} ${drop.names.join(', ')} CASCADE takes along what depends on it`);
    eachAction(one, 'drop-column', ({ column, cascade }, table) => {
      if (cascade) one.tell(`DROP COLUMN ${table}.${column} CASCADE takes along what depends on it`);
    });
    eachAction(one, 'drop-constraint', ({ name, cascade }, table) => {
      if (cascade) one.tell(`DROP CONSTRAINT ${name} CASCADE on ${table} takes along what depends on it`);
    });
  },
};
