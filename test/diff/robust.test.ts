import * as fc from 'fast-check';
import { parse } from 'yaml';
import { DIFF_FORMATS, isDiffFormat, type Write } from '../../lib/diff/format';
import { DIFF_RULES } from '../../lib/diff/rules';
import * as manifests from './corpus/manifests';
import { compareTexts } from './tools';

/** Every place in a value, as a function that puts something else there. */
function places(value: unknown): readonly ((other: unknown) => void)[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inside]) => [
    (other: unknown) => void Reflect.set(value, key, other),
    ...places(inside),
  ]);
}

/** What stands on the two sides before something odd is put into them. */
const bases: readonly (() => readonly [unknown[], unknown[]])[] = [
  () => [Object.values(manifests).map((text) => parse(text)), Object.values(manifests).map((text) => parse(text))],
  ...DIFF_RULES.map(({ examples }) => (): readonly [unknown[], unknown[]] => {
    const [example] = examples().has;
    return [structuredClone([...(example?.before ?? [])]), structuredClone([...(example?.after ?? [])])];
  }),
];

const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(null, 0, -1, 1e9, '', 'x', '{{args.x}}', '1d', '-', true, [], {}, [null], [1, 'a', {}], {
    name: null,
  }),
  fc.jsonValue({ maxDepth: 2 }),
);

test('fields of any type, anywhere, on either side, are compared and never thrown at', () => {
  fc.assert(
    fc.property(
      fc.nat(),
      fc.array(fc.tuple(fc.boolean(), fc.nat(), odd), { minLength: 1, maxLength: 4 }),
      (which, changes) => {
        const sides = bases[which % bases.length]?.() ?? [[], []];
        for (const [first, place, value] of changes) {
          const all = places(sides[first ? 0 : 1]);
          all[place % Math.max(1, all.length)]?.(structuredClone(value));
        }
        const [before = '', after = ''] = sides.map((objects) =>
          objects.map((object) => JSON.stringify(object ?? null)).join('\n---\n'),
        );
        const compared = compareTexts(before, after);
        expect(compareTexts(before, before).changes).toEqual([]);
        for (const format of Object.keys(DIFF_FORMATS).filter(isDiffFormat)) {
          const write: Write = DIFF_FORMATS[format];
          expect(write(compared, { colour: false }).length).toBeGreaterThan(0);
        }
      },
    ),
    { numRuns: 200 },
  );
}, 120_000);
