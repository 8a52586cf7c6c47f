import { removeWorkspaces, workspace } from '../catalog/minimal';
import { ROOT } from '../tools/catalog';
import { FULL, FULL_FILES } from './full';
import { ENDINGS, HOSTILE } from './hostile';
import { CatalogSchema, type Node, placesOf, typesOf } from './schema';
import { type Outcome, outcomeOf, replacedAndRead, shapeOf, textsOf, withTexts } from './substitute';

let root: string;
let harmless: Outcome;
let harmlessTexts: readonly string[];
beforeAll(() => {
  root = workspace(FULL_FILES);
  harmless = outcomeOf(FULL, root);
  harmlessTexts = [...textsOf([...harmless.files])];
});
afterAll(removeWorkspaces);

const schema = new CatalogSchema(ROOT);

/** Texts and names that people choose, by the place of the schema that speaks of them. */
function chosen(): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const path of placesOf(FULL)) {
    const node = schema.at(path);
    const parent = schema.at(path.slice(0, -1));
    const value = path.reduce<unknown>((at, segment) => Reflect.get(Object(at), segment), FULL);
    const name = path.at(-1);
    const place = path.map((segment, i) => (isChosen(schema.at(path.slice(0, i)), segment) ? '*' : segment)).join('.');
    if (typeof value === 'string' && node && !node.enum) texts.set(place, value);
    if (typeof name === 'string' && isChosen(parent, name)) texts.set(`name of ${place}`, name);
  }
  return texts;
}

const isChosen = (node: Node | undefined, segment: string | number): boolean =>
  typeof segment === 'number' || !Object.hasOwn(node?.properties ?? {}, segment);

/**
 * What comes out in other words than it went in: amounts in their canonical form, header names in lower case, the names of
 * volumes from their paths; releases, which decide what runs.
 */
const REWORDED = /resources\.(requests|limits)\.|canaryHeader\.name|writablePaths|contracts\.\*\.release/;

/** What is wrong with how a hostile text in the place of a harmless one came out. */
function complaint(place: string, token: string, text: string): string | undefined {
  const replaced = withTexts(FULL, (one) => (one === token ? text : one));
  const outcome = outcomeOf(replaced, root);
  if (outcome.errors.length > 0)
    return outcome.errors.every(({ code, path, message }) => code && path && message)
      ? undefined
      : 'told without a place';
  if (REWORDED.test(place)) return undefined;
  const found = replacedAndRead(harmless, outcome, token, text);
  expect(found.read).toEqual(found.replaced);
  expect(found.files[1]).toBe(found.files[0]);
  const bent = harmlessTexts.find(
    (one) => one !== token && one.includes(token) && shapeOf(one) !== shapeOf(one.replaceAll(token, () => text)),
  );
  return bent === undefined ? undefined : `leaves its place in ${bent}`;
}

test('the full catalog is clean, and has every text of the schema', () => {
  expect(harmless.errors).toEqual([]);
  const spoken = new Set(placesOf(FULL).map((path) => schema.at(path)));
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
  test.each([...chosen()])('%s', (place, token) => {
    const endings = ENDINGS.map((what) => [what, `${token}${HOSTILE[what]}`] as const);
    for (const [what, text] of [...Object.entries(HOSTILE), ...endings]) {
      const why = complaint(place, token, text);
      if (why !== undefined) throw new Error(`${what}: ${why}`);
    }
  });
});
