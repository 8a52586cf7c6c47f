import Ajv2020 from 'ajv/dist/2020';
import { compileValidator, compileValidators, type Validator } from '../../imports/compile';
import { ANNOTATION_KEYWORDS, listKinds, schemaFor } from '../../imports/index';
import { analysisTemplate, rollout, service, virtualService } from './objects';
import { changed, exportsOf } from './validate';

const typed = listKinds().filter((kind) => kind.typed);
const objects = [rollout, service, virtualService, analysisTemplate];
const all = compileValidators(typed);
const validators = exportsOf<Readonly<Record<string, Validator>>>(all);
const validatorOf = (object: { readonly apiVersion: string; readonly kind: string }): Validator => {
  const validate = validators[`${object.apiVersion}/${object.kind}`];
  if (validate === undefined) throw new Error(`no validator of ${object.kind}`);
  return validate;
};

/** Every object, and every object with one value at any depth replaced by one of another type, or removed. */
function* variants<T extends object>(object: T): Generator<T> {
  const pointers = function* (value: unknown, at: string): Generator<string> {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, child] of Object.entries(value)) {
      yield `${at}/${key}`;
      yield* pointers(child, `${at}/${key}`);
    }
  };
  yield object;
  for (const pointer of pointers(object, ''))
    if (!pointer.split('/').some((step) => step.includes('.')))
      for (const value of [undefined, null, -1, 'A b', { unknown: 1 }, [true]]) yield changed(object, pointer, value);
}

test.each(objects)('$kind: the compiled code finds what ajv finds in the schema', (object) => {
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, strictRequired: false });
  const reference = ajv
    .addVocabulary([...ANNOTATION_KEYWORDS])
    .compile(schemaFor(object.apiVersion, object.kind) ?? {});
  const single = exportsOf<Validator>(compileValidator(object.apiVersion, object.kind));
  const shared = validatorOf(object);
  const found = (validate: { readonly errors?: Validator['errors'] | null }): readonly string[] =>
    (validate.errors ?? [])
      .map(({ instancePath, keyword, params }) => JSON.stringify([instancePath, keyword, params]))
      .sort();
  let invalid = 0;
  for (const variant of variants(object)) {
    const valid = reference(variant);
    expect([single(variant), found(single)]).toEqual([valid, found(reference as Validator)]);
    expect([shared(variant), found(shared)]).toEqual([valid, found(reference as Validator)]);
    invalid += valid ? 0 : 1;
  }
  expect(invalid).toBeGreaterThan(20);
});

test('one module holds a validator of each kind, and names no schema', () => {
  expect(Object.keys(validators).sort()).toEqual(typed.map(({ apiVersion, kind }) => `${apiVersion}/${kind}`).sort());
  expect(all).not.toMatch(/\bschema\d+\b/);
  expect(all.match(/require\([^)]*\)/g)?.filter((call) => !call.startsWith('require("ajv/dist/runtime/'))).toEqual([]);
});

test('all errors are found, not the first', () => {
  const validate = validatorOf(rollout);
  const twice = changed(changed(rollout, '/spec/replicas', 'x'), '/spec/paused', 'no');
  expect(validate(twice)).toBe(false);
  expect(validate.errors).toEqual([
    { instancePath: '/spec/paused', keyword: 'type', params: { type: 'boolean' } },
    { instancePath: '/spec/replicas', keyword: 'type', params: { type: 'integer' } },
  ]);
  expect(validate(rollout)).toBe(true);
  expect(validate.errors).toBeNull();
});

test('an enum and a list of types are named in the error', () => {
  const route = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'a' },
    spec: { rules: [{ filters: [{ type: 'Redirect' }] }] },
  };
  const validate = validatorOf(route);
  validate(route);
  expect(validate.errors?.[0]?.params.allowedValues).toContain('RequestRedirect');
  const surge = changed(rollout, '/spec/strategy/canary/maxSurge', true);
  validatorOf(rollout)(surge);
  expect(validatorOf(rollout).errors?.[0]?.params).toEqual({ type: ['integer', 'string'] });
});

test('a kind that is not known is an error of the build', () => {
  expect(() => compileValidator('v1', 'Nothing')).toThrow('no schema for v1 Nothing');
});

test('the code of all kinds stays small: it is read at every start', () => {
  expect(all.length).toBeLessThan(1_200_000);
});
