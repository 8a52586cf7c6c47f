import { compareText } from '../../diagnostic/format';
import type { Path } from '../../diagnostic/path';
import { alignLists } from './align';
import { isRecord, keyFieldsOf, keyOf, type SchemaAt, schemaBelow } from './list-keys';
import { type ItemKey, type Step, writePath } from './path';

/** One field that differs. */
export interface FieldChange {
  /** Where it stands after the change; of what was removed, where it stood. See `writePath`. */
  readonly path: string;
  /** The same place on the other side, where its path is another: items without a key are told by their positions. */
  readonly otherPath?: string;
  /** Undefined where nothing stands. Of a move, the position in the list. */
  readonly before: unknown;
  readonly after: unknown;
  /** Whether the item only stands elsewhere in its list. */
  readonly moved?: true;
  /** The same places with positions only, as a document is walked. */
  readonly at: { readonly before: Path; readonly after: Path };
}

/** What differs between two values of a kind, field by field; what is null is not there, as the API server sees it. */
export function compareValues(before: unknown, after: unknown, schema: SchemaAt): readonly FieldChange[] {
  const found: FieldChange[] = [];
  compare(before, after, schema, ROOT, found);
  return found;
}

/** Where the comparison is: as it is told, and as a document is walked. */
interface Paths {
  readonly before: readonly Step[];
  readonly after: readonly Step[];
  readonly at: FieldChange['at'];
}

const ROOT: Paths = { before: [], after: [], at: { before: [], after: [] } };

const inField = (paths: Paths, key: string): Paths => below(paths, [key, key], [key, key]);

function below(
  paths: Paths,
  [before, after]: readonly [Step, Step],
  [i, j]: readonly [string | number, string | number],
): Paths {
  const at = { before: [...paths.at.before, i], after: [...paths.at.after, j] };
  return { before: [...paths.before, before], after: [...paths.after, after], at };
}

function compare(before: unknown, after: unknown, schema: SchemaAt, paths: Paths, found: FieldChange[]): void {
  if (before === after) return;
  if (isRecord(before) && isRecord(after)) compareMaps(before, after, schema, paths, found);
  else if (Array.isArray(before) && Array.isArray(after)) compareLists(before, after, schema, paths, found);
  else if (!isNothing(before) || !isNothing(after)) add(before, after, paths, found);
}

const isNothing = (value: unknown): boolean => value === undefined || value === null;

function add(before: unknown, after: unknown, paths: Paths, found: FieldChange[], moved = false): void {
  const removed = isNothing(after) && !moved;
  const path = writePath(removed ? paths.before : paths.after);
  const otherPath = writePath(removed ? paths.after : paths.before);
  const elsewhere = otherPath === path ? {} : { otherPath };
  found.push({ path, ...elsewhere, before, after, ...(moved ? { moved: true as const } : {}), at: paths.at });
}

type Fields = Readonly<Record<string, unknown>>;

function compareMaps(before: Fields, after: Fields, schema: SchemaAt, paths: Paths, found: FieldChange[]): void {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  for (const key of keys) {
    const left = Object.hasOwn(before, key) ? before[key] : undefined;
    const right = Object.hasOwn(after, key) ? after[key] : undefined;
    if (left !== right) compare(left, right, schemaBelow(schema, key), inField(paths, key), found);
  }
}

function compareLists(
  before: readonly unknown[],
  after: readonly unknown[],
  schema: SchemaAt,
  paths: Paths,
  found: FieldChange[],
): void {
  if (isSame(before, after)) return;
  const fields = keyFieldsOf(schema, before, after);
  const items = schemaBelow(schema, undefined);
  if (fields !== undefined) compareByKey(keyed(fields, before), keyed(fields, after), items, paths, found);
  else compareByPlace(before, after, items, paths, found);
}

