// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Flyway's placeholders look like that.
import { lintSql } from '../../lib/sql/lint';
import { lint, parser, told } from './tools';

const bytes = (sql: string | Uint8Array): Uint8Array => (typeof sql === 'string' ? new TextEncoder().encode(sql) : sql);
const raw = async (sql: string | Uint8Array, path = 'x.sql', conf?: string) =>
  lintSql(
    [{ path, bytes: bytes(sql), ...(conf !== undefined && { conf }) }],
    { server: 15, transaction: true, releases: {} },
    await parser,
  );

const LONG = 'x'.repeat(1024 * 1024);

test.each<readonly [string, string | Uint8Array, string]>([
  ['a quote that is not closed', "SELECT 1; SELECT 'abc; DROP TABLE users;", 'SQL001'],
  ['a comment that is not closed', '/* DROP TABLE users;', 'SQL001'],
  ['a dollar quote that is not closed', 'DO $a$ BEGIN END $b$', 'SQL001'],
  ['a NUL byte', 'SELECT 1;\0DROP TABLE users', 'SQL002'],
  ['UTF-16', new Uint8Array([0xff, 0xfe, 0x53, 0x00]), 'SQL002'],
  ['Latin-1', new Uint8Array([0x53, 0xe9]), 'SQL002'],
  ['a command of psql', '\\i other.sql\nSELECT 1;', 'SQL003'],
  ['gexec behind a statement', "SELECT 'DROP TABLE users' \\gexec", 'SQL001'],
  ['COPY data without an end', 'COPY t FROM stdin;\n1\t2\n', 'SQL001'],
  ['nothing', '', 'SQL007'],
  ['only a remark', '-- nothing', 'SQL007'],
  ['deep nesting', `SELECT ${'('.repeat(20_000)}1${')'.repeat(20_000)}`, 'SQL001'],
  [
    'a body nested deeply',
    `DO $$ BEGIN ${'IF true THEN '.repeat(3000)} DROP TABLE users; ${'END IF; '.repeat(3000)} END $$`,
    'SQL001',
  ],
  ['a sum without end', `UPDATE t SET a = 1 WHERE id BETWEEN 1 AND ${'1+'.repeat(4000)}1`, 'SQL001'],
  [
    'functions that call each other without end',
    `${Array.from({ length: 2000 }, (_, i) => `CREATE FUNCTION f${i}() RETURNS int LANGUAGE sql AS $$ SELECT f${i + 1}(), f${i + 2}() $$;`).join('\n')}SELECT f0();`,
    'SQL004',
  ],
  ['a statement behind a fault', 'SELEC 1; DROP TABLE users;', 'SQL143'],
  ['a placeholder that is a statement', '${what} users;', 'SQL006'],
  ['a placeholder that decides', 'ALTER TABLE users ADD COLUMN a ${type};', 'SQL006'],
  ['a long line', `DROP TABLE users; -- ${LONG}`, 'SQL143'],
  ['a BOM and CRLF', '\ufeffDROP TABLE users;\r\n', 'SQL143'],
  ['a quoted name', 'DROP TABLE "Users; --"', 'SQL143'],
  ['a semicolon in a dollar quote', 'SELECT $$;$$; DROP TABLE users', 'SQL143'],
])('%s', async (_, sql, code) => expect(told(await raw(sql))).toContain(code));

test.each([
  ['COPY data', 'COPY t FROM stdin;\nDROP TABLE users;\t2\n\\.\nSELECT 1;'],
  ['CRLF and a BOM', '\ufeffSELECT 1;\r\nSELECT 2;\r\n'],
  ['a string of a mebibyte', `INSERT INTO t (a) VALUES ('${LONG}')`],
  ['placeholders for names', 'CREATE TABLE ${schema}.t (a int); GRANT SELECT ON ${schema}.t TO ${role};'],
  ['a placeholder in a string', "COMMENT ON TABLE t IS '${text}'"],
  ['an escaped string', "SELECT E'it\\'s; DROP TABLE users'"],
])('accepts %s', async (_, sql) => expect(told(await raw(sql))).toEqual([]));

test('findings have their line and column', async () => {
  const [found] = await raw("SELECT 'é';\n  DROP TABLE users;");
  expect(found).toMatchObject({ code: 'SQL143', severity: 'error', path: 'x.sql', line: 2, column: 3 });
});

test('an ignore needs a code and a reason, and must be needed', async () => {
  expect(told(await raw('-- cutover:ignore SQL143 nobody uses it\nDROP TABLE users;'))).toEqual([]);
  expect(told(await raw('-- cutover:ignore SQL143\nDROP TABLE users;'))).toEqual(['SQL013', 'SQL143']);
  expect(told(await raw('-- cutover:ignore SQL101 small\nSELECT 1;'))).toEqual(['SQL012']);
});

