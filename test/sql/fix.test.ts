import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { run } from './command';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fix-sql-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

const names = (): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort();
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
const all = (): Readonly<Record<string, string>> => Object.fromEntries(names().map((name) => [name, read(name)]));

const USERS =
  'CREATE TABLE users (id bigint PRIMARY KEY, email text, confirmed_at timestamptz, created_at timestamptz);';

/** Fixes what was written; what is left lints clean, and fixing it again changes nothing. */
async function fix(files: Readonly<Record<string, string>>): Promise<string> {
  write({ 'app/expand/V1__users.sql': USERS, ...files });
  const first = await run(['--fix', folder, '--format', 'json']);
  expect(JSON.parse(first.out).filter(({ severity }: { severity: string }) => severity !== 'info')).toEqual([]);
  const after = all();
  const second = await run(['--fix', folder]);
  expect(second.err).toBe('');
  expect(all()).toEqual(after);
  return first.err.replaceAll(`${folder}/`, '');
}

test('the usual single file becomes three, in their folders, with their .conf', async () => {
  const said = await fix({
    'app/expand/V2__verified.sql': `-- for the list
ALTER TABLE users ADD COLUMN verified boolean DEFAULT false NOT NULL;
CREATE INDEX CONCURRENTLY users_verified ON users (created_at) WHERE verified;
UPDATE users SET verified = true WHERE confirmed_at IS NOT NULL;
`,
  });
  expect(said.trim().split('\n')).toEqual([
    'changed app/expand/V2__verified.sql',
    'wrote app/expand/V2.1__verified_users_verified.sql',
    'wrote app/expand/V2.1__verified_users_verified.sql.conf',
    'wrote app/backfill/V2.2__verified_users_backfill.sql',
    'wrote app/backfill/V2.2__verified_users_backfill.sql.conf',
  ]);
  expect(read('app/expand/V2__verified.sql')).toBe(
    "SET LOCAL lock_timeout = '2s';\n\n-- for the list\nALTER TABLE users ADD COLUMN verified boolean DEFAULT false NOT NULL;\n",
  );
  const index = read('app/expand/V2.1__verified_users_verified.sql');
  expect(index.indexOf('SET lock_timeout = 0;')).toBe(0);
  expect(index.indexOf('DROP INDEX CONCURRENTLY IF EXISTS users_verified;')).toBeLessThan(
    index.indexOf('CREATE INDEX'),
  );
  expect(index).toContain('indisvalid');
  expect(read('app/backfill/V2.2__verified_users_backfill.sql.conf')).toContain('executeInTransaction=false');
});

test.each([
  [
    'CREATE INDEX ON users (lower(email), created_at)',
    ['CREATE INDEX CONCURRENTLY users_created_at_idx ON users (lower(email)'],
  ],
  [
    'CREATE UNIQUE INDEX IF NOT EXISTS "Ux" ON public.users USING btree (email) WHERE email <> \'\'',
    ['CREATE UNIQUE INDEX CONCURRENTLY "Ux" ON public.users USING btree'],
  ],
  ['DROP INDEX a, b', ['DROP INDEX CONCURRENTLY IF EXISTS a;', 'DROP INDEX CONCURRENTLY IF EXISTS b;']],
  ['REINDEX TABLE users', ['REINDEX TABLE CONCURRENTLY users']],
  [
    'ALTER TABLE users ADD CONSTRAINT c CHECK (id > 0)',
    ['ADD CONSTRAINT c CHECK (id > 0) NOT VALID;', 'VALIDATE CONSTRAINT c;'],
  ],
  ['ALTER TABLE users ADD CHECK (id > 0)', ['ADD CONSTRAINT users_id_check CHECK (id > 0) NOT VALID;']],
  [
    'CREATE TABLE o (u bigint);\nALTER TABLE users ADD COLUMN o bigint, ADD FOREIGN KEY (o) REFERENCES orders (id)',
    ['ADD COLUMN o bigint;', 'ADD CONSTRAINT users_o_fkey FOREIGN KEY (o) REFERENCES orders (id) NOT VALID;'],
  ],
  [
    'ALTER TABLE users ADD CONSTRAINT u UNIQUE (email) DEFERRABLE',
    ['CREATE UNIQUE INDEX CONCURRENTLY u ON users (email);', 'ADD CONSTRAINT u UNIQUE USING INDEX u DEFERRABLE;'],
  ],
  [
    'ALTER TABLE users ALTER COLUMN email SET NOT NULL',
    [
      'CHECK (email IS NOT NULL) NOT VALID;',
      'VALIDATE CONSTRAINT users_email_not_null;',
      'SET NOT NULL, DROP CONSTRAINT',
    ],
  ],
  [
    'ALTER TABLE users ADD COLUMN a int; ALTER TABLE orders ADD COLUMN b int',
    ['ADD COLUMN a int;', 'ADD COLUMN b int;'],
  ],
  [
    'BEGIN; ALTER TABLE users ADD COLUMN a int; COMMIT;',
    ["SET LOCAL lock_timeout = '2s';\n\nALTER TABLE users ADD COLUMN a int;\n"],
  ],
  [
    'CREATE TRIGGER t BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION f()',
    ["SET LOCAL lock_timeout = '2s';\n\nCREATE TRIGGER"],
  ],
  [
    'UPDATE users AS u SET email = lower(u.email_old)',
    ['UPDATE users AS u SET email = lower(u.email_old)\n          WHERE u.id >= batch_from AND u.id <= batch_to;'],
  ],
  ['DELETE FROM users WHERE email IS NULL OR confirmed_at IS NULL', ['AND (email IS NULL OR confirmed_at IS NULL);']],
])('%s', async (sql, parts) => {
  await fix({ 'app/expand/V2__change.sql': `${sql};` });
  const text = Object.values(all()).join('\n');
  for (const part of parts) expect(text).toContain(part);
});

