import { inTeachingOrder } from '../../lib/alike/teaching-order';

const service = (shape: string | undefined, ...words: readonly string[]) => ({
  likeness: shape === undefined ? undefined : { shape, words },
});

const wordsOf = (services: readonly ReturnType<typeof service>[]) =>
  services.map(({ likeness }) => likeness?.words.join(' ') ?? 'none');

test('behind the first of a shape comes who differs most from it, the rest stays in order', () => {
  const services = [
    service('a', 'web-00', '1.0.0'),
    service(undefined),
    service('b', 'api-00'),
    service('a', 'web-01', '1.0.0'),
    service('b', 'api-01'),
    service('a', 'web-99', '1.0.0'),
    service('a', 'web-29', '2.1.7'),
    service('b', 'api-02'),
  ];
  expect(wordsOf(inTeachingOrder(services))).toEqual([
    ...['web-00 1.0.0', 'web-29 2.1.7', 'none', 'api-00', 'api-01', 'web-01 1.0.0', 'web-99 1.0.0', 'api-02'],
  ]);
});

test('a longer word differs in what it has more, and in nothing but words that differ is anybody a partner', () => {
  expect(wordsOf(inTeachingOrder([service('a', '1.0'), service('a', '1.1'), service('a', '1.000')]))).toEqual([
    ...['1.0', '1.000', '1.1'],
  ]);
  const same = [service('a', 'x'), service('a', 'x'), service('a', 'x')];
  expect(inTeachingOrder(same)).toEqual(same);
});

test('nobody is lost or told twice, and ten thousand are put in order in no time', () => {
  const services = Array.from({ length: 10_000 }, (_, i) => service(`${i % 50}`, `web-${i}`));
  const before = process.cpuUsage();
  const ordered = inTeachingOrder(services);
  const { user } = process.cpuUsage(before);
  expect(new Set(ordered)).toEqual(new Set(services));
  expect(ordered).toHaveLength(services.length);
  expect(user / 1e6).toBeLessThan(1);
});
