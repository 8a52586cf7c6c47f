import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from '../tools/catalog';

/** What the launcher bundles apart, as it lists it. */
const CHUNKS = [
  ...(/MAIN_CHUNKS = \[([^\]]*)\]/.exec(readFileSync(join(ROOT, 'lib/cli/launch.cjs'), 'utf8'))?.[1] ?? '').matchAll(
    /'([^']+)'/g,
  ),
].map(([, chunk]) => chunk ?? '');

/**
 * A project of three lines under the real launcher: its bundle is made in a moment. The second chunk is loaded late, as
 * the charts are.
 */
const FILES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(CHUNKS.map((chunk) => [chunk, 'export {};\n'])),
  'main.ts':
    "setTimeout(() => process.stdout.write(require('./charts/render').words()), Number(process.argv[2] ?? 0));\n",
  'charts/render.ts': "import { word } from './word';\nexport const words = () => word.concat(' and on');\n",
  'charts/word.ts': "export const word = 'one';\n",
  'lib/build/validators.ts': 'export const REPLACEMENTS = [];\n',
  'package-lock.json': '{}',
};

const STATE = `built.${process.version}.json`;

let root: string;
const cache = () => join(root, 'node_modules/.cache/cutover/synth');

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'cutover-launch-'));
  const put = (file: string, text: string) => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  for (const [file, text] of Object.entries(FILES)) put(file, text);
  for (const file of ['lib/cli/launch.cjs', 'lib/build/build.mjs']) put(file, readFileSync(join(ROOT, file), 'utf8'));
  put('node_modules/esbuild/package.json', '{"name":"esbuild","type":"module","exports":"./index.js"}');
  put(
    'node_modules/esbuild/index.js',
    `export { build } from ${JSON.stringify(join(ROOT, 'node_modules/esbuild/lib/main.js'))};`,
  );
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const run = (node = process.execPath) => {
  const { status, stdout, stderr } = spawnSync(node, [join(root, 'lib/cli/launch.cjs'), 'synth'], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { status, stdout, stderr };
};

const said = (word: string) => ({ status: 0, stdout: `${word} and on`, stderr: '' });

/** Every file of the cache, from its root. */
const kept = () =>
  readdirSync(cache(), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

const change = (word: string) => writeFileSync(join(root, 'charts/word.ts'), `export const word = '${word}';\n`);

test('a change of the same length is seen, and nothing of the build before is used', () => {
  expect([run(), run()]).toEqual([said('one'), said('one')]);
  change('two');
  expect([run(), run()]).toEqual([said('two'), said('two')]);
  change('one');
  expect(run()).toEqual(said('one'));
});

const DAMAGES: readonly (readonly [string, (bytes: Buffer) => Buffer | string])[] = [
  ['empty', () => ''],
  ['cut', (bytes) => bytes.subarray(0, bytes.length / 2)],
  ['other bytes', (bytes) => Buffer.alloc(bytes.length, 7)],
  ['some other bytes', (bytes) => Buffer.from(bytes).fill(255, bytes.length >> 1, (bytes.length >> 1) + 40)],
  ['null', () => 'null'],
  ['an empty object', () => '{}'],
  ['fresh by what it says', () => JSON.stringify({ build: 'x', inputs: [] })],
];

test.each(DAMAGES)('damaged files of the cache, one at a time, change nothing: %s', (_, damage) => {
  run();
  const files = kept();
  expect(files.filter((file) => file.endsWith('.code'))).toHaveLength(2);
  // The state, the entry and the two files of code that were run, beside the chunks.
  expect(files).toHaveLength(CHUNKS.length + 4);
  for (const file of files) {
    const bytes = readFileSync(file);
    writeFileSync(file, damage(bytes));
    expect(run()).toEqual(said('one'));
    writeFileSync(file, bytes);
  }
});

test('a run that began with a build ends with it, although another one is made meanwhile', async () => {
  run();
  const slow = spawn(process.execPath, [join(root, 'lib/cli/launch.cjs'), 'synth', '3500']);
  const output = new Promise<string>((resolve) => {
    slow.stdout.once('data', (data) => resolve(String(data)));
  });
  await new Promise((resolve) => setTimeout(resolve, 1500));
  change('two');
  expect(run()).toEqual(said('two'));
  expect(await output).toBe('one and on');
  expect([run(), run()]).toEqual([said('two'), said('two')]);
});

test('four first runs at once all succeed', async () => {
  const runs = Array.from({ length: 4 }, () => {
    const child = spawn(process.execPath, [join(root, 'lib/cli/launch.cjs'), 'synth'], { timeout: 60_000 });
    return new Promise<unknown>((resolve) => {
      const words: string[] = [];
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => words.push(String(data)));
      child.once('close', (status) => resolve({ status, words }));
    });
  });
  for (const ended of await Promise.all(runs)) expect(ended).toEqual({ status: 0, words: ['one and on'] });
});

test('a bundle that cannot be made is told in a line', () => {
  writeFileSync(join(root, 'charts/word.ts'), 'export const word = ;');
  const { status, stdout, stderr } = run();
  expect({ status, stdout }).toEqual({ status: 70, stdout: '' });
  expect(stderr).toMatch(/^cutover cannot be started: Build failed/m);
  expect(stderr).not.toMatch(/\n\s+at /);
});

test('a fresh checkout with a restored cache takes it over, also where it cannot be written', () => {
  run();
  const state = readFileSync(join(cache(), STATE), 'utf8');
  cpSync(join(root, 'charts'), join(root, 'again'), { recursive: true });
  rmSync(join(root, 'charts'), { recursive: true });
  cpSync(join(root, 'again'), join(root, 'charts'), { recursive: true });
  rmSync(join(cache(), STATE));
  mkdirSync(join(cache(), STATE));
  chmodSync(cache(), 0o555);
  expect(run()).toEqual(said('one'));
  rmSync(join(cache(), STATE), { recursive: true });
  writeFileSync(join(cache(), STATE), state);
  expect(run()).toEqual(said('one'));
});