test('what tightens comes after the back-fill that it needs', async () => {
  await fix({
    'app/expand/V2__a.sql': `ALTER TABLE users ADD COLUMN a text;
UPDATE users SET a = email;
ALTER TABLE users ALTER COLUMN a SET NOT NULL;`,
  });
  expect(names().filter((name) => name.endsWith('.sql'))).toEqual([
    'app/backfill/V2.1__a_users_backfill.sql',
    'app/contract/V2.2__a_users_a_not_null.sql',
    'app/contract/V2.3__a_validate_users_a.sql',
    'app/contract/V2.4__a_a_not_null.sql',
    'app/expand/V1__users.sql',
    'app/expand/V2__a.sql',
  ]);
});

test('versions are free ones, before the next that is there', async () => {
  await fix({
    'app/expand/V2__a.sql': 'ALTER TABLE users ADD COLUMN a int; CREATE INDEX i ON users (a);',
    'app/expand/V2.1__b.sql': "COMMENT ON TABLE users IS 'b';",
  });
  expect(names()).toContain('app/expand/V2.0.1__a_i.sql');
});

test('without folders of phases a comment says the phase', async () => {
  write({ 'V1__users.sql': USERS, 'V2__b.sql': 'UPDATE users SET email = NULL;' });
  expect((await run(['--fix', folder])).exit).toBe(0);
  expect(read('V2__b.sql')).toMatch(/^-- cutover:phase backfill\n/);
});

test.each([
  ['ALTER TABLE users DROP COLUMN email', 'SQL143 would be left'],
  ['ALTER TABLE users ALTER COLUMN id TYPE text', 'SQL131 would be left'],
  ['UPDATE users SET id = id + 1', 'id is made from itself'],
  ['INSERT INTO orders SELECT * FROM users', 'no key to walk along'],
  ['DROP INDEX a CASCADE', 'knows no CASCADE'],
  ["DO $$ BEGIN EXECUTE 'x'; END $$", 'SQL004 would be left'],
  ['SELEC 1', 'cannot be read as a whole'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder of Flyway.
  ['UPDATE users SET email = ${x}', 'cannot be read as a whole'],
  ['ALTER TABLE users ADD CONSTRAINT e EXCLUDE (email WITH =)', 'EXCLUDE'],
  ['WITH a AS (SELECT 1) UPDATE users SET email = NULL', 'write the batches by hand'],
])('refuses %s', async (sql, why) => {
  write({ 'app/expand/V1__users.sql': USERS, 'app/expand/V2__x.sql': `${sql};` });
  const before = all();
  const { exit, err } = await run(['--fix', folder]);
  expect(exit).toBe(sql.startsWith('DO') ? 0 : 1);
  expect(err).toContain('not fixed');
  expect(err).toContain(why);
  expect(all()).toEqual(before);
});

test('a file that is there is never overwritten', async () => {
  const files = {
    'app/expand/V1__users.sql': USERS,
    'app/expand/V2__a.sql': 'CREATE INDEX i ON users (email);',
    'app/expand/V2__a.sql.conf': 'executeInTransaction=true\n',
  };
  write(files);
  const { err } = await run(['--fix', folder]);
  expect(err).toContain('V2__a.sql.conf is there already');
  expect(all()).toEqual(files);
});

test('a file that may not be split is left as it is', async () => {
  write({ 'change.sql': 'ALTER TABLE users ADD COLUMN a int; CREATE INDEX i ON users (a);' });
  expect((await run(['--fix', folder])).err).toContain('name it V<version>__<words>.sql');
  expect(existsSync(join(folder, 'change.sql.conf'))).toBe(false);
});

test('the standard input is printed as what it becomes', async () => {
  const header = await run(['--fix', '-'], 'ALTER TABLE users ADD COLUMN a int;');
  expect(header).toEqual({
    exit: 0,
    out: "SET LOCAL lock_timeout = '2s';\n\nALTER TABLE users ADD COLUMN a int;\n",
    err: '',
  });
  const split = await run(['--fix', '-'], 'ALTER TABLE users ADD COLUMN a int; CREATE INDEX i ON users (a);');
  expect(split.out).toContain('-- V1.1__change_i.sql, with V1.1__change_i.sql.conf: executeInTransaction=false\n');
  const refused = await run(['--fix', '-'], 'DROP TABLE users;');
  expect(refused).toMatchObject({ exit: 1, out: 'DROP TABLE users;' });
  expect((await run(['--fix', '-'], 'SELECT 1;')).out).toBe('SELECT 1;');
});
