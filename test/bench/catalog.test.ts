import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { renderService } from '../../charts/render';
import type { Likeness } from '../../lib/alike/likeness';
import { openCatalog, readCatalog } from '../../lib/catalog/read';
import { AlikeServices } from '../../lib/cli/alike-services';
import { folderState } from '../../lib/incremental/folder-state';
import { type BenchCatalog, benchCatalog, PERIOD } from './catalog';
import { readFiles, writeFile } from './files';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cutover-bench-test-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

function written({ catalog, migrations }: BenchCatalog, place: string): string {
  for (const [file, text] of migrations) writeFile(path.join(place, file), text);
  const file = path.join(place, 'services.json');
  writeFile(file, JSON.stringify(catalog));
  return file;
}

test('the same number gives the same catalog', () => expect(benchCatalog(25)).toEqual(benchCatalog(25)));

test('a bigger catalog holds the smaller', () => {
  const [small, big] = [benchCatalog(7), benchCatalog(31)];
  expect(big.catalog.services).toMatchObject({ ...small.catalog.services });
  expect([...big.migrations].slice(0, small.migrations.size)).toEqual([...small.migrations]);
  expect(big.seeds.slice(0, 7)).toEqual(small.seeds);
});

test('a change is a new version of one service and nothing else', () => {
  const [before, after] = [benchCatalog(4), benchCatalog(4, { changes: 1 })];
  expect(after.catalog.services).toEqual(before.catalog.services);
  expect(after.migrations).toEqual(before.migrations);
  const versions = ({ seeds }: BenchCatalog) => seeds.map(({ version }) => version);
  expect(versions(after)).toEqual(['1.0.1', ...versions(before).slice(1)]);
});

describe.each([
  ['usual', {}],
  ['unlike', { unlike: true }],
])('the %s catalog', (name, options) => {
  const place = path.join(folder, name);
  const { releases, diagnostics } = readCatalog(written(benchCatalog(PERIOD, options), place));
  const rendered = releases.flatMap(({ platform, environment, services }) =>
    services.map((service) => {
      const files = renderService(platform, environment, service);
      for (const { path: file, text } of files) writeFile(path.join(place, 'dist', file), text);
      return { key: service.key, files };
    }),
  );

  test('reads without a diagnostic', () => {
    expect(rendered).toHaveLength(PERIOD);
    expect(diagnostics).toEqual([]);
    expect(rendered.flatMap(({ files }) => files.flatMap(({ findings }) => findings))).toEqual([]);
  });

  test('has twelve objects or more for each service, with every part of the sample', () => {
    const files = readFiles(path.join(place, 'dist'));
    for (const { key } of rendered) {
      const own = [...files].filter(([file]) => path.basename(file) === key).flatMap(([, { objects }]) => objects);
      expect(own.length).toBeGreaterThanOrEqual(12);
    }
    const kinds = new Set(
      [...files.values()].flatMap(({ objects }) => objects).map((one) => Reflect.get(Object(one), 'kind')),
    );
    expect([...kinds].sort()).toEqual(
      expect.arrayContaining([
        'AnalysisTemplate',
        'Application',
        'DestinationRule',
        'ExternalSecret',
        'HorizontalPodAutoscaler',
        'Job',
        'NetworkPolicy',
        'PrometheusRule',
        'Rollout',
        'VirtualService',
      ]),
    );
  });
});

/** More than two rounds of every variation, and versions and numbers of several lengths. */
const MANY = 120;

describe('synth takes for alike', () => {
  const likenesses = (catalog: BenchCatalog, name: string): readonly (Likeness | undefined)[] => {
    const { releases, snapshot, diagnostics } = openCatalog(written(catalog, path.join(folder, name)));
    const alike = new AlikeServices(snapshot, { directory: undefined, build: undefined });
    const found = releases.flatMap((release) =>
      release.services.map((service) => {
        const directory = service.migrations();
        const known = directory === undefined ? '' : folderState('.', directory, undefined, snapshot).mark;
        return alike.likenessOf(release, service, release.sharedInputs(), known);
      }),
    );
    for (const { services } of releases) for (const service of services) service.complete();
    expect(diagnostics()).toEqual([]);
    expect(found).toHaveLength(MANY);
    expect(found).not.toContain(undefined);
    return found;
  };
  const shapesOf = (found: readonly (Likeness | undefined)[]) => new Set(found.map((likeness) => likeness?.shape));

  test('the services of each variation of the usual catalog', () =>
    expect(shapesOf(likenesses(benchCatalog(MANY), 'many-alike')).size).toBe(PERIOD));

  test('no two services of an unlike one', () =>
    expect(shapesOf(likenesses(benchCatalog(MANY, { unlike: true }), 'many-unlike')).size).toBe(MANY));
});

test('an unlike catalog is the usual one but for one setting of each service and the names of tables', () => {
  const [usual, unlike] = [benchCatalog(4), benchCatalog(4, { unlike: true })];
  expect(unlike.seeds).toEqual(usual.seeds);
  const services = Object.entries(unlike.catalog.services ?? {});
  for (const [key, { config: { CACHE_ENTRIES, ...config } = {}, ...settings }] of services) {
    expect(CACHE_ENTRIES).toMatch(/^\d+$/);
    expect({ ...settings, config }).toEqual(usual.catalog.services?.[key]);
  }
  for (const [file, text] of unlike.migrations) {
    const table = file.split('/')[1]?.replaceAll('-', '_') ?? '';
    expect(text.includes(table)).toBe(file.endsWith('.sql'));
    expect(text.replaceAll(table, 'users')).toBe(usual.migrations.get(file));
  }
});
