import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { ROOT } from '../tools/catalog';

const LAUNCH = join(ROOT, 'lib/cli/launch.mjs');
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

const edit = (change: (catalog: Record<string, never>) => void) => {
  const file = join(folder, 'services.json');
  const catalog = JSON.parse(readFileSync(file, 'utf8'));
  change(catalog);
  writeFileSync(file, JSON.stringify(catalog));
};

test('renders what is committed', () => {
  const { status, stdout, stderr } = synth();
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^dist: 7 services in production, staging; files: 22 written, 0 removed, 0 unchanged\n$/);
  expect(dist()).toEqual(committed);
});

test('an unchanged catalog touches nothing; a changed version changes one file', () => {
  synth();
  expect(synth().stdout).toContain('0 written, 0 removed, 22 unchanged');
  edit((catalog) => Reflect.set(catalog['environments']['staging']['versions'], 'frontend', '1.9.1'));
  expect(synth().stdout).toContain('1 written, 0 removed, 21 unchanged');
  expect(dist()['staging/services/frontend.yaml']).toContain('tbyte-dev-frontend:1.9.1');
});

test('a service that is gone takes its files along', () => {
  synth();
  edit((catalog) => {
    Reflect.deleteProperty(catalog['services'], 'storefront');
    for (const environment of Object.values(catalog['environments'])) {
      Reflect.deleteProperty(Reflect.get(environment, 'versions'), 'storefront');
      Reflect.deleteProperty(Reflect.get(environment, 'services') ?? {}, 'storefront');
    }
  });
  expect(synth().stdout).toContain('0 written, 4 removed, 18 unchanged');
  expect(Object.keys(dist()).filter((file) => file.includes('storefront'))).toEqual([]);
});

test('a faulty catalog changes nothing, tells every fault, and exits 1 without a stack trace', () => {
  synth();
  edit((catalog) => {
    Reflect.set(catalog['services']['frontend'], 'replicaz', 5);
    Reflect.set(catalog['environments']['staging']['versions'], 'backend', 'latest');
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
  edit((catalog) =>
    Reflect.set(catalog['services']['backend']['strategy'], 'steps', [
      { setWeight: 50 },
      { pause: { durationSeconds: 1 } },
    ]),
  );
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

test('an unknown argument is refused before anything happens', () => {
  const { status, stderr } = spawnSync(process.execPath, [LAUNCH, 'synth', '--nonsense'], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(status).toBe(64);
  expect(stderr).toContain('usage: npm run synth');
});
