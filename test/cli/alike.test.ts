import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as charts from '../../charts/render';
import { openCatalog } from '../../lib/catalog/read';
import type { Charts } from '../../lib/cli/charts';
import { runSynth } from '../../lib/cli/synth';
import * as linter from '../../lib/sql/linter';
import { MINIMAL, MINIMAL_FILES, removeWorkspaces, workspace } from '../catalog/minimal';
import { treeOf } from '../unbreakable/place';

jest.setTimeout(60_000);
const caches: string[] = [];
afterAll(() => {
  removeWorkspaces();
  for (const folder of caches) rmSync(folder, { recursive: true });
});

const KEYS = Array.from({ length: 30 }, (_, i) => `api-${10 + i}`);
const FOLDERS = Object.fromEntries(
  KEYS.flatMap((key) =>
    Object.entries(MINIMAL_FILES).map(([path, text]) => [path.replace('/api/', `/${key}/`), text] as const),
  ),
);

/** Thirty services that differ in their keys and versions, each with migrations of its own; `files` stand beside them. */
function folderOf(settings: object = {}, files: Readonly<Record<string, string>> = {}): string {
  const { environments, services } = MINIMAL;
  const versions = Object.fromEntries(KEYS.map((key, i) => [key, `2.${i}.0`]));
  const catalog = {
    ...MINIMAL,
    environments: { production: { ...environments.production, versions } },
    services: Object.fromEntries(KEYS.map((key) => [key, { ...services.api, allowedCallers: {}, ...settings }])),
  };
  return workspace({ 'services.json': JSON.stringify(catalog), ...FOLDERS, ...files });
}

interface Run {
  readonly exit: number;
  readonly err: string;
  readonly dist: Readonly<Record<string, string>> | undefined;
  /** The services that were rendered by themselves, in the order in which that was done. */
  readonly rendered: readonly string[];
}

function newCache(): string {
  const cache = mkdtempSync(join(tmpdir(), 'synth-alike-'));
  caches.push(cache);
  return cache;
}

/** Runs synth in a folder; only with a cache may one service tell of another. */
async function synth(
  folder: string,
  cache: string | undefined,
  made: Partial<Charts> = {},
  ...words: readonly string[]
): Promise<Run> {
  const rendered: string[] = [];
  let err = '';
  const before = process.cwd();
  process.chdir(folder);
  try {
    const exit = await runSynth({
      arguments: words,
      catalogFile: 'services.json',
      openCatalog,
      outputDirectory: 'dist',
      charts: () => ({
        ...charts,
        ...made,
        renderService: (platform, environment, service) => {
          rendered.push(service.key);
          return (made.renderService ?? charts.renderService)(platform, environment, service);
        },
      }),
      linter: () => linter,
      cache: { directory: cache, build: 'test' },
      out: () => undefined,
      err: (text) => {
        err += text;
      },
    });
    return { exit, err, dist: treeOf('dist'), rendered };
  } finally {
    process.chdir(before);
  }
}

test('services that are alike have the files that they would be rendered to', async () => {
  const folder = folderOf();
  const each = await synth(folder, undefined);
  const some = await synth(folder, newCache());
  expect([each.exit, each.err, each.rendered]).toEqual([0, '', KEYS]);
  expect([some.exit, some.err]).toEqual([0, '']);
  expect(some.dist).toEqual(each.dist);
  expect(Object.keys(some.dist ?? {}).length).toBeGreaterThan(3 * KEYS.length);
  // The one whose version is that of the migrations; of the others the first and who differs most from it, which tells what varies.
  expect(some.rendered.slice(0, 3)).toEqual(['api-10', 'api-11', 'api-30']);
  // Beside them, who has a digit where none of the two has another one, and of whom a hash or a word may be read as something else.
  expect(some.rendered.length).toBeLessThan(8);
});

test('what a warning is told of is rendered each time, and told each time', async () => {
  const warned: Partial<Charts> = {
    renderService: (platform, environment, service) =>
      charts.renderService(platform, environment, service).map((file) => ({
        ...file,
        findings: [{ code: 'MAN001', severity: 'warning', path: `services.${service.key}`, message: 'odd' }],
      })),
  };
  const { exit, err, rendered } = await synth(folderOf(), newCache(), warned);
  expect([exit, [...rendered].sort()]).toEqual([0, KEYS]);
  for (const key of KEYS) expect(err).toContain(`services.${key}: odd`);
});

test('what is wrong with the migrations of many is told of each of them', async () => {
  const unsafe = Object.fromEntries(
    KEYS.map((key) => [`migrations/${key}/expand/V1.1__index.sql`, 'CREATE INDEX items_a ON items (a);\n']),
  );
  const { exit, err, rendered } = await synth(folderOf({}, unsafe), newCache());
  expect([exit, [...rendered].sort()]).toEqual([1, KEYS]);
  for (const key of KEYS)
    expect(err).toMatch(new RegExp(`error SQL101 migrations/${key}/expand/V1.1__index.sql:1:1 services.${key}`));
});

test('migrations of one that differ from those of the others are judged', async () => {
  const unsafe = { 'migrations/api-35/expand/V1.1__index.sql': 'CREATE INDEX items_a ON items (a);\n' };
  const { exit, err } = await synth(folderOf({}, unsafe), newCache());
  expect([exit, err.match(/^error .*/gm)]).toEqual([1, [expect.stringContaining('SQL101 migrations/api-35/')]]);
});

