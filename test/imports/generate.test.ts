import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileSchema, type Validator } from '../../imports/compile';
import type { JsonObject } from '../../imports/tools/json';
import { KINDS, type KindList } from '../../imports/tools/kinds';
import { generate } from '../../imports/tools/main';
import { kindSchemas } from '../../imports/tools/schemas';
import { readSources, type Sources } from '../../imports/tools/sources';
import { exportsOf } from './validate';

const ROOT = join(__dirname, '../..');
const SHARED = { crds: join(ROOT, '../shared/crds'), kubernetes: join(ROOT, '../shared/k8s') };
const META = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';

beforeEach(() => {
  // cdk8s-cli prints each definition it generates.
  jest.spyOn(console, 'log').mockImplementation(() => undefined);
});

const LIST: KindList = {
  typedBuiltIns: ['v1/Note'],
  custom: [
    { source: 'widgets', crd: 'widgets.example.com', apiVersion: 'example.com/v1', kind: 'Widget', typed: true },
  ],
};

/** One built-in and one custom kind, with the given properties in the custom one's spec. */
function sourcesWith(properties: JsonObject, served = true): Sources {
  const schema = { type: 'object', properties: { spec: { type: 'object', properties } }, description: 'prose' };
  const name = { type: 'string', description: 'prose' };
  const note: JsonObject = {
    type: 'object',
    properties: { apiVersion: name, kind: name, metadata: { $ref: `#/definitions/${META}` }, clusterIP: name },
    'x-kubernetes-group-version-kind': [{ group: '', version: 'v1', kind: 'Note' }],
  };
  const spec = {
    group: 'example.com',
    names: { kind: 'Widget', plural: 'widgets' },
    scope: 'Namespaced',
    versions: [{ name: 'v1', served, storage: true, schema: { openAPIV3Schema: schema } }],
  };
  const crd = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'x' },
    spec,
  };
  return {
    kubernetesVersion: '1.0.0',
    definitions: { 'io.k8s.api.core.v1.Note': note, [META]: { type: 'object', properties: { name } } },
    crds: new Map([['widgets.example.com', crd]]),
    addresses: new Map([['widgets', 'https://example.com/v1.2.3/widgets.yaml']]),
  };
}

/** Whether a custom object with this spec is valid, when the definition declares these properties. */
function accepts(properties: JsonObject, spec: JsonObject): boolean {
  const schema = kindSchemas(sourcesWith(properties), LIST).find(({ kind }) => kind === 'Widget')?.schema ?? {};
  const validate = exportsOf<Validator>(compileSchema(schema));
  return validate({ apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'a' }, spec });
}

interface Conversion {
  readonly what: string;
  readonly field: JsonObject;
  readonly good: readonly JsonObject[string][];
  readonly bad: readonly JsonObject[string][];
}

const named = { type: 'object', properties: { a: { type: 'string' } } } as const;
const CONVERSIONS: readonly Conversion[] = [
  { what: 'nullable', field: { type: 'string', nullable: true }, good: ['a', null], bad: [1] },
  { what: 'nullable enum', field: { type: 'string', enum: ['a'], nullable: true }, good: ['a', null], bad: ['b'] },
  {
    what: 'int-or-string, pattern for the text only',
    field: {
      anyOf: [{ type: 'integer' }, { type: 'string' }],
      pattern: '^[0-9]+%$',
      'x-kubernetes-int-or-string': true,
    },
    good: [1, '10%'],
    bad: ['10', 1.5, null],
  },
  { what: 'declared fields', field: named, good: [{}, { a: 'b' }], bad: [{ b: 'a' }] },
  { what: 'an object without fields', field: { type: 'object' }, good: [{}], bad: [{ a: 1 }] },
  {
    what: 'preserve-unknown-fields, with declared ones still checked',
    field: { ...named, 'x-kubernetes-preserve-unknown-fields': true },
    good: [{ b: [1] }, { a: 'b', c: {} }],
    bad: [{ a: 1 }],
  },
  {
    what: 'preserve-unknown-fields does not reach into declared objects',
    field: { type: 'object', properties: { inner: named }, 'x-kubernetes-preserve-unknown-fields': true },
    good: [{ inner: { a: 'b' }, other: 1 }],
    bad: [{ inner: { b: 'a' } }],
  },
  {
    what: 'embedded resource',
    field: { type: 'object', 'x-kubernetes-embedded-resource': true, 'x-kubernetes-preserve-unknown-fields': true },
    good: [{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: {} }],
    bad: [{ kind: 'Pod' }, { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'A' } }],
  },
  {
    what: 'a set',
    field: { type: 'array', items: { type: 'string' }, 'x-kubernetes-list-type': 'set' },
    good: [['a', 'b']],
    bad: [['a', 'a']],
  },
  { what: 'int32', field: { type: 'integer', format: 'int32', minimum: 0 }, good: [0], bad: [-1, 2 ** 31] },
  { what: 'date-time', field: { type: 'string', format: 'date-time' }, good: ['2024-01-01T00:00:00Z'], bad: ['today'] },
  { what: '(?i)', field: { type: 'string', pattern: '^(?i)(abort|warn)?$' }, good: ['Abort', ''], bad: ['aborted'] },
  {
    what: 'ipv4 or ipv6, as a condition',
    field: { type: 'string', anyOf: [{ format: 'ipv4' }, { format: 'ipv6' }] },
    good: ['10.0.0.1', 'fe80::1', '::'],
    bad: ['10.0.0.256', 'a', '1:2'],
  },
  {
    what: 'a condition tests fields and does not close the object',
    field: {
      ...named,
      properties: { a: {}, b: {} },
      oneOf: [{ required: ['a'] }, { properties: { b: { enum: [1] } } }],
    },
    good: [{ a: 1, b: 2 }, { b: 1 }],
    bad: [{ b: 2 }, { a: 1, b: 1 }, { a: 1, c: 1, b: 2 }],
  },
  {
    what: 'fields named like keywords',
    field: {
      type: 'object',
      properties: { description: { type: 'string' }, not: named, default: { type: 'integer' } },
    },
    good: [{ description: 'a', not: { a: 'b' }, default: 1 }],
    bad: [{ not: { b: 1 } }, { default: 'a' }],
  },
];

