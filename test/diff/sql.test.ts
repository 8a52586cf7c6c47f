import { compare } from '../../lib/diff/diff';
import { loadSqlJudge, type SqlJudge } from '../../lib/sql/contracts';
import { edited, together } from './corpus/case';
import { CONFIG, ROLLOUT } from './corpus/manifests';
import { compareTexts, given, verdictOf } from './tools';

let judge: SqlJudge;
beforeAll(async () => {
  judge = await loadSqlJudge();
});

const V1 = 'CREATE TABLE users (id bigint PRIMARY KEY, mail varchar(50), age int NOT NULL);';

const sql = (files: Readonly<Record<string, string>>): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web-sql\n  namespace: shop\n  labels:\n    app: web\ndata:\n${Object.entries(
    files,
  )
    .map(([name, text]) => `  ${name}: |\n${text.replace(/^(?=.)/gm, '    ')}\n`)
    .join('')}`;

const effects = (before: string, after: string, by: SqlJudge | undefined = judge): readonly string[] =>
  verdictOf(compareTexts(before, after, by)).filter((line) => /DIF15\d/.test(line));

const EXPAND = ['changed ConfigMap/web-sql: info DIF151 data'];
const CONTRACT = ['changed ConfigMap/web-sql: warning DIF151 data'];

/** What the words alone would take for the other is marked. */
test.each<readonly [string, string, readonly string[], 'by words too' | 'only by the parser']>([
  ['a column that may be null', 'ALTER TABLE users ADD COLUMN name text;', EXPAND, 'by words too'],
  [
    'a column that old inserts leave out',
    'ALTER TABLE users ADD COLUMN name text NOT NULL;',
    CONTRACT,
    'only by the parser',
  ],
  ['a dropped column', 'ALTER TABLE users DROP COLUMN mail;', CONTRACT, 'by words too'],
  ['a dropped column, without the word', 'ALTER TABLE users DROP mail;', CONTRACT, 'by words too'],
  ['a dropped table that this file has made', 'CREATE TABLE t (id int);\nDROP TABLE t;', EXPAND, 'only by the parser'],
  ['a longer text', 'ALTER TABLE users ALTER COLUMN mail TYPE varchar(200);', EXPAND, 'only by the parser'],
  ['another type', 'ALTER TABLE users ALTER COLUMN age TYPE bigint;', CONTRACT, 'by words too'],
  ['a rename', 'ALTER TABLE users RENAME COLUMN mail TO email;', CONTRACT, 'by words too'],
  ['another schema', 'ALTER TABLE users SET SCHEMA archive;', CONTRACT, 'only by the parser'],
  ['all rows', 'TRUNCATE users;', CONTRACT, 'only by the parser'],
  [
    'a drop in a string',
    "INSERT INTO users (id, mail, age) VALUES (1, 'DROP TABLE users', 1);",
    EXPAND,
    'by words too',
  ],
  ['a drop in the body of DO', 'DO $$ BEGIN ALTER TABLE users DROP COLUMN mail; END $$;', CONTRACT, 'by words too'],
  [
    'what says itself that it is a contract',
    '-- phase: contract\nALTER TABLE users DROP COLUMN mail;',
    CONTRACT,
    'by words too',
  ],
])('%s', (_, statement, expected, known) => {
  const [before, after] = [sql({ 'V1__users.sql': V1 }), sql({ 'V1__users.sql': V1, 'V2__change.sql': statement })];
  expect(effects(before, after)).toEqual(expected);
  const words = verdictOf(compareTexts(before, after)).filter((line) => line.includes('DIF151'));
  expect(words.join() === expected.join()).toBe(known === 'by words too');
});

test('where it stands is told', () => {
  const after = sql({ 'V1__users.sql': V1, 'V2__change.sql': '-- why\n\nALTER TABLE users\n  DROP COLUMN mail;' });
  const [change] = compareTexts(sql({ 'V1__users.sql': V1 }), after, judge).changes;
  expect(change?.effects.find(({ code }) => code === 'DIF151')?.message).toMatch(
    /^V2__change\.sql:3 is a contract: DROP COLUMN users\.mail/,
  );
});

test('what PostgreSQL does not read is judged by its words', () => {
  const mysql = (statement: string) => effects(sql({}), sql({ 'V2__change.sql': statement }));
  expect(mysql('ALTER TABLE `users` DROP COLUMN `mail`;')).toEqual(CONTRACT);
  expect(mysql('ALTER TABLE `users` MODIFY `mail` varchar(200) AFTER `id`;')).toEqual(EXPAND);
});

test('what is made only when it runs is said to be unknown', () => {
  const after = sql({ 'V2__change.sql': "DO $$ BEGIN EXECUTE 'DROP TABLE ' || 'users'; END $$;" });
  const [change] = compareTexts(sql({}), after, judge).changes;
  const message = change?.effects.find(({ code }) => code === 'DIF151')?.message;
  expect(message).toContain('as far as its words tell');
});

test('files that undo others do not run', () => {
  expect(
    effects(sql({}), sql({ 'U2__change.sql': 'DROP TABLE users;', '0002_change.down.sql': 'DROP TABLE users;' })),
  ).toEqual([]);
  expect(effects(sql({}), sql({ '0002_change.up.sql': 'DROP TABLE users;' }))).toEqual(CONTRACT);
});

test('files that other tools number have what went before them', () => {
  const before = { '001_users.sql': V1 };
  expect(
    effects(sql(before), sql({ ...before, '002_mail.sql': 'ALTER TABLE users ALTER COLUMN mail TYPE varchar(200);' })),
  ).toEqual(EXPAND);
});

describe('expand, contract, or both with code', () => {
  const released = edited(ROLLOUT, ['web:1.4.0', 'web:1.5.0']);
  const job = (statement: string) =>
    `apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: schema-2\n  namespace: shop\n  labels:\n    app: web\nspec:\n  template:\n    spec:\n      containers:\n        - name: psql\n          image: postgres:17\n          command: [psql, -c, "${statement}"]\n`;
  test.each([
    ['an expand', 'ALTER TABLE users ADD COLUMN name text', ['added Job/schema-2: info DIF151 (root)']],
    [
      'a contract',
      'ALTER TABLE users DROP COLUMN mail',
      ['added Job/schema-2: error DIF150 (root)', 'added Job/schema-2: warning DIF151 (root)'],
    ],
  ])('%s in what a Job gives to its program', (_, statement, expected) => {
    expect(effects(ROLLOUT, together(released, job(statement)))).toEqual(expected);
    expect(effects(ROLLOUT, together(ROLLOUT, job(statement)))).toEqual(
      expected.filter((line) => !line.includes('DIF150')),
    );
  });

  test('a Job of another service breaks nothing of this one', () => {
    const other = job('DROP TABLE users').replace('app: web', 'app: pay');
    expect(effects(ROLLOUT, together(released, other))).toEqual(['added Job/schema-2: warning DIF151 (root)']);
  });
});

test('the parser is loaded only where a change brings SQL', async () => {
  let loaded = 0;
  const load = async () => {
    loaded += 1;
    return judge;
  };
  const sides = (before: string, after: string) => {
    const of = (text: string) =>
      compareTexts('', text).changes.flatMap(({ change }) =>
        change.after === undefined ? [] : [given(change.after.object)],
      );
    return {
      before: of(before),
      after: of(after),
      context: [],
      unread: [],
      faults: [],
      files: { total: 1, changed: 1 },
    };
  };
  await compare(sides(CONFIG, edited(CONFIG, ['LEVEL: info', 'LEVEL: debug'])), load);
  await compare(
    sides(sql({ 'V1__users.sql': V1 }), sql({ 'V1__users.sql': V1 }).replace('app: web', 'app: shop')),
    load,
  );
  expect(loaded).toBe(0);
  await compare(sides(sql({}), sql({ 'V1__users.sql': V1 })), load);
  expect(loaded).toBe(1);
});
