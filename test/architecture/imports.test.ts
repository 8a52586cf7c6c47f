import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { ROOT } from '../tools/catalog';

/** Every import of the hand-written sources: from which file, of what. */
function importsOf(folder: string): readonly { readonly from: string; readonly of: string }[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.ts$/.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .flatMap((file) =>
      [
        ...readFileSync(join(ROOT, file), 'utf8').matchAll(
          /^\s*(?:import|export)\b[^;]*?from '([^']+)'|require\('([^']+)'\)|import\('([^']+)'\)/gm,
        ),
      ].map((match) => {
        const target = match[1] ?? match[2] ?? match[3] ?? '';
        return { from: file, of: target.startsWith('.') ? normalize(join(dirname(file), target)) : target };
      }),
    );
}

const top = (path: string): string =>
  path
    .split('/')
    .slice(0, path.startsWith('lib/') ? 2 : 1)
    .join('/');
const all = [...importsOf('lib'), ...importsOf('charts')];

test('there is something to look at', () => expect(all.length).toBeGreaterThan(150));

test('lib never imports cdk8s, constructs or a chart', () => {
  const wrong = all.filter(
    ({ from, of }) => from.startsWith('lib/') && (/^(cdk8s|constructs)(\/|$)/.test(of) || of.startsWith('charts')),
  );
  expect(wrong).toEqual([]);
});

test('of the planner charts take the course of a release and nothing that weighs', () => {
  const taken = all.filter(({ from, of }) => from.startsWith('charts/') && of.startsWith('lib/plan'));
  expect([...new Set(taken.map(({ of }) => of))]).toEqual(['lib/plan/timeline']);
});

test('nothing imports main.ts', () => {
  expect([...all, ...importsOf('test')].filter(({ of }) => of === 'main')).toEqual([]);
});

/** Which folder may import which: the one direction in which data flows. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  'lib/diagnostic': [],
  'lib/schema': [],
  'lib/alike': ['lib/diagnostic', 'lib/incremental'],
  'lib/catalog': ['lib/alike', 'lib/diagnostic', 'lib/files', 'lib/incremental', 'lib/schema', 'lib/plan'],
  'lib/files': ['lib/diagnostic'],
  'lib/manifest': ['lib/diagnostic', 'lib/catalog', 'lib/schema', '@cdk8s'],
  'lib/incremental': ['lib/files'],
  'lib/lint': ['lib/diagnostic', 'lib/catalog', 'lib/manifest', '@cdk8s'],
  'lib/sql': ['lib/diagnostic'],
  'lib/picture': [],
  'lib/plan': ['lib/diagnostic', 'lib/catalog', 'lib/picture'],
  'lib/diff': ['lib/diagnostic', 'lib/manifest', 'lib/lint', 'lib/picture', 'lib/plan', 'lib/sql', '@cdk8s'],
  'lib/release': ['lib/diagnostic', 'lib/catalog', 'lib/manifest', 'lib/plan'],
  'lib/cluster': ['lib/manifest', '@kubernetes'],
  'lib/flyway': ['lib/catalog'],
  'lib/rehearse': ['lib/diagnostic', 'lib/catalog', 'lib/flyway', 'lib/sql'],
  'lib/adopt': ['lib/diagnostic', 'lib/catalog', 'lib/manifest', 'lib/lint'],
  'lib/cli': [
    'lib/alike',
    'lib/diagnostic',
    'lib/catalog',
    'lib/files',
    'lib/incremental',
    'lib/manifest',
    'lib/lint',
    'lib/sql',
    'lib/plan',
    'lib/adopt',
    'lib/diff',
    'lib/release',
    'lib/cluster',
    'lib/rehearse',
  ],
  'lib/build': [
    'lib/diagnostic',
    'lib/catalog',
    'lib/files',
    'lib/manifest',
    'lib/schema',
    'lib/lint',
    'lib/sql',
    'lib/plan',
    'lib/adopt',
    'lib/release',
    'lib/diff',
    'lib/rehearse',
    '@cdk8s',
  ],
  charts: [
    'lib/alike',
    'lib/catalog',
    'lib/diagnostic',
    'lib/flyway',
    'lib/manifest',
    'lib/plan',
    'lib/release',
    '@cdk8s',
    '@grafana',
    'cdk8s',
    'constructs',
  ],
};

test.each(Object.entries(ARROWS))('%s imports only what it may', (folder, allowed) => {
  const packages = /^(node:|ajv|yaml$|jsonc-parser$|esbuild$|@sinclair\/typebox$|libpg-query$|pg$|simple-statistics$)/;
  const wrong = all.filter(
    ({ from, of }) => top(from) === folder && top(of) !== folder && !allowed.includes(top(of)) && !packages.test(of),
  );
  expect(wrong).toEqual([]);
});

test('every folder of lib has its arrows', () => {
  const folders = new Set(all.map(({ from }) => top(from)));
  expect([...folders].filter((folder) => !(folder in ARROWS))).toEqual([]);
});

test('no two files import each other, nor any longer circle', () => {
  const edges = new Map<string, string[]>();
  for (const { from, of } of all) {
    const key = from.replace(/(\/index)?\.ts$/, '');
    edges.set(key, [...(edges.get(key) ?? []), of.replace(/\/index$/, '')]);
  }
  const done = new Set<string>();
  const walk = (file: string, trail: readonly string[]): void => {
    if (trail.includes(file)) throw new Error(`circle: ${[...trail.slice(trail.indexOf(file)), file].join(' -> ')}`);
    if (done.has(file)) return;
    for (const next of edges.get(file) ?? []) walk(next, [...trail, file]);
    done.add(file);
  };
  expect(() => {
    for (const file of edges.keys()) walk(file, []);
  }).not.toThrow();
});

test('hand-written files stay short', () => {
  const long = ['lib', 'charts']
    .flatMap((folder) => readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true }))
    .filter((entry) => entry.isFile() && /\.(ts|mjs)$/.test(entry.name))
    .map((entry) => ({
      file: entry.name,
      lines: readFileSync(join(entry.parentPath, entry.name), 'utf8').split('\n').length,
    }))
    .filter(({ lines }) => lines > 300);
  expect(long).toEqual([]);
});
