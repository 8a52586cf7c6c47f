import { join } from 'node:path';
import fc from 'fast-check';
import { renderEnvironment, renderService } from '../../charts/render';
import { readCatalog } from '../../lib/catalog/read';
import { fnv1a, partOf, shard, shardOfKey, WHOLE } from '../../lib/cli/shard';
import { ROOT } from '../tools/catalog';

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i + 1);

// draft-eastlake-fnv, appendix C: test vectors of FNV-1a with 32 bits.
test.each([
  ['', 0x811c9dc5],
  ['a', 0xe40c292c],
  ['foobar', 0xbf9cf968],
])('the hash of "%s" is that of the draft', (text, hash) => expect(fnv1a(text)).toBe(hash));

test('a key keeps its shard for ever', () => {
  // Computed by another program, in Python. Another answer would move files from shard to shard.
  expect(['frontend', 'backend', 'orders', 'storefront', 'assistant'].map((key) => shardOfKey(key, 4))).toEqual([
    3, 2, 1, 4, 1,
  ]);
});

test('every path and every key has one owner, the same for a service and its files', () => {
  const key = fc.stringMatching(/^[a-z]([-a-z0-9]{0,8}[a-z0-9])?$/);
  const segment = fc.oneof(key, fc.constantFrom('apps', 'services', 'platform', '00-root.yaml'), fc.string());
  const path = fc.array(segment, { minLength: 1, maxLength: 5 }).map((segments) => segments.join('/'));
  const property = fc.property(fc.integer({ min: 1, max: 40 }), key, key, path, (count, environment, name, any) => {
    const parts = numbers(count).map((index) => shard(index, count));
    const owners = (owns: (part: (typeof parts)[number]) => boolean) => parts.filter(owns).map(({ label }) => label);
    const ofService = owners((part) => part.ownsService(name));
    expect(ofService).toEqual([`${shardOfKey(name, count)}/${count}`]);
    for (const file of ['apps/N.yaml', 'services/N.yaml', 'terraform/N.tf.json', 'services/N.yaml/below'].map((one) =>
      one.replace('N', name),
    ))
      expect(owners((part) => part.ownsPath(`${environment}/${file}`))).toEqual(ofService);
    for (const file of ['apps/00-root.yaml', 'platform/namespace.yaml', 'monitoring/release-metrics.yaml', 'README.md'])
      expect(owners((part) => part.ownsPath(`${environment}/${file}`))).toEqual([`1/${count}`]);
    expect(owners((part) => part.ownsPath(any))).toHaveLength(1);
    expect(owners((part) => part.ownsShared)).toEqual([`1/${count}`]);
  });
  fc.assert(property, { numRuns: 500 });
});

test.each(['services.json', 'docs/examples/services.json'])(
  '%s: a service owns all that is rendered for it',
  (file) => {
    const { releases, diagnostics } = readCatalog(join(ROOT, file));
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    const parts = numbers(7).map((index) => shard(index, 7));
    for (const { platform, environment, services } of releases) {
      const files = [
        ...renderEnvironment(platform, environment).map(({ path }) => [1, path] as const),
        ...services.flatMap((service) =>
          renderService(platform, environment, service).map(({ path }) => [shardOfKey(service.key, 7), path] as const),
        ),
      ];
      for (const [owner, path] of files)
        expect([path, ...parts.filter((part) => part.ownsPath(path)).map(({ label }) => label)]).toEqual([
          path,
          `${owner}/7`,
        ]);
    }
  },
);

test.each([2, 3, 4, 8, 16, 100])('%d shards have about as many services each', (count) => {
  const services = 200 * count;
  const sizes = new Array<number>(count).fill(0);
  for (let i = 0; i < services; i += 1) {
    const at = shardOfKey(`${i % 2 === 0 ? 'web' : 'api'}-${String(i).padStart(5, '0')}`, count) - 1;
    sizes[at] = (sizes[at] ?? 0) + 1;
  }
  // Five standard deviations of 200 at random.
  expect(Math.min(...sizes)).toBeGreaterThan(200 - 5 * Math.sqrt(200));
  expect(Math.max(...sizes)).toBeLessThan(200 + 5 * Math.sqrt(200));
});

test('what the arguments ask for', () => {
  expect(partOf([])).toBe(WHOLE);
  expect(partOf(['--help'])).toBe('help');
  for (const words of [['--shard', '2/4'], ['--shard=2/4']]) expect(partOf(words)).toMatchObject({ label: '2/4' });
});

test.each([
  [['--shard'], /^--shard .*it takes one value such as 1\/4$/],
  [['--shard='], /it takes one value/],
  [['--shard', '0/4'], /^--shard 0\/4 is not understood/],
  [['--shard', '1/0'], /is not understood/],
  [['--shard', '5/4'], /^--shard 5\/4: the last of 4 shards is 4\/4$/],
  [['--shard', 'x/y'], /is not understood/],
  [['--shard', '1'], /is not understood/],
  [['--shard', '1/4/2'], /is not understood/],
  [['--shard', '+1/4'], /is not understood/],
  [['--shard', '1.0/4'], /is not understood/],
  [['--shard', '1/4\n'], /is not understood/],
  [['--shard', ' 1/4'], /is not understood/],
  [['--shard', '1/9999999'], /is not understood/],
  [['--shard', '1/4', '--shard', '2/4'], /is not understood/],
  [['--shard', '1/4', 'more'], /is not understood/],
  [['--shards', '1/4'], /^--shards is unknown$/],
  [['1/4'], /^1\/4 is unknown$/],
  [[''], /is unknown$/],
])('%j is refused', (words, said) => expect(partOf(words)).toEqual({ wrong: expect.stringMatching(said) }));
