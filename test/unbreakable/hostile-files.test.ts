import { linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { edited, removeWorkspaces, workspace } from '../catalog/minimal';
import { FULL, FULL_DIRECTORY, FULL_FILES } from './full';
import { HOSTILE } from './hostile';
import { type Outcome, outcomeOf } from './substitute';

afterAll(removeWorkspaces);

const SECRET = 'what stands outside of the repository';
let outside: string;
beforeAll(() => {
  outside = mkdtempSync(join(tmpdir(), 'cutover-outside-'));
  for (const phase of ['expand', 'backfill', 'contract', 'other/expand']) {
    mkdirSync(join(outside, phase), { recursive: true });
    writeFileSync(join(outside, phase, 'V7__secret.sql'), `-- ${SECRET}\n`);
  }
});
afterAll(() => rmSync(outside, { recursive: true, force: true }));

/** What the files of a place say of the SQL of the full service, by the names of the files. */
function sqlOf({ files }: Outcome): unknown {
  const objects = files.get('zqenvironmentz/services/zqservicez.yaml') ?? [];
  const maps = objects.flatMap((one) => (isSql(one) ? [one.data] : []));
  return maps[0];
}

const isSql = (one: unknown): one is { readonly data: unknown } =>
  JSON.stringify(one).includes('"kind":"ConfigMap"') && JSON.stringify(one).includes('-migrate"');

const expand = (root: string, name: string) => join(root, FULL_DIRECTORY, 'expand', name);

/** UTF-8 has no halves of pairs. */
const written = Object.entries(HOSTILE).filter(([, text]) => Buffer.from(text).toString() === text);

test.each(written)('SQL is mounted as it stands, or refused: %s', (_, text) => {
  const root = workspace(FULL_FILES);
  const sql = `SELECT 1;\n${text}`;
  writeFileSync(expand(root, 'V1__zq.sql'), sql);
  writeFileSync(expand(root, 'V1__zq.sql.conf'), sql);
  const outcome = outcomeOf(FULL, root);
  expect(outcome.errors).toEqual([]);
  expect(sqlOf(outcome)).toMatchObject({ 'V1__zq.sql': sql, 'V1__zq.sql.conf': sql });
});

const names = written.filter(([, text]) => !/[\0/]/.test(text) && !['', '.', '..'].includes(text) && text.length < 200);

test.each(names)('a file that Flyway would pass over is refused: %s', (_, text) => {
  for (const name of [text, `V9__${text}.sql`, `V9${text}__new.sql`, `V1__zq.sql.conf${text}`]) {
    const root = workspace(FULL_FILES);
    writeFileSync(expand(root, name), 'SELECT 1;\n');
    const { errors } = outcomeOf(FULL, root);
    if (/^V9[0-9_]*__\w+\.sql$/.test(name)) expect(errors).toEqual([]);
    else expect(errors.map(({ code, path }) => [code, path])).toContainEqual(['CAT061', DIRECTORY_PATH]);
  }
});

const DIRECTORY_PATH = 'services.zqservicez.migrations.directory';

test.each([
  '..',
  '../elsewhere',
  'zqmigrationsz/../../etc',
  'zqmigrationsz/..',
  './zqmigrationsz',
  '/etc',
  '//etc',
  '~/x',
  'zqmigrationsz//zqfolderz',
  'zqmigrationsz/zqfolderz/',
  'zqmigrationsz\\zqfolderz',
  'zqmigrationsz/.git',
  '.',
  '-x',
])('a folder of migrations cannot be %s', (directory) => {
  const catalog = edited(FULL, { 'services/zqservicez/migrations/directory': directory });
  const { errors } = outcomeOf(catalog, workspace(FULL_FILES));
  expect(errors.map(({ code, path }) => [code, path])).toEqual([['CAT008', DIRECTORY_PATH]]);
});

type Plant = (root: string) => void;
const replacing =
  (path: string, target: () => string): Plant =>
  (root) => {
    rmSync(join(root, path), { recursive: true, force: true });
    mkdirSync(dirname(join(root, path)), { recursive: true });
    symlinkSync(target(), join(root, path));
  };

test.each<readonly [string, Plant]>([
  ['the folder', replacing(FULL_DIRECTORY, () => outside)],
  ['a folder on the way', replacing(dirname(FULL_DIRECTORY), () => outside)],
  ['the folder of a phase', replacing(`${FULL_DIRECTORY}/expand`, () => join(outside, 'expand'))],
  ['a file', replacing(`${FULL_DIRECTORY}/expand/V7__secret.sql`, () => join(outside, 'expand/V7__secret.sql'))],
  [
    'settings of a file',
    replacing(`${FULL_DIRECTORY}/expand/V1__zq.sql.conf`, () => join(outside, 'expand/V7__secret.sql')),
  ],
  ['a link to nothing', replacing(`${FULL_DIRECTORY}/expand/V7__x.sql`, () => '/nowhere/at/all')],
  ['a link to itself', replacing(FULL_DIRECTORY, () => 'zqfolderz')],
  ['a device', replacing(`${FULL_DIRECTORY}/expand/V7__zero.sql`, () => '/dev/zero')],
])('a symbolic link in the place of %s is refused, and not followed', (_, plant) => {
  const root = workspace(FULL_FILES);
  plant(root);
  const outcome = outcomeOf(FULL, root);
  expect(outcome.errors.map(({ path }) => path)).toContain(DIRECTORY_PATH);
  expect(JSON.stringify([outcome.errors, ...outcome.files])).not.toContain(SECRET);
});

test('a hard link is a file of the repository', () => {
  const root = workspace(FULL_FILES);
  linkSync(expand(root, 'V1__zq.sql'), expand(root, 'V4__zq.sql'));
  expect(sqlOf(outcomeOf(FULL, root))).toMatchObject({
    'V4__zq.sql': readFileSync(expand(root, 'V1__zq.sql'), 'utf8'),
  });
});
