import * as fc from 'fast-check';
import { type Change, changeOf } from '../../lib/diff/change';
import { canonicalText, compareValues, type FieldChange } from '../../lib/diff/compare/compare';
import { schemaOfKind } from '../../lib/diff/compare/list-keys';
import { shownField } from '../../lib/diff/format/shown';
import { pairObjects } from '../../lib/diff/pair/pair';
import type { KubeObject } from '../../lib/manifest/object';
import { apply } from './apply';
import { given } from './tools';

const NONE = schemaOfKind('example.org/v1', 'Nothing');
const ROLLOUT = schemaOfKind('argoproj.io/v1alpha1', 'Rollout');

const key = fc.constantFrom(
  'name',
  'image',
  'port',
  'protocol',
  'a.b/c',
  'value',
  'weight',
  'destination',
  'subset',
  'x',
);
const scalar = fc.oneof(
  fc.constantFrom('web', 'api', 'a b', '1', '', 'TCP', 'x,y]'),
  fc.integer({ min: 0, max: 3 }),
  fc.boolean(),
);
const { value } = fc.letrec<{ value: unknown; map: Record<string, unknown> }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    scalar,
    tie('map'),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(tie('map'), { maxLength: 4 }),
  ),
  map: fc.dictionary(key, tie('value'), { maxKeys: 4 }),
}));

/** Two values that have much in common. */
const two = fc.tuple(value, value, fc.nat(7)).map(([a, b, way]): readonly [unknown, unknown] => {
  const named = [
    { name: 'web', image: 'x' },
    { name: 'api', image: a },
  ];
  switch (way) {
    case 0:
      return [
        [a, b, ...named],
        [b, a, { name: 'api', image: b }, { name: 'web', image: 'x' }],
      ];
    case 1:
      return [
        { x: a, y: named },
        { x: a, y: [...named].reverse() },
      ];
    case 2:
      return [
        [a, b, ...named],
        [b, ...named],
      ];
    case 3:
      return [{ a }, { b }];
    case 4:
      return [
        [a, b],
        [b, a],
      ];
    case 5:
      return [named, [{ name: 'new', x: a }, ...named]];
    case 6:
      return [
        [a, ...named],
        [b, a, ...named],
      ];
    default:
      return [a, b];
  }
});

const shown = (fields: readonly FieldChange[]) => fields.map((field) => shownField(CONFIG, field));
const CONFIG: KubeObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' } };

test('a value does not differ from itself', () => {
  fc.assert(fc.property(value, (a) => expect(compareValues(a, structuredClone(a), NONE)).toEqual([])));
});

test('what is reported, applied to the one, gives the other', () => {
  fc.assert(
    fc.property(two, ([a, b]) => {
      const reported = shown(compareValues({ spec: a }, { spec: b }, NONE));
      expect(canonicalText(apply({ spec: a }, reported))).toBe(canonicalText({ spec: b }));
    }),
    { numRuns: 1000 },
  );
});

const sorted = (fields: readonly object[]): readonly string[] => fields.map((field) => JSON.stringify(field)).sort();

const told = ({ path, otherPath, before, after, moved }: FieldChange, turned: boolean) => {
  const isOneSided = !moved && ((before ?? null) === null || (after ?? null) === null);
  const [here, there] = turned && !isOneSided ? [otherPath ?? path, path] : [path, otherPath ?? path];
  return { here, there, before: (turned ? after : before) ?? null, after: (turned ? before : after) ?? null, moved };
};

test.each([NONE, ROLLOUT])('the comparison the other way round is the mirror image', (schema) => {
  fc.assert(
    fc.property(two, ([a, b]) => {
      const there = compareValues({ spec: a }, { spec: b }, schema);
      const back = compareValues({ spec: b }, { spec: a }, schema);
      expect(sorted(back.map((field) => told(field, false)))).toEqual(sorted(there.map((field) => told(field, true))));
    }),
    { numRuns: 1000 },
  );
});

const object = fc.record({
  kind: fc.constantFrom('ConfigMap', 'Service', 'Rollout'),
  name: fc.constantFrom('web', 'api', 'web-config-0a1b2c3d4e', 'web-config-5f6a7b8c9d', 'web-v2', 'job-1'),
  namespace: fc.constantFrom('shop', 'stage'),
  spec: fc.dictionary(key, scalar, { minKeys: 2, maxKeys: 5 }),
  file: fc.constantFrom('a.yaml', 'b.yaml'),
});
const objects = fc.uniqueArray(object, {
  maxLength: 8,
  selector: ({ kind, name, namespace }) => `${kind}/${namespace}/${name}`,
});
const toGiven = ({ kind, name, namespace, spec, file }: typeof object extends fc.Arbitrary<infer T> ? T : never) =>
  given(
    {
      apiVersion: kind === 'Rollout' ? 'argoproj.io/v1alpha1' : 'v1',
      kind,
      metadata: { name, namespace },
      spec,
    } as KubeObject,
    file,
  );

const label = ({ kind, before, after }: Change, turned = false): string => {
  const [a, b] = turned ? [after, before] : [before, after];
  const [was, becomes] = [kind, { added: 'removed', removed: 'added', changed: 'changed', moved: 'moved' }[kind]];
  const told = (one: typeof a) => (one === undefined ? '-' : `${one.file} ${JSON.stringify(one.written)}`);
  return `${turned ? becomes : was}: ${told(a)} => ${told(b)}`;
};

test('objects are paired alike whichever side is first, and none is lost', () => {
  fc.assert(
    fc.property(objects, objects, (a, b) => {
      const [before, after] = [a.map(toGiven), b.map(toGiven)];
      const there = pairObjects(before, after);
      const back = pairObjects(after, before);
      const changes = there.flatMap((pair) => changeOf(pair) ?? []);
      expect(changes.map((change) => label(change)).sort()).toEqual(
        back
          .flatMap((pair) => changeOf(pair) ?? [])
          .map((change) => label(change, true))
          .sort(),
      );
      expect(there.flatMap((pair) => pair.before ?? [])).toHaveLength(before.length);
      expect(there.flatMap((pair) => pair.after ?? [])).toHaveLength(after.length);
      for (const pair of there) {
        const change = changeOf(pair);
        const fields = change?.fields.map((field) => shownField(CONFIG, field)) ?? [];
        const result = apply(pair.before?.written, fields);
        expect(canonicalText(typeof result === 'symbol' ? undefined : result)).toBe(canonicalText(pair.after?.written));
      }
    }),
    { numRuns: 300 },
  );
});
