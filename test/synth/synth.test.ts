import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { ROOT } from '../tools/catalog';

const LAUNCH = join(ROOT, 'lib/cli/launch.cjs');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cutover-'));
  cpSync(join(ROOT, 'services.json'), join(folder, 'services.json'));
  cpSync(join(ROOT, 'migrations'), join(folder, 'migrations'), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const synth = (environment: Readonly<Record<string, string>> = {}) =>
  spawnSync(process.execPath, [LAUNCH, 'synth'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  });

/** Every file below a folder with its text. */
function tree(root: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((file) => [relative(root, file), readFileSync(file, 'utf8')] as const),
  );
}

const dist = () => tree(join(folder, 'dist'));
const committed = tree(join(ROOT, 'dist'));

// A mistake may be of any shape, so the catalog has no type here.
// biome-ignore lint/suspicious/noExplicitAny: see above
const edit = (change: (catalog: any) => void) => {
  const file = join(folder, 'services.json');
  const catalog = JSON.parse(readFileSync(file, 'utf8'));
  change(catalog);
  writeFileSync(file, JSON.stringify(catalog));
};

test('renders what is committed', () => {
  const { status, stdout, stderr } = synth();
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^dist: 9 services in production, staging; files: 35 written, 0 removed, 0 unchanged\n$/);
  expect(dist()).toEqual(committed);
});

test('an unchanged catalog touches nothing; a changed version changes one file', () => {
  synth();
  expect(synth().stdout).toContain('0 written, 0 removed, 35 unchanged');
  edit((catalog) => {
    catalog.environments.staging.versions.frontend = '1.9.1';
  });
  expect(synth().stdout).toContain('1 written, 0 removed, 34 unchanged');
  expect(dist()['staging/services/frontend.yaml']).toContain('tbyte-dev-frontend:1.9.1');
});

test('a service that is gone takes its files along', () => {
  synth();
  edit((catalog) => {
    delete catalog.services.assistant;
    delete catalog.environments.staging.versions.assistant;
    delete catalog.environments.production.services.assistant;
  });
  expect(synth().stdout).toContain('0 written, 3 removed, 32 unchanged');
  expect(Object.keys(dist()).filter((file) => file.includes('assistant'))).toEqual([]);
});

test('a faulty catalog changes nothing, tells every fault, and exits 1 without a stack trace', () => {
  synth();
  edit((catalog) => {
    catalog.services.frontend.replicaz = 5;
    catalog.environments.staging.versions.backend = 'latest';
  });
  const { status, stdout, stderr } = synth();
  expect(status).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toContain('services.frontend.replicaz: there is no field "replicaz" here');
  expect(stderr).toContain('did you mean "replicas"?');
  expect(stderr).toContain('environments.staging.versions.backend');
  expect(stderr).toContain('2 errors; dist is as it was');
  expect(stderr).not.toMatch(/\n\s+at /);
  expect(dist()).toEqual(committed);
});

test('a fault that only the rendered objects show stops the run as well', () => {
  synth();
  edit((catalog) => {
    catalog.services.backend.strategy.steps = [{ setWeight: 50 }, { pause: { durationSeconds: 1 } }];
  });
  const { status, stderr } = synth();
  expect(status).toBe(1);
  expect(stderr).toMatch(/error MAN007 .*success-rate-background/);
  expect(dist()).toEqual(committed);
});

test.each([
  [{ TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' }],
  [{ TZ: 'America/St_Johns', LANG: 'C', LC_ALL: 'C' }],
])('the bytes do not depend on the machine: %j', (environment) => {
  expect(synth(environment).status).toBe(0);
  expect(dist()).toEqual(committed);
});

test('the bytes do not depend on the order of keys', () => {
  const reversed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(reversed);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, member]) => [key, reversed(member)]),
    );
  };
  const file = join(folder, 'services.json');
  writeFileSync(file, JSON.stringify(reversed(JSON.parse(readFileSync(file, 'utf8')))));
  expect(synth()).toMatchObject({ status: 0, stderr: '' });
  expect(dist()).toEqual(committed);
});

test('cdk8s synth gives the same bytes', () => {
  for (const file of ['package.json', 'cdk8s.yaml', 'lib']) symlinkSync(join(ROOT, file), join(folder, file));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  mkdirSync(join(folder, 'dist'));
  execFileSync(process.execPath, [join(ROOT, 'node_modules/cdk8s-cli/bin/cdk8s'), 'synth', '--check-upgrade=false'], {
    cwd: folder,
    env: { ...process.env, CI: '1' },
  });
  expect(dist()).toEqual(committed);
});

describe('the index of what was rendered', () => {
  test('a file that somebody changed is written anew', () => {
    synth();
    writeFileSync(join(folder, 'dist/staging/services/frontend.yaml'), 'tampered');
    expect(synth().stdout).toContain('1 written, 0 removed, 34 unchanged');
    expect(dist()).toEqual(committed);
  });

  test('a file of the same size and time but another content does not pass after a checkout', () => {
    synth();
    const file = join(folder, 'dist/staging/services/frontend.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('replicas: 2', 'replicas: 3'));
    utimesSync(file, 1, 1);
    expect(synth().stdout).toContain('1 written, 0 removed, 34 unchanged');
    expect(dist()).toEqual(committed);
  });

  test('a warning is told at every run', () => {
    edit((catalog) => {
      catalog.services.storefront.gates.unused = { kind: 'restarts' };
    });
    for (const run of [synth(), synth()]) {
      expect(run.status).toBe(0);
      expect(run.stderr).toContain('warning CAT039');
    }
  });

  test('a migration that changes changes its files', () => {
    synth();
    const file = join(folder, 'migrations/backend/expand/V1__users.sql');
    writeFileSync(file, `${readFileSync(file, 'utf8')}-- changed\n`);
    expect(synth().stdout).toContain('2 written, 0 removed, 33 unchanged');
  });

  test('a damaged index is no index', () => {
    synth();
    const cache = join(ROOT, 'node_modules/.cache/cutover');
    for (const name of readdirSync(cache).filter((one) => one.startsWith('index-'))) {
      writeFileSync(join(cache, name), '{"build":');
    }
    expect(synth().stdout).toContain('0 written, 0 removed, 35 unchanged');
  });
});

test('an unknown argument is refused before anything happens', () => {
  const { status, stderr } = spawnSync(process.execPath, [LAUNCH, 'synth', '--nonsense'], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(status).toBe(64);
  expect(stderr).toContain('usage: npm run synth');
});
