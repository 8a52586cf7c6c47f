import { fixSql } from '../../lib/sql/fix/fix';
import { split } from '../../lib/sql/split';
import { describeWith } from '../tools/commands';
import { findPostgres, Postgres } from '../tools/postgres';
import { parser } from './tools';

const bin = findPostgres();
const ROWS = 5000;
const SEED = `CREATE TABLE users (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), email text, confirmed_at timestamptz);
CREATE TABLE orders (id bigint PRIMARY KEY);
INSERT INTO users (email, confirmed_at) SELECT 'u' || i, CASE WHEN i % 3 = 0 THEN now() END FROM generate_series(1, ${ROWS}) i;`;

/** What the file must have done in the end, as a question whose answer is t. */
const CASES: readonly (readonly [sql: string, holds: string])[] = [
  [
    `ALTER TABLE users ADD COLUMN verified boolean DEFAULT false NOT NULL;
     CREATE INDEX users_verified ON users (email) WHERE verified;
     UPDATE users u SET verified = true WHERE u.confirmed_at IS NOT NULL OR false;`,
    `SELECT bool_and(verified = (confirmed_at IS NOT NULL)) AND (SELECT indisvalid FROM pg_index WHERE indexrelid = 'users_verified'::regclass) FROM users`,
  ],
  ['DELETE FROM users WHERE confirmed_at IS NULL;', `SELECT count(*) = ${Math.floor(ROWS / 3)} FROM users`],
  [
    'ALTER TABLE users ADD CHECK (length(email) > 1), ADD CONSTRAINT u UNIQUE (email);',
    "SELECT count(*) = 2 AND bool_and(convalidated) FROM pg_constraint WHERE conrelid = 'users'::regclass AND contype IN ('c', 'u')",
  ],
  [
    'ALTER TABLE users ALTER COLUMN email SET NOT NULL;',
    "SELECT attnotnull FROM pg_attribute WHERE attrelid = 'users'::regclass AND attname = 'email'",
  ],
  [
    'ALTER TABLE users ADD COLUMN o bigint, ADD FOREIGN KEY (o) REFERENCES orders (id);',
    "SELECT convalidated FROM pg_constraint WHERE conname = 'users_o_fkey'",
  ],
  [
    'ALTER TABLE users ADD COLUMN low text; UPDATE users SET low = lower(email); ALTER TABLE users ALTER COLUMN low SET NOT NULL;',
    'SELECT bool_and(low = lower(email)) FROM users',
  ],
];

describeWith(bin === undefined ? ['postgres'] : [])('on a real server', () => {
  let postgres: Postgres;
  beforeAll(async () => {
    postgres = await Postgres.start(bin ?? '');
    postgres.psql('postgres', 'CREATE DATABASE seed');
    postgres.psql('seed', SEED);
  }, 60_000);
  afterAll(() => postgres?.stop());

  test.each(CASES.map(([sql, holds], i) => [sql, holds, `case_${i}`] as const))(
    '%s',
    async (sql, holds, database) => {
      const bytes = (text: string) => new TextEncoder().encode(text);
      const sources = [
        { path: 'app/expand/V1__seed.sql', bytes: bytes(SEED.split('INSERT')[0] ?? '') },
        { path: 'app/expand/V2__change.sql', bytes: bytes(sql) },
      ];
      const [fix] = fixSql(sources, { server: 15, transaction: true, releases: {} }, await parser);
      if (fix?.kind !== 'fixed') throw new Error(JSON.stringify(fix));
      postgres.psql('postgres', `CREATE DATABASE ${database} TEMPLATE seed`);
      for (const { text, conf } of fix.files) {
        const statements = split(text).pieces.map((piece) => `${piece.text};`);
        postgres.psql(
          database,
          conf === undefined ? `BEGIN;\n${statements.join('\n')}\nCOMMIT;` : statements.join('\n'),
        );
      }
      expect(postgres.psql(database, holds)).toBe('t');
    },
    60_000,
  );
});
