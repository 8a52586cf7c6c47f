import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as charts from '../../charts/render';
import { openCatalog } from '../../lib/catalog/read';
import { runSynth } from '../../lib/cli/synth';
import * as linter from '../../lib/sql/linter';
import {
  type Edits,
  edited,
  type Files,
  MINIMAL,
  MINIMAL_FILES,
  removeWorkspaces,
  workspace,
} from '../catalog/minimal';

jest.setTimeout(60_000);
afterAll(removeWorkspaces);

/** A workspace in which synth runs, with a cache of its own; `loads` counts how often the parser was loaded. */
class Workspace {
  readonly root: string;
  readonly #cache = mkdtempSync(join(tmpdir(), 'synth-sql-'));
  loads = 0;

  constructor(files: Files, edits: Edits = {}) {
    this.root = workspace({ ...MINIMAL_FILES, 'services.json': JSON.stringify(edited(MINIMAL, edits)), ...files });
  }

  async synth() {
    const told = { out: '', err: '' };
    const before = process.cwd();
    process.chdir(this.root);
    try {
      const exit = await runSynth({
        arguments: [],
        catalogFile: 'services.json',
        openCatalog,
        outputDirectory: 'dist',
        charts: () => charts,
        linter: () => {
          this.loads += 1;
          return linter;
        },
        cache: { directory: this.#cache, build: 'test' },
        out: (text) => {
          told.out += text;
        },
        err: (text) => {
          told.err += text;
        },
      });
      return { exit, ...told };
    } finally {
      process.chdir(before);
    }
  }

  edit(edits: Edits): void {
    writeFileSync(join(this.root, 'services.json'), JSON.stringify(edited(MINIMAL, edits)));
  }

  remove(): void {
    rmSync(this.#cache, { recursive: true });
  }
}

async function within(given: Workspace, use: (given: Workspace) => Promise<void>): Promise<void> {
  try {
    await use(given);
  } finally {
    given.remove();
  }
}

const UNSAFE = { 'migrations/api/expand/V1.1__index.sql': '-- slow\nCREATE INDEX items_a ON items (a);\n' };

test('what is unsafe is refused, with its place in the file, once for all environments', () =>
  within(new Workspace(UNSAFE), async (given) => {
    const { exit, err } = await given.synth();
    expect(exit).toBe(1);
    expect(err.split('\n').filter((line) => line.includes('SQL101'))).toEqual([
      expect.stringMatching(
        /^error SQL101 migrations\/api\/expand\/V1\.1__index\.sql:2:1 services\.api\.migrations: CREATE INDEX items_a takes SHARE/,
      ),
    ]);
    expect(err).toContain('1 error; dist is as it was');
  }));

test('the parser is loaded once for the same files, and not at all where nothing has changed', () =>
  within(new Workspace({}), async (given) => {
    expect((await given.synth()).exit).toBe(0);
    expect(given.loads).toBe(1);
    expect((await given.synth()).exit).toBe(0);
    expect(given.loads).toBe(1);
    given.edit({ 'environments/staging/versions/api': '2.2.0', 'services/api/replicas': 7 });
    expect((await given.synth()).out).toContain('written');
    expect(given.loads).toBe(1);
    given.edit({ 'services/api/migrations/database/serverVersion': 14 });
    expect((await given.synth()).exit).toBe(0);
    expect(given.loads).toBe(2);
  }));

test('a verdict that refuses is remembered too', () =>
  within(new Workspace(UNSAFE), async (given) => {
    const first = await given.synth();
    expect(await given.synth()).toEqual(first);
    expect(given.loads).toBe(1);
  }));

test('without migrations nothing is loaded', () =>
  within(new Workspace({}, { 'services/api/migrations': null }), async (given) => {
    rmSync(join(given.root, 'migrations'), { recursive: true });
    expect((await given.synth()).exit).toBe(0);
    expect(given.loads).toBe(0);
  }));

test('for a folder of migrations that no service has the parser is loaded in the first run and never again', () =>
  within(new Workspace({}, { 'services/api/migrations': null }), async (given) => {
    expect((await given.synth()).exit).toBe(0);
    given.edit({ 'services/api/migrations': null, 'services/api/replicas': 7 });
    expect((await given.synth()).out).toContain('written');
    expect(given.loads).toBe(1);
  }));

test('a warning is told, and does not refuse', () =>
  within(new Workspace({ 'migrations/api/expand/V1.1__x.sql': 'SELECT clean_up();' }), async (given) => {
    const { exit, err } = await given.synth();
    expect([exit, err]).toEqual([
      0,
      expect.stringMatching(/^warning SQL004 migrations\/api\/expand\/V1\.1__x\.sql:1:1 /),
    ]);
  }));

test('the version of the server is that of the catalog', () =>
  within(
    new Workspace(
      { 'migrations/api/expand/V1.1__x.sql': 'ALTER TABLE items ADD CONSTRAINT c NOT NULL a NOT VALID;' },
      { 'environments/staging/services/api/migrations/database/serverVersion': 18 },
    ),
    async (given) => {
      const { err } = await given.synth();
      expect(err.match(/SQL191/g)).toHaveLength(1);
    },
  ));

const DROP = { 'migrations/api/contract/V2__drop.sql': 'ALTER TABLE items DROP COLUMN old;\n' };
const uses = (entries: Readonly<Record<string, unknown>>): Edits => ({ 'services/api/migrations/uses': entries });

test.each([
  [
    'the release before still reads it',
    { '1.0.0': { reads: ['items.old'] }, '1.9.0': { reads: ['items.id'] } },
    'the stable version reads items.old',
  ],
  ['the release itself still writes it', { '1.0.0': { writes: ['items.old'] } }, 'the next version writes items.old'],
  ['both read every column', { '1.8.0': { selectStar: ['items'] } }, 'SQL202'],
])('a contract is held against its release and the one before: %s', (_, entries, told) =>
  within(new Workspace(DROP, uses(entries)), async (given) => {
    const { exit, err } = await given.synth();
    expect(exit).toBe(1);
    expect(err).toContain('SQL201');
    expect(err).toContain(told);
  }),
);

test('a contract whose versions do not use it any more is right', () =>
  within(
    new Workspace(DROP, uses({ '1.0.0': { reads: ['items.old'] }, '1.8.0': { reads: ['items.id'] } })),
    async (given) => {
      expect(await given.synth()).toMatchObject({ exit: 0, err: '' });
    },
  ));

test('what comes before contract is held against the versions of each environment', () =>
  within(
    new Workspace(
      { 'migrations/api/expand/V1.1__x.sql': "SET LOCAL lock_timeout = '1s'; ALTER TABLE items ADD COLUMN a int;" },
      uses({ '1.0.0': { reads: ['items.id'] }, '2.1.0': { selectStar: ['items'] } }),
    ),
    async (given) => {
      const { err } = await given.synth();
      expect(err.match(/SQL202/g)).toHaveLength(1);
      given.edit({
        ...uses({ '1.0.0': { reads: ['items.id'] }, '2.1.0': { selectStar: ['items'] } }),
        'services/api/migrations/judgedFrom': '2',
      });
      expect(await given.synth()).toMatchObject({ exit: 0, err: '' });
    },
  ));

test('a version from which nothing is judged is told', () =>
  within(new Workspace({}, { 'services/api/migrations/judgedFrom': '3' }), async (given) => {
    expect((await given.synth()).err).toContain('CAT081');
  }));