describe.each(CONVERSIONS)('conversion: $what', ({ field, good, bad }) => {
  test.each(good.map((value) => [value]))('accepts %j', (value) => {
    expect(accepts({ field }, { field: value })).toBe(true);
  });
  test.each(bad.map((value) => [value]))('refuses %j', (value) => {
    expect(accepts({ field }, { field: value })).toBe(false);
  });
});

test.each([
  ['an unknown keyword', { f: { type: 'string', contentEncoding: 'base64' } }, 'unknown keyword contentEncoding'],
  ['an unknown format', { f: { type: 'string', format: 'uri' } }, 'format uri: add it'],
  ['a pattern only Go reads', { f: { type: 'string', pattern: '(?P<a>b)' } }, 'translate it'],
])('%s stops the import', (_, properties, message) => {
  expect(() => kindSchemas(sourcesWith(properties), LIST)).toThrow(message);
});

test('a version that is not served stops the import', () => {
  expect(() => kindSchemas(sourcesWith({}, false), LIST)).toThrow('v1 is not a served version');
});

test('what cannot be undone in wire form stops the import', async () => {
  const valueLike = {
    holder: { type: 'object', properties: { value: { type: 'string' } }, required: ['value'] },
  } as const;
  await expect(generate(sourcesWith(valueLike), LIST)).rejects.toThrow('cannot be told from a value class');
  const text = { type: 'string' } as const;
  const ambiguous = { a: { ...named, properties: { x_y: text } }, b: { ...named, properties: { xY: text } } };
  await expect(generate(sourcesWith(ambiguous), LIST)).rejects.toThrow('xY stands for');
});

test('generated files name their source and how to make them; renamed and dropped names are listed', async () => {
  const field = { type: 'string' } as const;
  const files = await generate(sourcesWith({ repoURL: field, sameName: field, same_name: field }), LIST);
  expect([...files.keys()].sort()).toEqual([
    'schemas/example.com/v1/Widget.json',
    'schemas/index.json',
    'schemas/v1/Note.json',
    'src/k8s.ts',
    'src/widgets-example.com.ts',
    'wire.generated.ts',
  ]);
  for (const [path, text] of files)
    if (path !== 'schemas/index.json') expect(text.slice(0, 300)).toMatch(/Generated by `?npm run import/);
  expect(files.get('src/widgets-example.com.ts')).toContain('https://example.com/v1.2.3/widgets.yaml');
  expect(files.get('wire.generated.ts')).toContain("readonly clusterIp: 'clusterIP';");
  expect(files.get('wire.generated.ts')).toContain("readonly repoUrl: 'repoURL';");
  expect(files.get('wire.generated.ts')).toContain('as two names became one: same_name.');
  expect([...files.values()].join('')).not.toContain('prose"');
});

test('generating twice gives the same bytes', async () => {
  const sources = sourcesWith(Object.fromEntries(CONVERSIONS.map(({ field }, index) => [`field${index}`, field])));
  expect(await generate(sources, LIST)).toEqual(await generate(structuredClone(sources), LIST));
});

const missing = Object.values(SHARED).filter((folder) => !existsSync(folder));
if (missing.length > 0) process.stderr.write(`skipped: regeneration, there is no ${missing.join(', no ')}\n`);

(missing.length > 0 ? test.skip : test)(
  'regenerating from the upstream definitions gives what is committed',
  async () => {
    const sources = await readSources(readFileSync(join(ROOT, 'cdk8s.yaml'), 'utf8'), KINDS, SHARED);
    const files = await generate(sources, KINDS);
    const imports = join(ROOT, 'imports');
    for (const [path, text] of files)
      expect([path, readFileSync(join(imports, path), 'utf8') === text]).toEqual([path, true]);
    const present = ['src', 'schemas'].flatMap((folder) =>
      readdirSync(join(imports, folder), { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path}`),
    );
    const generated = present.filter((path) => /\.(?:ts|json)$/.test(path));
    expect(generated.filter((path) => !files.has(path))).toEqual([]);
  },
  60_000,
);
