import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { checksOnly, mergedChecks } from '../../imports/compile';
import { listKinds, schemaFor } from '../../imports/index';
import { isRecord } from '../../imports/merge';
import catalogSchema from '../../lib/catalog/services.schema.json';
import { isCatalog } from '../../lib/catalog/validator';
import { catalogErrors } from '../../lib/catalog/validator-errors';
import { objectValidator } from '../../lib/manifest/validators';
import { fits } from '../../lib/schema/fits';
import { type JsonSchema, type Shape, shapeOf } from '../../lib/schema/shape';
import { analysisTemplate, rollout, service, virtualService } from '../imports/objects';
import { changed, faults } from '../imports/validate';
import { ROOT } from '../tools/catalog';
import { linedShape, linedShapes } from './lined';

/** What is put in the place of each value of an object that is right. */
const WRONG: readonly unknown[] = [
  undefined,
  null,
  -1,
  0.5,
  1e9,
  '',
  'A b',
  '\ud83d\ude00'.repeat(200),
  {},
  { unknown: 1 },
  [],
  [true],
  [1, 1],
];

/** A few of them for each place in turn: together they are all tried many times. */
function* wrongAt(place: number): Generator<unknown> {
  for (let i = 0; i < 3; i += 1) yield WRONG[(3 * place + i) % WRONG.length];
}

function* pointersOf(value: unknown, at = ''): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    if (key.includes('/')) continue;
    yield `${at}/${key}`;
    yield* pointersOf(child, `${at}/${key}`);
  }
}

/** The shape of a kind as it is read from its schema, and as the bundled product has it. */
function shapesFor({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }) {
  const known = SHAPES.get(kind);
  if (known !== undefined) return known;
  const schema = schemaFor(apiVersion, kind) ?? {};
  const shapes = [shapeOf(schema), linedShape(checksOnly(schema))] as const;
  SHAPES.set(kind, shapes);
  return shapes;
}

const SHAPES = new Map<string, readonly [Shape, Shape]>();

describe('an object fits where ajv finds no error', () => {
  test.each([rollout, service, virtualService, analysisTemplate])('$kind', (object) => {
    const validate = objectValidator(object.apiVersion, object.kind);
    const [shape, lined] = shapesFor(object);
    expect([validate?.(object), validate?.errors]).toEqual([true, null]);
    let refused = 0;
    for (const [place, pointer] of [...pointersOf(object)].entries())
      for (const value of wrongAt(place)) {
        const variant = changed(object, pointer, value);
        const right = faults(variant, object).length === 0;
        const told = [fits(shape, variant), fits(lined, variant)];
        expect([pointer, value, ...told]).toEqual([pointer, value, right, right]);
        refused += right ? 0 : 1;
      }
    expect(refused).toBeGreaterThan(20);
  });
});

test('a catalog fits where ajv finds no error', () => {
  const catalog: unknown = JSON.parse(readFileSync(join(ROOT, 'services.json'), 'utf8'));
  const lined = linedShape(checksOnly(catalogSchema));
  expect(isCatalog(catalog)).toBe(true);
  let refused = 0;
  for (const [place, pointer] of [...pointersOf(catalog)].entries())
    for (const value of wrongAt(place)) {
      const variant = changed(catalog, pointer, value);
      const right = catalogErrors(variant).length === 0;
      const told = [isCatalog(variant), fits(lined, variant)];
      expect([pointer, value, ...told]).toEqual([pointer, value, right, right]);
      refused += right ? 0 : 1;
    }
  expect(refused).toBeGreaterThan(300);
});

test('any value is told as ajv tells it', () => {
  const kinds = [rollout, service, virtualService, analysisTemplate];
  fc.assert(
    fc.property(fc.constantFrom(...kinds), fc.object(), (object, more) => {
      const variant = { ...object, ...more, apiVersion: object.apiVersion, kind: object.kind };
      const right = faults(variant, object).length === 0;
      expect(shapesFor(object).map((shape) => fits(shape, variant))).toEqual([right, right]);
    }),
    { numRuns: 200 },
  );
});

