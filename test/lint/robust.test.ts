import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { lintManifests } from '../../lib/lint/lint';
import { groupOf } from '../../lib/manifest/rule';
import { MANIFEST_RULES } from '../../lib/manifest/rules';

/** Every place in a value, as a function that puts something else there. */
function places(value: unknown): readonly ((other: unknown) => void)[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inside]) => [
    (other: unknown) => void Reflect.set(value, key, other),
    ...places(inside),
  ]);
}

const bases: readonly (() => unknown[])[] = [
  () => documentsOf(readFileSync(join(__dirname, 'controller-cases/base.yaml'), 'utf8')),
  ...MANIFEST_RULES.map((rule) => () => {
    const { bad, good } = rule.examples();
    return structuredClone([...(bad[0]?.objects ?? []), ...(good[0] ?? [])].slice(0, 8));
  }),
];

function documentsOf(text: string): unknown[] {
  const all = parseAllDocuments(text);
  return 'empty' in all ? [] : all.map((document) => document.toJS());
}

const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(null, 0, -1, 1e9, '', 'x', '{{args.x}}', '1d', '-', true, [], {}, [null], [1, 'a', {}], {
    name: null,
  }),
  fc.jsonValue({ maxDepth: 2 }),
);

test('fields of any type, anywhere, are told and never thrown at', () => {
  fc.assert(
    fc.property(fc.nat(), fc.array(fc.tuple(fc.nat(), odd), { minLength: 1, maxLength: 3 }), (which, changes) => {
      const objects = bases[which % bases.length]?.() ?? [];
      for (const [place, value] of changes) {
        const all = places(objects);
        all[place % Math.max(1, all.length)]?.(structuredClone(value));
      }
      const text = objects.map((object) => JSON.stringify(object ?? null)).join('\n---\n');
      for (const { line, column } of lintManifests([{ file: 'a.yaml', text }])) {
        expect(Math.min(line, column)).toBeGreaterThan(0);
      }
    }),
    { numRuns: 1000 },
  );
}, 120_000);

test('a group without objects has nothing to find', () => {
  const group = groupOf([]);
  for (const rule of MANIFEST_RULES) rule.check(group, () => expect(rule.code).toBe('silent'));
});
