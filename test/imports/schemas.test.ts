import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { ANNOTATION_KEYWORDS, type KindSchema, listKinds, schemaFor } from '../../imports/index';
import { mergeSchemas, pointerTo } from '../../imports/merge';

const kinds = listKinds().map(({ apiVersion, kind }) => ({ apiVersion, kind, name: `${apiVersion}/${kind}` }));
const schemas = new Map(kinds.map(({ apiVersion, kind, name }) => [name, schemaFor(apiVersion, kind) ?? {}]));
const newAjv = (): Ajv2020 => {
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, strict: true, strictRequired: false });
  return ajv.addVocabulary([...ANNOTATION_KEYWORDS]);
};

const validating = newAjv();

type Visit = (schema: KindSchema, place: string) => void;

/** Calls back for every schema that declares a shape: not inside conditions, which only test what is declared elsewhere. */
function everyShape(schema: unknown, place: string, visit: Visit): void {
  if (typeof schema !== 'object' || schema === null) return;
  const { properties, $defs, items, additionalProperties } = schema as KindSchema;
  visit(schema as KindSchema, place);
  for (const [name, child] of Object.entries({ ...Object(properties), ...Object($defs) }))
    everyShape(child, `${place}.${name}`, visit);
  everyShape(items, `${place}[]`, visit);
  everyShape(additionalProperties, `${place}{}`, visit);
}

test('there are as many files as the index lists, and more than a hundred', () => {
  const files = readdirSync(join(__dirname, '../../imports/schemas'), { recursive: true, encoding: 'utf8' });
  expect(files.filter((file) => file.endsWith('.json')).length).toBe(kinds.length + 1);
  expect(kinds.length).toBeGreaterThan(100);
});

test.each(kinds)('$name is a valid schema of draft 2020-12 for that kind', ({ apiVersion, kind, name }) => {
  const schema = schemas.get(name) ?? {};
  expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
  expect([validating.validateSchema(schema), validating.errors]).toEqual([true, null]);
  expect(schema.properties).toMatchObject({ apiVersion: { const: apiVersion }, kind: { const: kind } });
  expect(schema.required).toEqual(expect.arrayContaining(['apiVersion', 'kind', 'metadata']));
  expect(schema.required).not.toContain('status');
});

test('every schema compiles in strict mode, with nothing but the annotations declared', () => {
  const bodies = [...schemas].map(([name, { $schema, $comment, ...body }]) => [name, body] as const);
  const ajv = newAjv().addSchema({ ...mergeSchemas(new Map(bodies)), $id: 'kinds' });
  for (const { name } of kinds) expect(typeof ajv.getSchema(`kinds${pointerTo(name)}`)).toBe('function');
});

test('a schema that is not valid or not strict does not pass these checks', () => {
  expect(newAjv().validateSchema({ type: 'strnig' })).toBe(false);
  expect(() => newAjv().compile({ type: 'object', 'x-kubernetes-other': true })).toThrow('unknown keyword');
});

test('every object with declared properties rejects others, unless it preserves them', () => {
  const open: string[] = [];
  let objects = 0;
  for (const [name, schema] of schemas)
    everyShape(schema, name, (shape, place) => {
      if (shape.properties === undefined) return;
      objects += 1;
      if (shape.additionalProperties !== false && shape['x-kubernetes-preserve-unknown-fields'] !== true)
        open.push(place);
    });
  expect(open).toEqual([]);
  expect(objects).toBeGreaterThan(3000);
});

test('every list that is a map names its keys', () => {
  const unnamed: string[] = [];
  let maps = 0;
  for (const [name, schema] of schemas)
    everyShape(schema, name, (shape, place) => {
      if (shape['x-kubernetes-list-type'] !== 'map') return;
      maps += 1;
      if (!Array.isArray(shape['x-kubernetes-list-map-keys'])) unnamed.push(place);
    });
  expect(unnamed).toEqual([]);
  expect(maps).toBeGreaterThan(300);
});

test('a kind or a path that is not known has no schema', () => {
  expect(schemaFor('argoproj.io/v1alpha1', 'Rolout')).toBeUndefined();
  expect(schemaFor('v1', '../../package')).toBeUndefined();
  expect(schemaFor('../src/v1', 'Rollout')).toBeUndefined();
});
