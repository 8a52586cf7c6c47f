import fc from 'fast-check';
import { isServiceLayer, type Layer, merge, originOf, placeOf } from '../../lib/catalog/layers';
import { layersOf } from '../../lib/catalog/pending';
import type { CatalogInput, ServiceSettings } from '../../lib/catalog/schema/catalog';
import { type Path, valueAt } from '../../lib/diagnostic/path';

const of = (...settings: readonly ServiceSettings[]): readonly Layer[] =>
  settings.map((one, i) => ({ at: ['layer', i], settings: one }));
const merged = (...settings: readonly ServiceSettings[]) => merge(of(...settings));
const config = (text: string): ServiceSettings => ({ config: JSON.parse(text) });

describe('merge', () => {
  test.each<[string, readonly ServiceSettings[], ServiceSettings]>([
    ['nothing', [], {}],
    ['one layer', [{ replicas: 3 }], { replicas: 3 }],
    ['the highest layer that says something', [{ replicas: 3 }, {}, { replicas: 4 }, {}], { replicas: 4 }],
    [
      'objects field by field',
      [{ shutdown: { preStopSeconds: 1 } }, { shutdown: { drainSeconds: 2 } }],
      { shutdown: { preStopSeconds: 1, drainSeconds: 2 } },
    ],
    ['lists whole', [{ args: ['a', 'b'] }, { args: ['c'] }], { args: ['c'] }],
    ['an empty list over a full one', [{ args: ['a'] }, { args: [] }], { args: [] }],
    [
      'null takes a value away',
      [{ config: { A: '1', B: '2' } }, { config: { A: null } }],
      { config: { A: null, B: '2' } },
    ],
    [
      'what was taken away can be given anew, without what it was',
      [{ gates: { g: { kind: 'cpu', count: 9 } } }, { gates: { g: null } }, { gates: { g: { kind: 'memory' } } }],
      { gates: { g: { kind: 'memory' } } },
    ],
    ['replicas above take autoscaling away', [{ autoscaling: { maxReplicas: 9 } }, { replicas: 2 }], { replicas: 2 }],
    [
      'autoscaling above takes replicas away',
      [{ replicas: 2 }, { autoscaling: { maxReplicas: 9 } }],
      { autoscaling: { maxReplicas: 9 } },
    ],
    [
      'autoscaling in two layers is merged',
      [{ replicas: 2 }, { autoscaling: { minReplicas: 1 } }, { autoscaling: { maxReplicas: 9 } }],
      { autoscaling: { minReplicas: 1, maxReplicas: 9 } },
    ],
    [
      'without the autoscaler the replicas of lower layers hold again',
      [{ replicas: 2 }, { replicas: 3 }, { autoscaling: { maxReplicas: 9 } }, { autoscaling: null }],
      { replicas: 3, autoscaling: null },
    ],
    [
      'replicas beside the removal',
      [{ autoscaling: { maxReplicas: 9 } }, { replicas: 2, autoscaling: null }],
      { replicas: 2, autoscaling: null },
    ],
  ])('%s', (_, layers, expected) => expect(merged(...layers)).toEqual(expected));

  test('names of the language are names like any other', () => {
    const result = merged(config('{"__proto__":"1","constructor":"2"}'), config('{"__proto__":"3"}')).config ?? {};
    expect(JSON.stringify(result)).toBe('{"__proto__":"3","constructor":"2"}');
    expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
    expect(merged(config('{"toString":"1"}'), {}).config).toEqual({ toString: '1' });
  });

  test('an object below a name of the language changes no prototype', () => {
    const gates = JSON.parse('{"__proto__":{"kind":"cpu"}}') as NonNullable<ServiceSettings['gates']>;
    const result = merged({ gates }, { gates: JSON.parse('{"__proto__":{"count":3}}') }).gates ?? {};
    expect(JSON.stringify(result)).toBe('{"__proto__":{"kind":"cpu","count":3}}');
    expect('kind' in {}).toBe(false);
    expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
  });
});

const name = fc.constantFrom('a', 'b', '__proto__', 'constructor');
const count = fc.nat(3);
const optional = { requiredKeys: [] };
const settingsWith = (removal: readonly null[]) => {
  const orRemoved = <T>(value: fc.Arbitrary<T>) => (removal.length > 0 ? fc.option(value) : value);
  return fc.record(
    {
      replicas: count,
      args: fc.array(fc.constantFrom('x', 'y'), { maxLength: 2 }),
      config: fc.dictionary(name, orRemoved(fc.constantFrom('1', '2'))),
      shutdown: fc.record({ preStopSeconds: count, drainSeconds: count }, optional),
      gates: fc.dictionary(name, orRemoved(fc.record({ count, failureLimit: count, atMost: count }, optional))),
    },
    optional,
  );
};
const anySettings: fc.Arbitrary<ServiceSettings> = settingsWith([null]);
const plainSettings: fc.Arbitrary<ServiceSettings> = settingsWith([]);
const text = (value: unknown): string => JSON.stringify(sorted(value));

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => [key, sorted(member)]);
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null)
    for (const member of Object.values(Object.freeze(value))) frozen(member);
  return value;
}