test('where services of one shape turn out to differ, each is rendered by itself', async () => {
  const truncating: Partial<Charts> = {
    renderService: (platform, environment, service) => {
      const [first, ...rest] = charts.renderService(platform, environment, service);
      return first === undefined ? [] : [{ ...first, text: `# ${service.key.slice(0, 5)}\n${first.text}` }, ...rest];
    },
  };
  const folder = folderOf();
  const each = await synth(folder, undefined, truncating);
  const some = await synth(folder, newCache(), truncating);
  expect(some.dist).toEqual(each.dist);
  expect([some.exit, some.err, some.rendered.slice(-KEYS.length)]).toEqual([0, '', KEYS]);
  // So it was found out, and not for want of trying.
  expect(some.rendered.length).toBeGreaterThan(KEYS.length);
});

test('migrations that change between the comparison and the rendering are read again, with all the rest', async () => {
  const folder = folderOf();
  const changed = { 'V1__items.sql': 'CREATE TABLE items (id bigint PRIMARY KEY, a text);\n' };
  let first = true;
  const racing: Partial<Charts> = {
    renderService: (platform, environment, service) => {
      if (first)
        for (const key of KEYS)
          for (const [name, text] of Object.entries(changed))
            writeFileSync(join(folder, 'migrations', key, 'expand', name), text);
      first = false;
      return charts.renderService(platform, environment, service);
    },
  };
  const some = await synth(folder, newCache(), racing);
  expect([some.exit, some.err, some.rendered.slice(-KEYS.length)]).toEqual([0, '', KEYS]);
  expect(some.dist).toEqual((await synth(folder, undefined)).dist);
});

test('a later run is told what an earlier one has learned', async () => {
  const folder = folderOf();
  const cache = newCache();
  await synth(folder, cache);
  const file = join(folder, 'services.json');
  // As all that are known, and one that is told by no earlier one.
  writeFileSync(file, readFileSync(file, 'utf8').replace('"api-33":"2.23.0"', '"api-33":"2.25.0"'));
  const next = await synth(folder, cache);
  expect([next.exit, next.err, next.rendered]).toEqual([0, '', []]);
  expect(next.dist).toEqual((await synth(folder, undefined)).dist);
  writeFileSync(file, readFileSync(file, 'utf8').replace('"api-33":"2.25.0"', '"api-33":"9.25.0"'));
  const last = await synth(folder, cache);
  expect([last.exit, last.rendered]).toEqual([0, ['api-33']]);
  expect(last.dist).toEqual((await synth(folder, undefined)).dist);
});

test('files that went are told again, and those of another time are held against what they were told to be', async () => {
  const folder = folderOf();
  const cache = newCache();
  const first = await synth(folder, cache);
  rmSync(join(folder, 'dist'), { recursive: true });
  const again = await synth(folder, cache);
  expect([again.exit, again.dist]).toEqual([0, first.dist]);
  expect(again.rendered.length).toBeLessThan(8);
  const files = Object.keys(first.dist ?? {}).map((file) => join(folder, 'dist', file));
  const moved = (seconds: number) => {
    for (const file of files) utimesSync(file, seconds, seconds);
  };
  moved(1);
  const kept = await synth(folder, cache);
  expect([kept.exit, kept.rendered, kept.dist]).toEqual([0, [], first.dist]);
  expect(files.map((file) => statSync(file).mtimeMs)).toEqual(files.map(() => 1000));
  // As long as before, so that only the bytes tell.
  for (const file of files) writeFileSync(file, readFileSync(file, 'utf8').replace('api', 'ipa'));
  moved(2);
  const mended = await synth(folder, cache);
  expect([mended.exit, mended.dist]).toEqual([0, first.dist]);
});

test('where what told them is not kept any more, files of another time are rendered again', async () => {
  const folder = folderOf();
  const cache = newCache();
  const first = await synth(folder, cache);
  rmSync(join(cache, 'shapes'), { recursive: true });
  for (const file of Object.keys(first.dist ?? {})) utimesSync(join(folder, 'dist', file), 1, 1);
  const again = await synth(folder, cache);
  expect([again.exit, again.dist]).toEqual([0, first.dist]);
  expect(again.rendered.length).toBeGreaterThan(0);
});

test('with --no-cache nobody is told anything', async () => {
  const folder = folderOf();
  const cache = newCache();
  const first = await synth(folder, cache);
  expect(first.rendered.length).toBeLessThan(KEYS.length);
  const { exit, err, rendered, dist } = await synth(folder, cache, {}, '--no-cache');
  expect([exit, err, rendered]).toEqual([0, '', KEYS]);
  expect(dist).toEqual(first.dist);
});

test('a folder of migrations that stands behind a link is refused, also where others are alike', async () => {
  const folder = folderOf({});
  const file = join(folder, 'services.json');
  const catalog = JSON.parse(readFileSync(file, 'utf8'));
  for (const key of KEYS) {
    catalog.services[key].migrations = { ...MINIMAL.services.api.migrations, directory: `teams/${key}/sql` };
    mkdirSync(join(folder, 'teams', key), { recursive: true });
    renameSync(join(folder, 'migrations', key), join(folder, 'teams', key, 'sql'));
  }
  writeFileSync(file, JSON.stringify(catalog));
  renameSync(join(folder, 'teams/api-33'), join(folder, 'elsewhere'));
  symlinkSync('../elsewhere', join(folder, 'teams/api-33'));
  const { exit, err } = await synth(folder, newCache());
  expect([exit, err.match(/^error .*/gm)]).toEqual([1, [expect.stringContaining('CAT060')]]);
});
