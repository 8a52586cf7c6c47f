import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runDiff } from '../../lib/cli/diff';

let root: string;
const home = process.cwd();
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'cutover-diff-'));
  process.chdir(root);
});
afterEach(() => {
  process.chdir(home);
  rmSync(root, { recursive: true });
});

function put(file: string, content: string | Buffer): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), content);
}

const git = (...args: readonly string[]): string =>
  execFileSync(
    'git',
    ['-c', 'user.name=x', '-c', 'user.email=x@example.org', '-c', 'init.defaultBranch=main', ...args],
    {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );

function commit(message = 'x'): void {
  git('add', '-A');
  git('commit', '-qm', message, '--allow-empty');
}

async function run(...args: readonly string[]) {
  const told = { out: '', err: '' };
  const exit = await runDiff([...args, '--format', 'json'], {
    out: (text) => {
      told.out += text;
    },
    err: (text) => {
      told.err += text;
    },
    colour: false,
  });
  const json: {
    changes: { object: string; kind: string; file: string; fields: { path: string }[] }[];
    diagnostics: { code: string; file: string; line: number }[];
  } = JSON.parse(told.out || '{}');
  return { exit, ...told, ...json };
}

const config = (name: string, value = 'x') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  key: ${value}\n`;
const codes = ({ diagnostics }: { readonly diagnostics: readonly { readonly code: string }[] }) =>
  diagnostics.map(({ code }) => code);
const told = ({ changes }: Awaited<ReturnType<typeof run>>) =>
  changes.map(({ kind, object, fields }) => [kind, object, ...fields.map(({ path }) => path)].join(' '));

describe('sides', () => {
  test('two files, whatever they are called, and folders', async () => {
    put('one.yaml', config('a'));
    put(
      'two.json',
      JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { key: 'y' } }),
    );
    put('old/x/a.yaml', config('a'));
    put('new/x/a.yaml', config('a', 'y'));
    expect(told(await run('one.yaml', 'two.json'))).toEqual(['changed ConfigMap/a data.key']);
    expect(told(await run('old', 'new'))).toEqual(['changed ConfigMap/a data.key']);
    expect(told(await run('old', 'old'))).toEqual([]);
    expect(told(await run('one.yaml', 'new'))).toEqual(['changed ConfigMap/a data.key']);
  });

  test('refs, paths in refs, and the working tree', async () => {
    git('init', '-q');
    put('dist/a.yaml', config('a'));
    put('other/b.yaml', config('b'));
    commit();
    put('dist/a.yaml', config('a', 'y'));
    put('other/b.yaml', config('b', 'y'));
    commit();
    put('dist/a.yaml', config('a', 'z'));
    expect(told(await run('HEAD~1', 'HEAD'))).toEqual(['changed ConfigMap/a data.key']);
    expect(told(await run('HEAD~1:other', 'HEAD:other'))).toEqual(['changed ConfigMap/b data.key']);
    expect(told(await run('HEAD~1:other', 'HEAD'))).toEqual(['changed ConfigMap/b data.key']);
    expect(told(await run('HEAD~1', 'other'))).toEqual(['changed ConfigMap/b data.key']);
    expect(told(await run('HEAD~1:dist/a.yaml', 'HEAD:dist/a.yaml'))).toEqual(['changed ConfigMap/a data.key']);
    expect((await run('HEAD')).changes[0]?.fields[0]).toMatchObject({ before: true, after: 'z' });
    expect((await run('HEAD', 'dist')).changes[0]?.file).toBe('dist/a.yaml');
  });

  test('without sides: dist against the commit in which the branch left main', async () => {
    git('init', '-q');
    put('dist/a.yaml', config('a'));
    commit();
    git('checkout', '-qb', 'topic');
    git('checkout', '-q', 'main');
    put('dist/b.yaml', config('b'));
    commit('main moves on');
    git('checkout', '-q', 'topic');
    put('dist/a.yaml', config('a', 'y'));
    expect(told(await run())).toEqual(['changed ConfigMap/a data.key']);
    commit();
    expect(told(await run())).toEqual(['changed ConfigMap/a data.key']);
  });

  test('a file that is the same on both sides is never parsed', async () => {
    git('init', '-q');
    put('dist/broken.yaml', 'a: [');
    put('dist/a.yaml', config('a'));
    commit();
    put('dist/a.yaml', config('a', 'y'));
    commit();
    expect(await run('HEAD~1', 'HEAD')).toMatchObject({ exit: 0, diagnostics: [] });
    expect(await run('HEAD~1', 'dist')).toMatchObject({ exit: 0, diagnostics: [] });
  });
});

describe('what cannot be compared', () => {
  test('a side that is not there', async () => {
    git('init', '-q');
    put('dist/a.yaml', config('a'));
    commit();
    expect(codes(await run('nowhere', 'dist'))).toEqual(['DIF001']);
    expect(codes(await run('nowhere:dist', 'dist'))).toEqual(['DIF001']);
    expect(codes(await run('HEAD:nowhere', 'dist'))).toEqual(['DIF002']);
    expect(codes(await run('', 'dist'))).toEqual(['DIF001']);
    expect(codes(await run('a\nHEAD', 'dist'))).toEqual(['DIF001']);
    expect((await run('--upload-pack=x', 'dist')).exit).toBe(64);
  });

  test('no repository, and no main branch', async () => {
    put('dist/a.yaml', config('a'));
    expect(codes(await run('main', 'dist'))).toEqual(['DIF003']);
    git('init', '-q', '-b', 'topic');
    commit();
    expect(codes(await run())).toEqual(['DIF005']);
  });

  test('a shallow clone without the commit in which the branches part', async () => {
    git('init', '-q', 'origin');
    const inOrigin = (...args: readonly string[]) => git('-C', 'origin', ...args);
    put('origin/dist/a.yaml', config('a'));
    for (const branch of ['main', 'topic']) {
      if (branch === 'topic') inOrigin('checkout', '-qb', 'topic');
      put('origin/dist/a.yaml', config('a', branch));
      inOrigin('add', '-A');
      inOrigin('commit', '-qm', branch);
    }
    inOrigin('checkout', '-q', 'main');
    inOrigin('commit', '-qm', 'main moves on', '--allow-empty');
    git('clone', '-q', '--depth', '1', '--no-single-branch', '-b', 'topic', `file://${join(root, 'origin')}`, 'clone');
    process.chdir(join(root, 'clone'));
    const result = await run();
    expect(codes(result)).toEqual(['DIF004']);
    expect(result.exit).toBe(1);
    expect(result.err).toContain('fetch-depth: 0');
  });

  const BAD: readonly (readonly [what: string, code: string, content: string | Buffer, line: number])[] = [
    ['invalid YAML', 'DIF008', `${config('a')}---\na: [\n`, 9],
    ['a key that stands twice', 'DIF009', `${config('a')}  key: y\n`, 7],
    [
      'aliases that explode',
      'DIF010',
      `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n`,
      1,
    ],
    [
      'deep nesting',
      'DIF010',
      `apiVersion: v1\nkind: X\nmetadata: {name: a}\nspec: ${'['.repeat(300)}${']'.repeat(300)}\n`,
      1,
    ],
    ['very deep nesting', 'DIF010', `a: ${'['.repeat(20_000)}${']'.repeat(20_000)}`, 1],
    ['binary', 'DIF006', Buffer.from([0, 1, 2, 3]), 1],
    ['no UTF-8', 'DIF006', Buffer.from([0x61, 0xff, 0xfe]), 1],
    ['a template', 'DIF011', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}-a\n', 4],
    ['an object without a name', 'DIF012', 'apiVersion: v1\nkind: ConfigMap\ndata: {}\n', 1],
    ['a file that is too large', 'DIF007', Buffer.alloc(11 * 2 ** 20, 'a'), 1],
    ['an object that stands twice', 'DIF013', `${config('a')}---\n${config('a', 'z')}`, 8],
  ];

  test.each(BAD)('%s: %s', async (_, code, content, line) => {
    put('old/a.yaml', config('a'));
    put('new/a.yaml', content);
    put('old/b.yaml', config('b'));
    put('new/b.yaml', config('b', 'y'));
    const result = await run('old', 'new');
    expect(codes(result)).toEqual([code]);
    expect(result.diagnostics[0]).toMatchObject({ file: 'new/a.yaml', line });
    expect(result.exit).toBe(code === 'DIF011' ? 0 : 1);
    expect(result.err).toContain(code);
    // The other file is compared none the less, and of the bad one nothing looks removed.
    expect(told(result).filter((change) => !change.includes('ConfigMap/a'))).toEqual(['changed ConfigMap/b data.key']);
    expect(told(result).some((change) => change.startsWith('removed'))).toBe(false);
  });

  test('nothing at all', async () => {
    mkdirSync(join(root, 'old'));
    mkdirSync(join(root, 'new'));
    expect(await run('old', 'new')).toMatchObject({ exit: 0, diagnostics: [{ code: 'DIF014' }] });
  });
});

test('a wrong command line', async () => {
  for (const args of [['--format', 'xml'], ['--fail-on', 'info'], ['a', 'b', 'c'], ['--nothing']]) {
    const told = { out: '', err: '' };
    const exit = await runDiff(args, {
      out: (text) => {
        told.out += text;
      },
      err: (text) => {
        told.err += text;
      },
      colour: false,
    });
    expect(exit).toBe(64);
    expect(told.err).toContain('usage: npm run -s diff');
  }
});