describe('laws of merge', () => {
  test('it is a fold: the lower layers may be merged before', () => {
    fc.assert(
      fc.property(anySettings, anySettings, anySettings, (a, b, c) => {
        expect(text(merged(merged(a, b), c))).toBe(text(merged(a, b, c)));
      }),
    );
  });

  test('without removals it is associative: the upper layers may be merged before as well', () => {
    fc.assert(
      fc.property(plainSettings, plainSettings, plainSettings, (a, b, c) => {
        expect(text(merged(a, merged(b, c)))).toBe(text(merged(a, b, c)));
      }),
    );
  });

  test('an empty layer and a layer twice change nothing', () => {
    fc.assert(
      fc.property(plainSettings, plainSettings, (a, b) => {
        expect(text(merged(a, {}, b, {}))).toBe(text(merged(a, b)));
        expect(text(merged(a, b, b))).toBe(text(merged(a, b)));
      }),
    );
  });

  test('no layer is changed', () => {
    fc.assert(
      fc.property(fc.array(anySettings, { maxLength: 5 }), (layers) => {
        const before = JSON.stringify(layers);
        merged(...frozen(layers));
        expect(JSON.stringify(layers)).toBe(before);
      }),
    );
  });

  test('every value comes from the layer that is told as its origin', () => {
    fc.assert(
      fc.property(fc.array(anySettings, { minLength: 1, maxLength: 5 }), (settings) => {
        const layers = of(...settings);
        for (const path of leaves(merge(layers))) {
          const origin = originOf(layers, path);
          expect(valueAt(origin?.layer.settings, path)).toEqual(valueAt(merge(layers), path));
          expect(origin?.at).toEqual([...(origin?.layer.at ?? []), ...path]);
        }
      }),
    );
  });
});

function leaves(value: unknown, path: Path = []): readonly Path[] {
  if (value === undefined) return [];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path];
  return Object.entries(value).flatMap(([key, member]) => leaves(member, [...path, key]));
}

describe('the five layers of a service', () => {
  const level = (preStopSeconds: number): ServiceSettings => ({ shutdown: { preStopSeconds } });
  const catalog: CatalogInput = {
    platform: {},
    environments: { test: { overrides: level(4), services: { web: level(5) } } },
    defaults: level(2),
    services: { web: level(3), api: {} },
  };

  test('are in this order, each with its place', () => {
    expect(layersOf(catalog, 'test', 'web').map(({ at }) => at?.join('.') ?? 'built-in')).toEqual([
      'built-in',
      'defaults',
      'services.web',
      'environments.test.overrides',
      'environments.test.services.web',
    ]);
  });

  test.each([
    [5, 'environments.test.services.web'],
    [4, 'environments.test.overrides'],
    [3, 'services.web'],
    [2, 'defaults'],
    [15, 'built-in'],
  ] as const)('%i is what the layers up to it say', (value, at) => {
    const layers = layersOf(catalog, 'test', 'web');
    const height = layers.findIndex((layer) => (layer.at?.join('.') ?? 'built-in') === at);
    expect(merge(layers.slice(0, height + 1)).shutdown?.preStopSeconds).toBe(value);
  });

  test('an environment or a service that there is not adds no layer', () => {
    expect(layersOf(catalog, 'constructor', 'web')).toHaveLength(3);
    expect(layersOf(catalog, 'test', 'toString')).toHaveLength(3);
  });

  test('a layer of one service is told from one of all, whatever their names are', () => {
    const place = (...at: readonly string[]) => isServiceLayer({ at, settings: {} });
    expect(place('services', 'overrides')).toBe(true);
    expect(place('environments', 'services', 'services', 'web')).toBe(true);
    expect(place('environments', 'services', 'overrides')).toBe(false);
    expect(place('defaults')).toBe(false);
    expect(isServiceLayer({ at: null, settings: {} })).toBe(false);
  });
});

test.each<[Path, Path]>([
  [
    ['shutdown', 'preStopSeconds'],
    ['layer', 1, 'shutdown', 'preStopSeconds'],
  ],
  [
    ['shutdown', 'drainSeconds'],
    ['layer', 0, 'shutdown', 'drainSeconds'],
  ],
  [
    ['shutdown', 'other'],
    ['layer', 1, 'shutdown', 'other'],
  ],
  [
    ['ports', 'http'],
    ['services', 'web', 'ports', 'http'],
  ],
])('a fault at %j is placed at %j', (path, place) => {
  const layers = of({ shutdown: { preStopSeconds: 1, drainSeconds: 1 } }, { shutdown: { preStopSeconds: 2 } });
  expect(placeOf([{ at: null, settings: { ports: {} } }, ...layers], path, ['services', 'web'])).toEqual(place);
});
