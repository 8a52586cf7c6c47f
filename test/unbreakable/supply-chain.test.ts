import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runtimeLicences } from '../../lib/build/licences';
import { ROOT } from '../tools/catalog';
import { treeOf } from './place';

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly link?: boolean;
  readonly inBundle?: boolean;
  readonly optional?: boolean;
  readonly hasInstallScript?: boolean;
}

const read = (file: string): unknown => JSON.parse(readFileSync(join(ROOT, file), 'utf8'));
const lock = read('package-lock.json') as {
  readonly lockfileVersion: number;
  readonly packages: Readonly<Record<string, Locked>>;
};
const packages = Object.entries(lock.packages).filter(([place, { link }]) => place.includes('node_modules/') && !link);
const manifest = read('package.json') as Readonly<Record<'dependencies' | 'devDependencies', Record<string, string>>>;

/** Packages with scripts that run when they are installed, and why nothing is lost when they do not. */
const INSTALL_SCRIPTS: Readonly<Record<string, string>> = {
  'node_modules/esbuild':
    'replaces a small Node program by the binary that it starts; the library finds the binary itself',
  'node_modules/@parcel/watcher':
    'builds from source where no binary package fits; only cdk8s-cli watches files, on request',
  'node_modules/unrs-resolver': 'fetches a binary where npm left out the optional package; only jest resolves with it',
};

test('the scripts of packages need not run: npm ci --ignore-scripts is enough', () => {
  const scripted = packages.flatMap(([place, { hasInstallScript }]) => (hasInstallScript ? [place] : []));
  expect(scripted.sort()).toEqual(Object.keys(INSTALL_SCRIPTS).sort());
});

test('the lock file says of every package what must come, and from no host of its own', () => {
  expect(lock.lockfileVersion).toBe(3);
  expect(packages.length).toBeGreaterThan(200);
  for (const [place, { integrity, inBundle, resolved, version }] of packages) {
    // What comes inside of another package is covered by that one's.
    if (!inBundle) expect([place, integrity]).toEqual([place, expect.stringMatching(/^sha512-/)]);
    expect([place, resolved]).toEqual([place, undefined]);
    expect(version).toMatch(/^\d+\.\d+\.\d+/);
  }
});

test('every dependency is pinned to one version', () => {
  const versions = [...Object.values(manifest.dependencies), ...Object.values(manifest.devDependencies)];
  expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});

/** Each lets anybody use, change and pass on the package, and asks nothing of what it makes. */
const ALLOWED = ['Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', 'Python-2.0', 'Unlicense'];

test('every licence of a package that is needed to run is allowed', () => {
  const licences = runtimeLicences(ROOT);
  expect(licences.length).toBeGreaterThan(5);
  expect(licences.filter(({ licence }) => !ALLOWED.includes(licence))).toEqual([]);
});

test('the packages themselves say the same licences and versions as the lock file', () => {
  let seen = 0;
  for (const [place, { version, license, optional }] of packages) {
    const file = join(place, 'package.json');
    if (!existsSync(join(ROOT, file))) {
      expect([place, optional]).toEqual([place, true]);
      continue;
    }
    const installed = read(file) as { readonly version: string; readonly license?: unknown };
    // npm takes a leading v for no part of a version; Grafana's package has one.
    expect([place, installed.version.replace(/^v/, '')]).toEqual([place, version]);
    if (license !== undefined && typeof installed.license === 'string')
      expect([place, installed.license]).toEqual([place, license]);
    seen += 1;
  }
  expect(seen).toBeGreaterThan(200);
});

test('few packages are needed to run: what is new here must be wanted', () => {
  const direct = [
    '@kubernetes/client-node',
    'ajv',
    'cdk8s',
    'constructs',
    'esbuild',
    'jsonc-parser',
    'libpg-query',
    'pg',
    'simple-statistics',
    'yaml',
  ];
  expect(Object.keys(manifest.dependencies).sort()).toEqual(direct);
  // Each with a reason why neither Node nor another package does its job.
  const told = readFileSync(join(ROOT, 'docs/supply-chain.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'));
  expect(
    told.flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name)).sort(),
  ).toEqual(direct);
});

test('every image of production is named by its digest, that of the migrations as well', () => {
  const images = Object.values(treeOf(join(ROOT, 'dist/production')) ?? {}).flatMap((text) =>
    [...text.matchAll(/^\s*(?:- )?image: (.*)$/gm)].map(([, image = '']) => image),
  );
  expect(images.length).toBeGreaterThan(5);
  expect(images.filter((image) => !/@sha256:[0-9a-f]{64}$/.test(image))).toEqual([]);
});