/** Whether two values are the same to the last leaf: most lists of a change are, and need not be laid beside each other. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => isSame(item, b[i]));
  if (!isRecord(a) || !isRecord(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]));
}

interface Keyed {
  readonly key: ItemKey;
  readonly text: string;
  readonly item: unknown;
  readonly at: number;
}

const keyed = (fields: readonly string[], list: readonly unknown[]): readonly Keyed[] =>
  list.map((item, at) => {
    const key = keyOf(fields, item) ?? { key: [] };
    return { key, text: JSON.stringify(key.key), item, at };
  });

function compareByKey(
  before: readonly Keyed[],
  after: readonly Keyed[],
  schema: SchemaAt,
  paths: Paths,
  found: FieldChange[],
): void {
  const left = new Map(before.map((one) => [one.text, one]));
  const right = new Map(after.map((one) => [one.text, one]));
  const common = (list: readonly Keyed[], other: ReadonlyMap<string, Keyed>) =>
    list.filter(({ text }) => other.has(text)).map(({ text }) => text);
  const stayed = [common(before, right), common(after, left)] as const;
  const aligned = alignLists(stayed, () => 0);
  const moved = new Set(aligned.filter((pair) => pair.moved).map(({ after: at }) => stayed[1][at ?? -1]));
  for (const text of stayed[0]) compareItems(left.get(text), right.get(text), schema, paths, found, moved.has(text));
  const [gone, fresh] = [before.filter(({ text }) => !right.has(text)), after.filter(({ text }) => !left.has(text))];
  for (const [one, other] of rekeyed(gone, fresh)) compareItems(one, other, schema, paths, found);
}

/** Items whose keys are on one side only. One with another name is another item; one with another port may be the same. */
function rekeyed(
  gone: readonly Keyed[],
  fresh: readonly Keyed[],
): readonly (readonly [Keyed | undefined, Keyed | undefined])[] {
  if ([...gone, ...fresh].some(({ key }) => key.key[0]?.[0] === 'name')) {
    return [...gone.map((one) => [one, undefined] as const), ...fresh.map((other) => [undefined, other] as const)];
  }
  const texts = [gone, fresh].map((list) => list.map(({ item }) => canonicalText(item)));
  const aligned = alignLists([texts[0] ?? [], texts[1] ?? []], (i, j) => likenessOf(gone[i]?.item, fresh[j]?.item));
  return aligned.map(({ before, after }) => [gone[before ?? -1], fresh[after ?? -1]] as const);
}

function compareItems(
  one: Keyed | undefined,
  other: Keyed | undefined,
  schema: SchemaAt,
  paths: Paths,
  found: FieldChange[],
  moved = false,
): void {
  const keys = [one?.key ?? other?.key ?? NO_KEY, other?.key ?? one?.key ?? NO_KEY] as const;
  const at = below(paths, keys, [one?.at ?? 0, other?.at ?? 0]);
  if (moved) add(one?.at, other?.at, at, found, true);
  compare(one?.item, other?.item, schema, at, found);
}

const NO_KEY: ItemKey = { key: [] };

function compareByPlace(
  before: readonly unknown[],
  after: readonly unknown[],
  schema: SchemaAt,
  paths: Paths,
  found: FieldChange[],
): void {
  const texts = [before.map(canonicalText), after.map(canonicalText)] as const;
  const aligned = alignLists(texts, (i, j) => likenessOf(before[i], after[j]));
  const inOrder = [...aligned].sort(
    (a, b) =>
      (a.after ?? a.before ?? 0) - (b.after ?? b.before ?? 0) ||
      Number(a.after === undefined) - Number(b.after === undefined),
  );
  for (const { before: i, after: j, moved } of inOrder) {
    const places = [i ?? j ?? 0, j ?? i ?? 0] as const;
    const at = below(paths, places, places);
    if (moved) add(i, j, at, found, true);
    else compare(i === undefined ? undefined : before[i], j === undefined ? undefined : after[j], schema, at, found);
  }
}

/** A value as text in which the order of fields does not count, nor a field that is null. */
export function canonicalText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (!isRecord(value)) return JSON.stringify(value) ?? 'null';
  const keys = Object.keys(value)
    .filter((key) => !isNothing(value[key]))
    .sort(compareText);
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalText(value[key])}`).join(',')}}`;
}

/** How much of two values is the same, from 0 to 1: the leaves that both have, among all. Two steps of one kind are always a little alike. */
export function likenessOf(before: unknown, after: unknown): number {
  if (isRecord(before) !== isRecord(after)) return 0;
  if (!isRecord(before))
    return typeof before === typeof after && Array.isArray(before) === Array.isArray(after) ? LIKE_SCALARS : 0;
  const [left, right] = [leavesOf(before), leavesOf(after)];
  const shared = [...left].filter((leaf) => right.has(leaf)).length;
  const sameFields =
    isRecord(after) && Object.keys(before).sort().join() === Object.keys(after).sort().join() ? LIKE_SCALARS : 0;
  return Math.max(shared / Math.max(left.size + right.size - shared, 1), sameFields);
}

/** Two texts at one place of a list, as arguments of a command, are one that was changed. */
const LIKE_SCALARS = 0.3;

/** The leaves of a value as texts, each with the way to it. */
export function leavesOf(value: unknown, path = ''): Set<string> {
  const leaves = new Set<string>();
  const visit = (one: unknown, at: string): void => {
    if (Array.isArray(one)) for (const item of one) visit(item, `${at}[]`);
    else if (isRecord(one)) for (const [key, item] of Object.entries(one)) visit(item, `${at}.${key}`);
    else leaves.add(`${at}=${JSON.stringify(one)}`);
  };
  visit(value, path);
  return leaves;
}