test('what does not fit is told with every error, and what fits then has none', () => {
  const validate = objectValidator('v1', 'Service');
  expect(validate?.({ ...service, spec: { type: 3 }, unknown: true })).toBe(false);
  expect(validate?.errors?.map(({ instancePath, keyword }) => `${instancePath} ${keyword}`)).toEqual(
    expect.arrayContaining([' additionalProperties', '/spec/type type']),
  );
  expect([validate?.(service), validate?.errors]).toEqual([true, null]);
});

test('every keyword of every schema is known', () => {
  const { $defs } = mergedChecks(listKinds());
  const { shapes, lines } = linedShapes(isRecord($defs) ? $defs : {});
  for (const line of lines.keys()) shapes.at(String(line)).fill();
  expect(lines.length).toBeGreaterThan(1000);
});

test.each<[schema: JsonSchema, right: readonly unknown[], wrong: readonly unknown[]]>([
  [{ type: 'integer' }, [1, -0, 1e20], [1.5, Number.NaN, Number.POSITIVE_INFINITY, '1', null, undefined]],
  [{ type: ['number', 'null'] }, [1.5, 2, null], [Number.NaN, true, []]],
  [{ minLength: 2, maxLength: 2 }, ['ab', '\ud83d\ude00\ud83d\ude00', 7], ['a', '\ud83d\ude00', 'abc']],
  [{ required: ['a'], additionalProperties: { type: 'string' } }, [{ a: 'x' }, 5], [{}, { a: undefined }, { a: 1 }]],
  [{ properties: { a: {} }, additionalProperties: false }, [{}, { a: undefined }], [{ b: undefined }]],
  [{ propertyNames: { pattern: '^a' } }, [{ ab: 1 }, []], [{ b: 1 }]],
  [
    { uniqueItems: true },
    [[1, '1', null], 'aa'],
    [
      [1, 1],
      [{}, { a: 1 }],
    ],
  ],
  [{ enum: ['a', 1] }, ['a', 1], ['1', ['a']]],
  [{ minProperties: 1, maxProperties: 1 }, [{ a: 1 }, [], 'a'], [{}, { a: 1, b: 2 }]],
  [{ minItems: 1, maxItems: 1 }, [[1], {}], [[], [1, 2]]],
  [{ oneOf: [{ required: ['a'] }, { required: ['b'] }] }, [{ a: 1 }, { b: 1 }], [{}, { a: 1, b: 1 }]],
  [{ allOf: [{ minimum: 1 }, { maximum: 2 }], not: { const: 2 } }, [1, 1.5], [0, 2, 3]],
  [{ $ref: '#/$defs/a~1b', minimum: 2, $defs: { 'a/b': { type: 'integer' } } }, [2], [1, 2.5, 'x']],
  [{ items: { $ref: '#/$defs/list' }, type: 'array', $defs: { list: { items: false } } }, [[], [[], []]], [[[1]]]],
])('%j', (schema, right, wrong) => {
  for (const shape of [shapeOf(schema), linedShape(schema)]) {
    for (const value of right) expect([value, fits(shape, value)]).toEqual([value, true]);
    for (const value of wrong) expect([value, fits(shape, value)]).toEqual([value, false]);
  }
});

test.each<[JsonSchema, string]>([
  [{ contains: {} }, 'contains'],
  [{ enum: [{}] }, 'plain values'],
  [{ $ref: '#/$defs/nothing' }, 'nothing'],
  [{ items: 'x' }, 'no schema'],
])('%j is no schema that is known', (schema, told) => expect(() => fits(shapeOf(schema), [])).toThrow(told));

test.each([' a=1', 'a=1 b', 'b ', '', '=', 'a', ' ', '2'])(
  'a name such as "%s" is not a field that stands in the text',
  (name) => {
    const properties = { a: { type: 'integer' }, b: { type: 'string' } };
    const shape = linedShape({ properties, additionalProperties: false });
    expect([fits(shape, { [name]: 1 }), fits(shape, { [name]: 'x' })]).toEqual([name === 'a', false]);
  },
);

test('a name that would break the text of fields is refused', () => {
  expect(() => linedShape({ properties: { 'a b': { type: 'string' } } })).toThrow('"a b"');
});
