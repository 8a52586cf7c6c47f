import fc from 'fast-check';
import { parseJson } from '../../lib/catalog/parse';
import schema from '../../lib/catalog/services.schema.json';
import { unrepeated } from '../../lib/catalog/unrepeated';
import { isCatalog } from '../../lib/catalog/validator';

const partOf = (value: unknown) => unrepeated(JSON.stringify(value))?.part;

test('of what services say in the same words the first says it', () => {
  const steps = [{ setWeight: 10 }, { pause: {} }];
  const services = {
    a: { owner: 'x', steps, replicas: 1 },
    b: { steps, owner: 'y', replicas: 1 },
    c: { owner: 'x' },
    d: 1,
  };
  expect(partOf({ platform: {}, services })).toEqual({
    platform: {},
    services: { a: { owner: 'x', steps, replicas: 1 }, b: { owner: 'y', replicas: 1 }, c: {}, d: 1 },
  });
});

test('the same words of another field are looked at, and so is the beginning of a longer number', () => {
  const services = { a: { x: 'one', n: 1 }, b: { y: 'one', n: 12 } };
  expect(partOf({ services })).toEqual({ services });
});

test('what services say in the same words is one value, whatever stands between', () => {
  const read = unrepeated(
    '{"services":{"a":{"x":["one"],"y":{"z":1}},"b":{ "y" : {"z":1} , "x":["one"] } ,"c":{"x":["one"]}}}',
  );
  const { services = {} } = (read?.value ?? {}) as { services?: Record<string, { x: unknown; y?: unknown }> };
  const { a, b, c } = services;
  expect([a, b, c]).toEqual([{ x: ['one'], y: { z: 1 } }, { x: ['one'], y: { z: 1 } }, { x: ['one'] }]);
  expect([b?.x === a?.x, c?.x === a?.x, b?.y === a?.y]).toEqual([true, true, true]);
  expect(read?.part).toEqual({ services: { a: { x: ['one'], y: { z: 1 } }, b: {}, c: {} } });
});

test('so is what stands behind a blank where none stood before', () => {
  const read = unrepeated('{"services":{"a":{"x":["one"]},"b":{"x": ["one"]}}}');
  expect(read?.part).toEqual({ services: { a: { x: ['one'] }, b: {} } });
});

test.each(['{"services":{"1":{}}}', '{"services":{"__proto__":{}}}', '{"services":{"a":{"__proto__":{}}}}'])(
  'of %s nothing is left out',
  (text) => expect(unrepeated(text)).toBeUndefined(),
);

test('many texts of a field are known, and the one that was met least recently goes', () => {
  const said = (texts: readonly string[]) =>
    Object.fromEntries(texts.map((text, i) => [`s${String(i).padStart(3, '0')}`, { text }]));
  const eight = [...'abcdefgh'];
  const kept = (texts: readonly string[]) =>
    Object.values(
      (partOf({ services: said(texts) }) as { services: Record<string, { text?: string }> }).services,
    ).flatMap(({ text }) => text ?? []);
  expect(kept([...eight, ...eight])).toEqual(eight);
  expect(kept([...eight, 'a', 'i', 'a', 'b'])).toEqual([...eight, 'i', 'b']);
});

test.each([
  ['a service', '{"services":{"a":{"x":1},"a":{"x":1}}}'],
  ['a service that is a list the first time', '{"services":{"a":["x"],"a":{"x":1}}}'],
  ['a service that is a list the second time', '{"services":{"a":{"x":1},"a":["x"]}}'],
  ['a field', '{"services":{"a":{"x":"1","x":"1"}}}'],
  ['the object of services', '{"services":{"a":{"x":1}},"services":{"a":{"x":1}}}'],
  ['services, of which the first are a list', '{"services":["]"],"services":{"a":{"x":1}}}'],
  ['services, of which the first are a text', '{"services":"{","services":{"a":{"x":1}}}'],
])('where %s stands twice nothing is left out', (_, text) => expect(unrepeated(text)).toBeUndefined());

test('a fault in a field that many repeat is told of each of them', () => {
  const service = { owner: 7, probes: { readiness: { path: 5 } } };
  const text = JSON.stringify({ platform: {}, environments: {}, services: { a: service, b: service } });
  expect(parseJson('services.json', text, isCatalog).known).toBeUndefined();
});

test('what is said of services is right or wrong field by field', () => {
  const { services } = schema.properties;
  expect(Object.keys(services).filter((one) => one !== 'description')).toEqual([
    ...['type', 'propertyNames', 'additionalProperties'],
  ]);
  const { $ref, description: _, ...more } = services.additionalProperties;
  expect([$ref, more]).toEqual(['#/$defs/service', {}]);
  expect(Object.keys(schema.$defs.service).filter((one) => one !== 'description')).toEqual([
    ...['type', 'properties', 'additionalProperties'],
  ]);
  // No field says anything of the keys of services either.
  expect(schema.required).toEqual(expect.arrayContaining(['services']));
});

test('a catalog is one if its part is, whatever its services say', () => {
  const field = fc.constantFrom<readonly [string, unknown]>(
    ...([
      ['owner', 'team-a'],
      ['owner', 5],
      ['replicas', 2],
      ['replicas', 'two'],
      ['strategy', { kind: 'canary', preset: 'balanced' }],
      ['strategy', { kind: 'none' }],
      ['config', { A: 'x' }],
      ['config', { A: {} }],
      ['unknown', 'x'],
      ['enabled', null],
    ] as const),
  );
  const services = fc.dictionary(
    fc.stringMatching(/^[a-z]{1,3}$/),
    fc.oneof(
      { weight: 9, arbitrary: fc.array(field, { maxLength: 4 }).map((all) => Object.fromEntries(all)) },
      fc.jsonValue(),
    ),
    { noNullPrototype: true },
  );
  fc.assert(
    fc.property(services, fc.nat(2), (of, indent) => {
      const value = { platform: {}, environments: {}, services: of };
      const text = JSON.stringify(value, undefined, indent);
      const read = unrepeated(text);
      if (!text.includes('"__proto__"')) expect(read).toBeDefined();
      expect(isCatalog(value, read?.part ?? value)).toBe(isCatalog(value));
    }),
    { numRuns: 2000 },
  );
});
