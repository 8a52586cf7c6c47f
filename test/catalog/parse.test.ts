import fc from 'fast-check';
import { parseJson } from '../../lib/catalog/parse';

const isAnything = (value: unknown): value is unknown => value !== undefined;
const isNothing = (_value: unknown): _value is never => false;
const parse = (text: string) => parseJson('f.json', text, isAnything);

/** JSON as a tree of what is written, so that a key may stand twice. */
type Tree =
  | { readonly kind: 'value'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly Tree[] }
  | { readonly kind: 'object'; readonly members: readonly (readonly [string, Tree])[] };

const key = fc.oneof(fc.constantFrom('a', 'b', '__proto__', 'constructor', ':', '"a":', '\\', '\\"', ''), fc.string());
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(fc.jsonValue({ maxDepth: 0 }), key).map((value): Tree => ({ kind: 'value', text: JSON.stringify(value) })),
    fc.array(tie('tree'), { maxLength: 4 }).map((items): Tree => ({ kind: 'list', items })),
    fc.array(fc.tuple(key, tie('tree')), { maxLength: 4 }).map((members): Tree => ({ kind: 'object', members })),
  ),
}));

/** The text, with white space wherever it may stand; it is taken from a list in turn. */
function write(tree: Tree, spaces: readonly string[]): string {
  let turn = 0;
  const space = () => spaces[turn++ % spaces.length] ?? '';
  const text = (one: Tree): string => {
    if (one.kind === 'value') return one.text;
    if (one.kind === 'list') return `[${space()}${one.items.map(text).join(`,${space()}`)}]`;
    const members = one.members.map(([name, value]) => `${JSON.stringify(name)}${space()}:${space()}${text(value)}`);
    return `{${space()}${members.join(`${space()},`)}}`;
  };
  return text(tree);
}

/** The names of members that stand behind another of the same name in their object, in the order of the text. */
function twins(tree: Tree): readonly string[] {
  if (tree.kind === 'value') return [];
  if (tree.kind === 'list') return tree.items.flatMap(twins);
  return tree.members.flatMap(([name, value], i) => [
    ...(tree.members.slice(0, i).some(([other]) => other === name) ? [name] : []),
    ...twins(value),
  ]);
}

const spaces = fc.array(fc.constantFrom('', ' ', '\r\n\t'), { minLength: 1, maxLength: 7 });

test('every key that stands twice is told, and nothing else, in any JSON', () => {
  fc.assert(
    fc.property(tree, spaces, (given, space) => {
      const { value, diagnostics } = parse(write(given, space));
      expect(JSON.stringify(value)).toBe(JSON.stringify(JSON.parse(write(given, space))));
      expect(diagnostics.map(({ code }) => code)).toEqual(twins(given).map(() => 'CAT002'));
      expect(diagnostics.map(({ message }) => message)).toEqual(
        twins(given).map((name) => expect.stringContaining(JSON.stringify(name).slice(0, 20))),
      );
    }),
    { numRuns: 1500 },
  );
});

/** Services that say the same of some of their fields, with what stands twice among them. */
const catalogs = fc
  .tuple(
    fc.array(tree, { minLength: 1, maxLength: 4 }),
    fc.array(fc.tuple(key, fc.array(fc.tuple(fc.nat(3), fc.nat(9)), { maxLength: 4 }))),
  )
  .chain(([said, services]) =>
    fc.record({
      around: fc.array(fc.tuple(fc.constantFrom('a', 'services', '$schema'), tree), { maxLength: 2 }),
      services: fc.constant(
        services.map(([name, fields]): readonly [string, Tree] => [
          name,
          fields.length === 4
            ? (said[0] ?? { kind: 'list', items: [] })
            : {
                kind: 'object',
                members: fields.map(([field, i]) => [
                  ['a', 'b', '__proto__', 'steps'][field] ?? 'c',
                  said[i % said.length] ?? { kind: 'list', items: [] },
                ]),
              },
        ]),
      ),
    }),
  )
  .map(
    ({ around, services }): Tree => ({
      kind: 'object',
      members: [...around.slice(1), ['services', { kind: 'object', members: services }], ...around.slice(0, 1)],
    }),
  );

