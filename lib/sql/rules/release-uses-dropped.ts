import { releasesOf, usesColumn, usesSchema, usesTable } from '../releases';
import { as, eachAction, type SqlRule } from '../rule';

export const releaseUsesDropped: SqlRule = {
  code: 'SQL201',
  severity: 'error',
  title: 'A version that runs, or may run again, uses what is dropped or renamed',
  reason: 'Old and new pods run beside each other, and a roll-back brings the old one back',
  hint: 'release a version that does not use it first',
  source: 'https://www.postgresql.org/docs/current/ddl-alter.html',
  bad: [
    {
      sql: 'ALTER TABLE users DROP COLUMN legacy',
      phase: 'contract',
      releases: { stable: { reads: ['users.legacy'], writes: [], selectStar: [] } },
    },
  ],
  good: [
    {
      sql: 'ALTER TABLE users DROP COLUMN legacy',
      phase: 'contract',
      releases: { stable: { reads: ['users.id'], writes: [], selectStar: [] } },
    },
  ],
  kinds: ['drop', 'alter-table', 'rename'],
  check: (one) => {
    for (const [name, use] of releasesOf(one)) {
      const tell = (what: string, how: string | undefined) => {
        if (how) one.tell(`the ${name} version ${how} ${what}`);
      };
      const drop = as(one, 'drop');
      if (drop && /TABLE|VIEW/.test(drop.object)) for (const table of drop.names) tell(table, usesTable(use, table));
      if (drop?.object === 'SCHEMA') for (const schema of drop.names) tell(schema, usesSchema(use, schema));
      eachAction(one, 'drop-column', ({ column }, table) => tell(`${table}.${column}`, usesColumn(use, table, column)));
      const renamed = as(one, 'rename');
      if (renamed?.object === 'COLUMN')
        tell(`${renamed.table}.${renamed.from}`, usesColumn(use, renamed.table, renamed.from));
      if (renamed?.object === 'TABLE') tell(renamed.table, usesTable(use, renamed.table));
    }
  },
};
