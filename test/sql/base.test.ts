import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { checksummed, compareWithBase } from '../../lib/sql/base';
import { describeWith, findCommand } from '../tools/commands';
import { run as lintSql } from './command';

const bytes = (text: string) => new TextEncoder().encode(text);
const source = (path: string, text = 'SELECT 1;') => ({ path, bytes: bytes(text) });
const BASE = [source('m/app/expand/V1__a.sql'), source('m/app/expand/V2__b.sql'), source('m/app/expand/R__c.sql')];
const compare = (...now: (typeof BASE)[number][]) =>
  compareWithBase(now, BASE).map(({ code, path, line }) => `${code} ${path}:${line}`);

test.each([
  ['a BOM and other line ends are nothing', '\ufeffSELECT 1;\r\nSELECT 2;\r\n', 'SELECT 1;\nSELECT 2;\n', true],
  ['a line break more is nothing, as Flyway joins the lines', 'SELECT 1;\n\n', 'SELECT 1;', true],
  ['a blank is something', 'SELECT 1; ', 'SELECT 1;', false],
  ['a comment is something', 'SELECT 1; -- x', 'SELECT 1;', false],
])('%s', (_, a, b, same) => expect(checksummed(bytes(a)) === checksummed(bytes(b))).toBe(same));

test('nothing is told of what is as it was, of new versions and of repeatable ones', () => {
  const changed = source('m/app/expand/R__c.sql', 'SELECT 2;');
  expect(compare(...BASE.slice(0, 2), changed, source('m/app/contract/V3__d.sql'))).toEqual([]);
});

test('a file may move to another phase, because Flyway does not look at folders', () => {
  expect(compare(source('m/app/backfill/V1__a.sql'), ...BASE.slice(1))).toEqual([]);
});

test.each<[string, readonly ReturnType<typeof source>[], string]>([
  ['changed', [source('m/app/expand/V1__a.sql', 'SELECT 1\n;--'), ...BASE.slice(1)], 'SQL210 m/app/expand/V1__a.sql:1'],
  ['gone', BASE.slice(1), 'SQL211 m/app/expand/V1__a.sql:1'],
  ['repeatable and gone', BASE.slice(0, 2), 'SQL211 m/app/expand/R__c.sql:1'],
  ['renamed', [source('m/app/expand/V1__other.sql'), ...BASE.slice(1)], 'SQL211 m/app/expand/V1__other.sql:1'],
  ['out of order', [...BASE, source('m/app/expand/V1.5__d.sql')], 'SQL212 m/app/expand/V1.5__d.sql:1'],
])('%s', (_, now, told) => expect(compare(...now)).toEqual([told]));

test('services have histories of their own', () => {
  expect(compare(...BASE, source('m/web/expand/V1__x.sql'))).toEqual([]);
});

describeWith(findCommand('git') === undefined ? ['git'] : [])('in a repository', () => {
  let root = '';
  const before = process.cwd();
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.com', ...args], { cwd: root, stdio: 'pipe' });
  const put = (name: string, text: string) => {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  };
  const run = async (...args: readonly string[]) => {
    const { exit, out, err } = await lintSql(['--format', 'json', ...args]);
    return { exit, err, codes: out === '' ? [] : JSON.parse(out).map(({ code }: { code: string }) => code) };
  };
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'sql-base-'));
    git('init', '-q', '-b', 'main');
    put('migrations/app/expand/V1__a.sql', 'CREATE TABLE a (id int);\n');
    put('migrations/app/expand/V2__b.sql', 'CREATE INDEX i ON b (x);\n');
    git('add', '-A');
    git('commit', '-qm', 'one');
    process.chdir(root);
  });
  afterEach(() => {
    process.chdir(before);
    rmSync(root, { recursive: true });
  });

  test('the base is where the branch left the main one', async () => {
    git('checkout', '-qb', 'change');
    git('checkout', '-q', 'main');
    put('migrations/app/expand/V3__later.sql', 'SELECT 1;\n');
    git('add', '-A');
    git('commit', '-qm', 'two');
    git('checkout', '-q', 'change');
    put('migrations/app/expand/V1__a.sql', 'CREATE TABLE a (id bigint);\n');
    expect(await run('--base')).toMatchObject({ exit: 1, codes: ['SQL210', 'SQL101'] });
    expect((await run('migrations/app', '--base', 'main')).codes).toEqual(['SQL210', 'SQL101']);
    expect((await run('--base', 'HEAD', join(root, 'migrations'))).codes).toEqual(['SQL210', 'SQL101']);
    expect((await run()).codes).toEqual(['SQL101']);
    renameSync('migrations/app/expand/V1__a.sql', 'migrations/app/expand/V1__z.sql');
    expect((await run('--base')).codes).toContain('SQL211');
  });

  test('what may have been applied is not fixed', async () => {
    const { exit, err } = await run('--base', 'main', '--fix');
    expect(exit).toBe(1);
    expect(err).toContain('not fixed migrations/app/expand/V2__b.sql:1: it may have been applied');
  });

  test('a base that is not there is a fault of the command line', async () => {
    expect((await run('--base', 'nowhere')).exit).toBe(64);
  });
});