test('the phase comes from the folder or a comment, and they must agree', async () => {
  expect(told(await raw('DROP TABLE users', 'migrations/a/contract/V1__x.sql'))).toEqual([]);
  expect(told(await raw('-- cutover:phase contract\nDROP TABLE users'))).toEqual([]);
  expect(told(await raw('-- cutover:phase expand\nSELECT 1', 'migrations/a/contract/V1__x.sql'))).toEqual(['SQL011']);
});

test('the .conf decides about the transaction', async () => {
  const sql = 'CREATE INDEX CONCURRENTLY ix ON users (a)';
  expect(told(await raw(sql, 'x.sql', 'executeInTransaction=false'))).toEqual([]);
  expect(told(await raw(sql, 'x.sql', 'executeInTransactions=false'))).toEqual(['SQL014', 'SQL102']);
});

test('the usual single file is refused with the split that it needs', async () => {
  const findings = await lint({
    sql: 'ALTER TABLE users ADD COLUMN v boolean NOT NULL DEFAULT false; CREATE INDEX CONCURRENTLY ix ON users (v); UPDATE users SET v = true WHERE at IS NOT NULL;',
  });
  expect(told(findings)).toEqual(['SQL015', 'SQL102', 'SQL161', 'SQL162']);
  expect(findings.map(({ hint }) => hint).join(' ')).toContain('executeInTransaction=false');
});

test('a history is replayed: a file knows what those before it did', async () => {
  const files = {
    'm/V2__b.sql': 'ALTER TABLE t ALTER COLUMN a TYPE varchar(20)',
    'm/V1__a.sql': 'CREATE TABLE t (a varchar(10))',
    'm/V2.0__c.sql': 'SELECT 1',
  };
  const sources = Object.entries(files).map(([path, sql]) => ({ path, bytes: bytes(sql) }));
  const findings = lintSql(sources, { server: 15, transaction: true, releases: {} }, await parser);
  expect(told(findings)).toEqual(['SQL009']);
});

test('1,000 migrations take less than three seconds', async () => {
  const sources = Array.from({ length: 1000 }, (_, i) => ({
    path: `m/V${i + 1}__x.sql`,
    bytes: bytes(
      `CREATE TABLE t${i} (id bigint PRIMARY KEY, a text);\nALTER TABLE t${i} ADD COLUMN b int;\nCOMMENT ON TABLE t${i} IS 'x';`,
    ),
  }));
  const began = process.cpuUsage();
  expect(lintSql(sources, { server: 15, transaction: true, releases: {} }, await parser)).toEqual([]);
  const { user, system } = process.cpuUsage(began);
  expect((user + system) / 1000).toBeLessThan(3000);
});

test('a file of many statements takes no longer for each of them', async () => {
  const took = async (count: number) => {
    const sql = Array.from({ length: count }, (_, i) => `ALTER TABLE t ADD COLUMN a${i} int;`).join('\n');
    const began = process.cpuUsage();
    await raw(sql);
    return process.cpuUsage(began).user;
  };
  const few = await took(1000);
  expect(await took(8000)).toBeLessThan(8 * few * 3);
});

test('a back-fill needs a trigger or a second pass before its source is dropped', async () => {
  const files = {
    'm/expand/V1__a.sql': 'CREATE TABLE users (id bigint PRIMARY KEY, a text)',
    'm/expand/V2__b.sql': 'ALTER TABLE users ADD COLUMN b text',
    'm/backfill/V3__c.sql': 'UPDATE users SET b = a WHERE id BETWEEN 1 AND 1000',
    'm/contract/V5__e.sql': 'ALTER TABLE users DROP COLUMN a',
  };
  const judge = async (more: Readonly<Record<string, string>>) =>
    told(
      lintSql(
        Object.entries({ ...files, ...more }).map(([path, sql]) => ({ path, bytes: bytes(sql) })),
        { server: 15, transaction: true, releases: {} },
        await parser,
      ),
    );
  const sync = (body: string) =>
    `ALTER TABLE users ADD COLUMN b text; CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${body} RETURN NEW; END $$;
     SET LOCAL lock_timeout = '1s'; CREATE TRIGGER t BEFORE INSERT OR UPDATE ON users FOR EACH ROW EXECUTE FUNCTION f()`;
  expect(await judge({})).toEqual(['SQL213']);
  expect(await judge({ 'm/backfill/V4__d.sql': 'UPDATE users SET b = a WHERE id BETWEEN 1 AND 1000' })).toEqual([]);
  expect(await judge({ 'm/expand/V2__b.sql': sync('NEW.b := NEW.a;') })).toEqual([]);
  expect(await judge({ 'm/expand/V2__b.sql': sync('NEW.changed_at := now();') })).toEqual(['SQL213']);
});

test('rows that move to another table need a trigger or a second pass as well', async () => {
  const schema = `CREATE TABLE a (id bigint PRIMARY KEY); CREATE TABLE b (id bigint PRIMARY KEY); INSERT INTO b SELECT * FROM a;`;
  expect(told(await lint({ sql: 'DROP TABLE a', phase: 'contract', schema }))).toEqual(['SQL213']);
  expect(told(await lint({ sql: 'DROP TABLE b', phase: 'contract', schema }))).toEqual([]);
});