test('so is every key that stands twice in catalogs whose services say the same', () => {
  fc.assert(
    fc.property(catalogs, spaces, (given, space) => {
      const { value, diagnostics } = parse(write(given, space));
      expect(JSON.stringify(value)).toBe(JSON.stringify(JSON.parse(write(given, space))));
      expect(diagnostics.map(({ code }) => code)).toEqual(twins(given).map(() => 'CAT002'));
    }),
    { numRuns: 3000 },
  );
});

/** Services that say the same, as a catalog has them; what is inserted is of the signs that decide what is JSON. */
const brokenCatalogs = fc
  .tuple(
    fc.integer({ min: 0, max: 2 }),
    fc.nat(),
    fc.nat(2),
    fc.string({ unit: fc.constantFrom(...'{}[],:" \\1a\n\u0000\u00a0'), maxLength: 3 }),
  )
  .map(([indent, at, gone, junk]) => {
    const service = { steps: [{ weight: 1 }, 'a'], n: 1, owner: 'x"y', deep: { a: { b: [] } } };
    const services = { a: service, b: { ...service, n: 12 }, c: { owner: 'z', steps: service.steps }, d: service };
    const text = JSON.stringify({ platform: {}, services, end: true }, undefined, indent);
    return `${text.slice(0, at % (text.length + 1))}${junk}${text.slice((at % (text.length + 1)) + gone)}`;
  });

test.each([
  [
    'a text',
    fc.tuple(tree, fc.nat(), fc.string({ maxLength: 3 })).map(([given, at, junk]) => {
      const text = write(given, [' ']);
      return `${text.slice(0, at % (text.length + 1))}${junk}${text.slice((at % (text.length + 1)) + 1)}`;
    }),
  ],
  ['a catalog', brokenCatalogs],
])('%s has the value that JSON says, or a fault', (_, broken) => {
  fc.assert(
    fc.property(broken, (text) => {
      const { value, diagnostics } = parse(text);
      let said: unknown;
      try {
        said = JSON.parse(text);
      } catch {}
      expect(JSON.stringify(value)).toBe(JSON.stringify(said));
      if (said === undefined) expect(diagnostics.map(({ code }) => code)).toContain('CAT001');
      expect(diagnostics.length).toBeLessThanOrEqual(20);
    }),
    { numRuns: 4000 },
  );
});

test('only what is not known is looked through for depth', () => {
  const deep = `${'['.repeat(101)}${']'.repeat(101)}`;
  expect(parse(deep).diagnostics).toEqual([]);
  const { value, known, diagnostics } = parseJson('f.json', deep, isNothing);
  expect([value, known, diagnostics.map(({ code }) => code)]).toEqual([undefined, undefined, ['CAT013']]);
});

test('brackets within strings are no depth', () => {
  const text = JSON.stringify({ a: '['.repeat(200), 'b"[[': `\\"${'{'.repeat(200)}` });
  expect(parseJson('f.json', text, isNothing).diagnostics).toEqual([]);
});

test.each([
  ['a string of 4 MB of escapes', JSON.stringify({ a: '"'.repeat(2_000_000) })],
  ['a million keys', `{${Array.from({ length: 200_000 }, (_, i) => `"k${i}":{}`).join(',')}}`],
  ['a list of a million', `[${'0,'.repeat(999_999)}0]`],
  ['half a string of 4 MB', `{"a":"${'\\n'.repeat(2_000_000)}`],
])('%s is read in a moment', (_, text) => {
  const start = performance.now();
  parseJson('f.json', text, isNothing);
  expect(performance.now() - start).toBeLessThan(3000);
});
