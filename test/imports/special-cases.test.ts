import { analysisTemplate, rollout, service, virtualService } from './objects';
import { changed, faults } from './validate';

interface Case {
  readonly what: string;
  readonly pointer: string;
  readonly good: readonly unknown[];
  /** Each with the faults it must give. */
  readonly bad: readonly (readonly [value: unknown, ...expected: string[]])[];
}

const CONTAINER = '/spec/template/spec/containers/0';
const CANARY = '/spec/strategy/canary';

const ROLLOUT: readonly Case[] = [
  {
    what: 'int-or-string',
    pointer: `${CANARY}/maxSurge`,
    good: [1, '25%'],
    bad: [1.5, true, null, {}].map((value) => [value, `${CANARY}/maxSurge type`] as const),
  },
  {
    what: 'int32',
    pointer: '/spec/replicas',
    good: [0, 2 ** 31 - 1],
    bad: [
      [2 ** 31, '/spec/replicas maximum'],
      ['3', '/spec/replicas type'],
    ],
  },
  {
    what: 'an unknown field',
    pointer: `${CANARY}/steps/1/pause`,
    good: [{}, { duration: 60 }],
    bad: [[{ durration: 60 }, `${CANARY}/steps/1/pause additionalProperties`]],
  },
  {
    what: 'a field that preserves anything',
    pointer: `${CANARY}/steps/1`,
    good: [{ plugin: { name: 'a/b', config: { any: [1, { thing: null }] } } }],
    bad: [[{ plugin: { name: 'a/b', config: 1 } }, `${CANARY}/steps/1/plugin/config type`]],
  },
  {
    what: 'quantity, where the custom definition says nothing',
    pointer: `${CONTAINER}/resources/requests/cpu`,
    good: ['250m', 0.5, 2, '1e3', '.5', '1.5Gi'],
    bad: [
      ['250 m', `${CONTAINER}/resources/requests/cpu pattern`],
      ['1Kb', `${CONTAINER}/resources/requests/cpu pattern`],
      [true, `${CONTAINER}/resources/requests/cpu type`],
    ],
  },
  {
    what: 'volumes, where the custom definition says nothing',
    pointer: '/spec/template/spec/volumes/0',
    good: [{ name: 'tmp', emptyDir: {} }],
    bad: [
      [{ name: 'tmp', emptydir: {} }, '/spec/template/spec/volumes/0 additionalProperties'],
      [{ emptyDir: {} }, '/spec/template/spec/volumes/0 required'],
    ],
  },
  {
    what: 'an object without fields',
    pointer: `${CANARY}/antiAffinity`,
    good: [{ requiredDuringSchedulingIgnoredDuringExecution: {} }],
    bad: [
      [
        { requiredDuringSchedulingIgnoredDuringExecution: { weight: 1 } },
        `${CANARY}/antiAffinity/requiredDuringSchedulingIgnoredDuringExecution additionalProperties`,
      ],
    ],
  },
  {
    what: 'the name: a DNS-1123 subdomain',
    pointer: '/metadata/name',
    good: ['a', 'a.b-c.1', 'x'.repeat(253)],
    bad: [
      ['Frontend', '/metadata/name pattern'],
      ['a_b', '/metadata/name pattern'],
      ['a.', '/metadata/name pattern'],
      ['x'.repeat(254), '/metadata/name maxLength'],
    ],
  },
  {
    what: 'the namespace: a DNS-1123 label',
    pointer: '/metadata/namespace',
    good: ['shop', '1'],
    bad: [
      ['shop.eu', '/metadata/namespace pattern'],
      ['x'.repeat(64), '/metadata/namespace maxLength'],
    ],
  },
  {
    what: 'labels',
    pointer: '/metadata/labels',
    good: [{ 'example.com/a_b.C': '' }, { a: `A${'-'.repeat(61)}z` }],
    bad: [
      [{ 'a/b/c': 'd' }, '/metadata/labels pattern', '/metadata/labels propertyNames'],
      [{ Ex: 'a', 'Example.com/a': 'b' }, '/metadata/labels pattern', '/metadata/labels propertyNames'],
      [{ a: 'b c' }, '/metadata/labels/a pattern'],
      [{ a: 'x'.repeat(64) }, '/metadata/labels/a maxLength'],
      [{ a: true }, '/metadata/labels/a type'],
    ],
  },
  {
    what: 'a time',
    pointer: '/metadata/creationTimestamp',
    good: [null, '2024-02-29T23:59:60Z', '2024-01-01T00:00:00.123+02:00'],
    bad: [
      ['2024-01-01', '/metadata/creationTimestamp pattern'],
      [0, '/metadata/creationTimestamp type'],
    ],
  },
];

describe.each(ROLLOUT)('Rollout: $what', ({ pointer, good, bad }) => {
  test.each(good.map((value) => [value]))('accepts %j', (value) => {
    expect(faults(changed(rollout, pointer, value))).toEqual([]);
  });
  test.each(bad.map(([value, ...expected]) => ({ value, expected })))('refuses $value', ({ value, expected }) => {
    expect(faults(changed(rollout, pointer, value))).toEqual(expected);
  });
  test('has both', () => expect(Math.min(good.length, bad.length)).toBeGreaterThan(0));
});

test('the objects that the tables change are valid', () => {
  expect([rollout, service, virtualService, analysisTemplate].map((object) => faults(object))).toEqual([
    [],
    [],
    [],
    [],
  ]);
});

test.each(['apiVersion', 'kind', 'metadata', 'spec'])('a Rollout needs %s', (field) => {
  expect(faults(changed(rollout, `/${field}`, undefined), rollout)).toEqual([' required']);
});

test('an object has a name, or a base for one', () => {
  expect(faults({ ...service, metadata: { generateName: 'a-' } })).toEqual([]);
  expect(faults(changed(service, '/metadata/name', undefined))).toEqual([
    '/metadata anyOf',
    '/metadata required',
    '/metadata required',
  ]);
});

test('a Service is named as in RFC 1035, a Namespace is not', () => {
  expect(faults(changed(service, '/metadata/name', '1st'))).toEqual(['/metadata/name pattern']);
  expect(faults(changed(service, '/metadata/name', 'a.b'))).toEqual(['/metadata/name pattern']);
  expect(faults({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: '1st' } })).toEqual([]);
});

test("a Role's name may hold a colon but no slash", () => {
  const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', rules: [] };
  expect(faults({ ...role, metadata: { name: 'system:a' } })).toEqual([]);
  expect(faults({ ...role, metadata: { name: 'a/b' } })).toEqual(['/metadata/name pattern']);
});

test('nullable: null only where the definition allows it', () => {
  const retry = '/spec/http/0/retries/retryRemoteLocalities';
  expect(faults(changed(virtualService, retry, null))).toEqual([]);
  expect(faults(changed(virtualService, retry, 'no'))).toEqual([`${retry} type`]);
  expect(faults(changed(virtualService, '/spec/http/0/name', null))).toEqual(['/spec/http/0/name type']);
});

test('a condition of a custom definition is checked, and does not close what it tests', () => {
  const match = '/spec/http/0/match/0/uri';
  expect(faults(changed(virtualService, match, { prefix: '/' }))).toEqual([]);
  expect(faults(changed(virtualService, match, { prefix: '/', exact: '/' }))).toContain(`${match} oneOf`);
});

test('base64', () => {
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } };
  expect(faults({ ...secret, data: { a: 'aGVsbG8=', b: '' } })).toEqual([]);
  expect(faults({ ...secret, data: { a: 'hello' } })).toEqual(['/data/a pattern']);
});
