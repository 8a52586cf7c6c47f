import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../tools/catalog';
import { run } from './command';

test('the sample is clean', async () => {
  const { exit, out } = await run([join(ROOT, 'migrations'), '--format', 'json']);
  expect(exit).toBe(0);
  expect(JSON.parse(out).filter(({ severity }: { severity: string }) => severity !== 'info')).toEqual([]);
});

test('JSON has code, severity, path, line, column, message and hint', async () => {
  const { exit, out } = await run(['-', '--format', 'json'], 'DROP TABLE users;');
  expect(exit).toBe(1);
  expect(Object.keys(JSON.parse(out)[0])).toEqual(['code', 'severity', 'path', 'line', 'column', 'message', 'hint']);
});

test.each([
  ['text', 'SQL143'],
  ['sarif', '"ruleId": "SQL143"'],
  ['github', '::error file=<stdin>,line=1'],
])('format %s', async (format, part) => {
  expect((await run(['-', '--format', format], 'DROP TABLE users')).out).toContain(part);
});

test('options change the verdict', async () => {
  expect((await run(['-', '--phase', 'contract'], 'DROP TABLE users')).exit).toBe(0);
  expect((await run(['-', '--no-transaction'], 'CREATE INDEX CONCURRENTLY i ON t (a)')).exit).toBe(0);
  expect((await run(['-', '--server=18'], 'ALTER TABLE t ADD CONSTRAINT c NOT NULL a NOT VALID')).exit).toBe(0);
});

test.each([['--phase', 'x'], ['--server', '12'], ['--format', 'xml'], ['--schema', 'none.sql'], ['--nonsense']])(
  'usage: %s %s',
  async (...args) => {
    expect((await run(['-', ...args])).exit).toBe(64);
  },
);

test('releases and schema are read from files, and their faults told', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lint-sql-'));
  try {
    const [releases, schema] = [join(folder, 'releases.json'), join(folder, 'prior.sql')];
    writeFileSync(releases, '{"stable":{"reads":["users.a"]}}');
    writeFileSync(schema, 'CREATE TABLE users (a varchar(10));');
    const sql = 'ALTER TABLE users DROP COLUMN a';
    expect((await run(['-', '--phase=contract'], sql)).exit).toBe(0);
    expect((await run(['-', '--phase=contract', '--releases', releases], sql)).out).toContain('SQL201');
    expect((await run(['-', '--releases', join(ROOT, 'package.json')], sql)).exit).toBe(64);
    expect((await run(['-', '--schema', schema], 'ALTER TABLE users ALTER COLUMN a TYPE text')).exit).toBe(0);
    expect((await run(['nowhere.sql'])).exit).toBe(1);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
