import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { renderService } from '../../charts/render';
import { readCatalog } from '../../lib/catalog/read';
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
  const [before, after] = [benchCatalog(4), benchCatalog(4, 1)];
  expect(after.catalog.services).toEqual(before.catalog.services);
  expect(after.migrations).toEqual(before.migrations);
  const versions = ({ seeds }: BenchCatalog) => seeds.map(({ version }) => version);
  expect(versions(after)).toEqual(['1.0.1', ...versions(before).slice(1)]);
});

describe('the generated catalog', () => {
  const { releases, diagnostics } = readCatalog(written(benchCatalog(PERIOD), folder));
  const rendered = releases.flatMap(({ platform, environment, services }) =>
    services.map((service) => {
      const files = renderService(platform, environment, service);
      for (const { path: name, text } of files) writeFile(path.join(folder, 'dist', name), text);
      return { key: service.key, files };
    }),
  );

  test('reads without a diagnostic', () => {
    expect(rendered).toHaveLength(PERIOD);
    expect(diagnostics).toEqual([]);
    expect(rendered.flatMap(({ files }) => files.flatMap(({ findings }) => findings))).toEqual([]);
  });

  test('has twelve objects or more for each service, with every part of the sample', () => {
    const files = readFiles(path.join(folder, 'dist'));
    for (const { key } of rendered) {
      const own = [...files].filter(([name]) => path.basename(name) === key).flatMap(([, { objects }]) => objects);
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
