import { removeWorkspaces, workspace } from '../catalog/minimal';
import { ROOT } from '../tools/catalog';
import { FULL, FULL_FILES } from './full';
import { FULL_ROUTERS } from './full-routers';
import { ENDINGS, HOSTILE } from './hostile';
import { CatalogSchema, type Node, placesOf, typesOf } from './schema';
import { type Outcome, outcomeOf, replacedAndRead, shapeOf, textsOf, withTexts } from './substitute';

const CATALOGS = { FULL, FULL_ROUTERS } as const;
type Which = keyof typeof CATALOGS;
const WHICH = ['FULL', 'FULL_ROUTERS'] as const satisfies readonly Which[];

interface Harmless {
  readonly outcome: Outcome;
  readonly texts: readonly string[];
}

let root: string;
const harmless = new Map<Which, Harmless>();
beforeAll(() => {
  root = workspace(FULL_FILES);
  for (const which of WHICH) {
    const outcome = outcomeOf(CATALOGS[which], root);
    harmless.set(which, { outcome, texts: [...textsOf([...outcome.files])] });
  }
});
afterAll(removeWorkspaces);

const schema = new CatalogSchema(ROOT);

/** Texts and names that people choose, by the place of the schema that speaks of them. */
function chosenIn(catalog: unknown): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const path of placesOf(catalog)) {
    const node = schema.at(path);
    const parent = schema.at(path.slice(0, -1));
    const value = path.reduce<unknown>((at, segment) => Reflect.get(Object(at), segment), catalog);
    const name = path.at(-1);
    const place = path.map((segment, i) => (isChosen(schema.at(path.slice(0, i)), segment) ? '*' : segment)).join('.');
    if (typeof value === 'string' && node && !node.enum) texts.set(place, value);
    if (typeof name === 'string' && isChosen(parent, name)) texts.set(`name of ${place}`, name);
  }
  return texts;
}

/** Each place once, in the first catalog that has it. */
function chosen(): readonly (readonly [place: string, token: string, which: Which])[] {
  const places = new Map<string, readonly [string, string, Which]>();
  for (const which of WHICH)
    for (const [place, token] of chosenIn(CATALOGS[which]))
      if (!places.has(place)) places.set(place, [place, token, which]);
  return [...places.values()];
}

const isChosen = (node: Node | undefined, segment: string | number): boolean =>
  typeof segment === 'number' || !Object.hasOwn(node?.properties ?? {}, segment);

/**
 * What comes out in other words than it went in: amounts in their canonical form, header names in lower case, the names of
 * volumes from their paths; releases, which decide what runs.
 */
const REWORDED =
  /resources\.(requests|limits)\.|[hH]eader\.name|writablePaths|contracts\.\*\.release|strategy\.max(Surge|Unavailable)/;

/** What is wrong with how a hostile text in the place of a harmless one came out. */
function complaint(place: string, token: string, text: string, which: Which): string | undefined {
  const before = harmless.get(which);
  if (before === undefined) throw new Error(which);
  const replaced = withTexts(CATALOGS[which], (one) => (one === token ? text : one));
  const outcome = outcomeOf(replaced, root);
  if (outcome.errors.length > 0)
    return outcome.errors.every(({ code, path, message }) => code && path && message)
      ? undefined
      : 'told without a place';
  if (REWORDED.test(place)) return undefined;
  const found = replacedAndRead(before.outcome, outcome, token, text);
  expect(found.read).toEqual(found.replaced);
  expect(found.files[1]).toBe(found.files[0]);
  const bent = before.texts.find(
    (one) => one !== token && one.includes(token) && shapeOf(one) !== shapeOf(one.replaceAll(token, () => text)),
  );
  return bent === undefined ? undefined : `leaves its place in ${bent}`;
}

test('the full catalogs are clean, and have every text of the schema', () => {
  for (const which of WHICH) expect(harmless.get(which)?.outcome.errors).toEqual([]);
  const spoken = new Set(WHICH.flatMap((which) => placesOf(CATALOGS[which]).map((path) => schema.at(path))));
  const silent: string[] = [];
  const visit = (given: Node, path: string): void => {
    const node = schema.resolved(given);
    if (typesOf(node).includes('string') && !node.enum && !spoken.has(node)) silent.push(path);
    for (const [name, field] of Object.entries(node.properties ?? {}))
      if (field.$ref === undefined) visit(field, `${path}.${name}`);
    if (node.items) visit(node.items, `${path}[]`);
    if (node.additionalProperties && (path === '.services' || !node.additionalProperties.$ref))
      visit(node.additionalProperties, `${path}.*`);
  };
  visit(schema.root, '');
  expect(silent).toEqual([]);
});

describe('a hostile text is refused with its place, or stands exactly where a harmless one stood', () => {
  test.each([...chosen()])('%s', (place, token, which) => {
    const endings = ENDINGS.map((what) => [what, `${token}${HOSTILE[what]}`] as const);
    for (const [what, text] of [...Object.entries(HOSTILE), ...endings]) {
      const why = complaint(place, token, text, which);
      if (why !== undefined) throw new Error(`${what}: ${why}`);
    }
  });
});
