import { compareText } from '../../diagnostic/format';
import type { GivenObject } from '../../lint/objects';
import { groupOfVersion } from '../../manifest/kinds';
import { identityOf } from '../../manifest/object';
import { type Content, canBeKnown, contentOf, likeness, nameLikeness } from './likeness';
import { logicalName } from './logical-name';

/** An object on both sides, or on one of them. */
export interface ObjectPair {
  readonly before: GivenObject | undefined;
  readonly after: GivenObject | undefined;
}

/**
 * Finds for each object the one that it was: by identity in the same file, by identity in another, by kind and name where the namespace or
 * the group differs, by its name without what a tool appended, and last by what it says. What is left over was added or removed. The same
 * whichever side is first.
 */
export function pairObjects(before: readonly GivenObject[], after: readonly GivenObject[]): readonly ObjectPair[] {
  const left = new Set(before);
  const right = new Set(after);
  const pairs: ObjectPair[] = [];
  const take = (a: GivenObject, b: GivenObject): void => {
    left.delete(a);
    right.delete(b);
    pairs.push({ before: a, after: b });
  };
  for (const one of before) if (right.has(one) && left.has(one)) take(one, one);
  for (const keyOf of KEYS) pairByKey(left, right, keyOf, take);
  pairByLikeness(left, right, take);
  return [
    ...pairs,
    ...[...left].map((one) => ({ before: one, after: undefined })),
    ...[...right].map((one) => ({ before: undefined, after: one })),
  ];
}

type KeyOf = (given: GivenObject) => string;
type Take = (before: GivenObject, after: GivenObject) => void;

/** From the surest to the least sure. Groups that were renamed are those of Kubernetes itself: Ingress was in `extensions`. */
const KEYS: readonly KeyOf[] = [
  ({ object, file }) => `${identityOf(object)} ${file}`,
  ({ object }) => identityOf(object),
  ({ object }) => [groupOfVersion(object.apiVersion), object.kind, object.metadata.name].join('/'),
  ({ object }) =>
    [isOfKubernetes(object.apiVersion), object.kind, object.metadata.namespace, object.metadata.name].join('/'),
  ({ object }) =>
    [groupOfVersion(object.apiVersion), object.kind, object.metadata.namespace, logicalName(object.metadata.name)].join(
      '/',
    ),
];

const isOfKubernetes = (apiVersion: string): boolean => {
  const group = groupOfVersion(apiVersion);
  return !group.includes('.') || group.endsWith('.k8s.io');
};

/** Of several with one key, those that are most alike belong together. */
function pairByKey(left: ReadonlySet<GivenObject>, right: ReadonlySet<GivenObject>, keyOf: KeyOf, take: Take): void {
  const byKey = new Map<string, { readonly before: GivenObject[]; readonly after: GivenObject[] }>();
  const groupOf = (one: GivenObject) => {
    const key = keyOf(one);
    const group = byKey.get(key) ?? { before: [], after: [] };
    byKey.set(key, group);
    return group;
  };
  for (const one of left) groupOf(one).before.push(one);
  for (const one of right) groupOf(one).after.push(one);
  for (const group of byKey.values()) {
    const [a, b] = [group.before[0], group.after[0]];
    if (a === undefined || b === undefined) continue;
    if (group.before.length === 1 && group.after.length === 1) take(a, b);
    else pairBest(group.before, group.after, 0, take);
  }
}

/** Less alike, an object is another one. */
const LEAST_LIKENESS = 0.5;

function pairByLikeness(left: ReadonlySet<GivenObject>, right: ReadonlySet<GivenObject>, take: Take): void {
  const kindOf: KeyOf = ({ object }) => `${groupOfVersion(object.apiVersion)}/${object.kind}`;
  const kinds = new Set([...left].map(kindOf));
  for (const kind of kinds) {
    const before = [...left].filter((one) => kindOf(one) === kind);
    const after = [...right].filter((one) => kindOf(one) === kind);
    pairBest(before, after, LEAST_LIKENESS, take);
  }
}

/** So many pairs of objects are compared at most; of more, only what has a word of its name in common. */
const MOST_COMPARISONS = 20_000;

function pairBest(before: readonly GivenObject[], after: readonly GivenObject[], least: number, take: Take): void {
  const contents = new Map<GivenObject, Content>();
  const content = (one: GivenObject): Content => {
    const known = contents.get(one) ?? contentOf(one.object);
    contents.set(one, known);
    return known;
  };
  const few = before.length * after.length <= MOST_COMPARISONS;
  const scored: { readonly a: GivenObject; readonly b: GivenObject; readonly score: number }[] = [];
  const byWord = few ? undefined : wordsOf(after);
  for (const a of before) {
    for (const b of byWord === undefined ? after : candidatesOf(a, byWord)) {
      if (least > 0 && !canBeKnown(content(a), content(b))) continue;
      const score = likeness(content(a), content(b)) * 0.8 + nameLikeness(nameIn(a), nameIn(b)) * 0.2;
      if (score >= least) scored.push({ a, b, score });
    }
  }
  scored.sort((x, y) => y.score - x.score || compareText(labelOf(x.a, x.b), labelOf(y.a, y.b)));
  const taken = new Set<GivenObject>();
  for (const { a, b } of scored) {
    if (taken.has(a) || taken.has(b)) continue;
    taken.add(a).add(b);
    take(a, b);
  }
}

const nameIn = ({ object, file }: GivenObject): string =>
  `${file.replaceAll('/', '-')}-${object.metadata.namespace}-${object.metadata.name}`;

/** Both names in an order that does not tell the sides apart. */
const labelOf = (a: GivenObject, b: GivenObject): string => [nameIn(a), nameIn(b)].sort(compareText).join(' ');

const LARGEST_WORD = 50;

function wordsOf(objects: readonly GivenObject[]): ReadonlyMap<string, readonly GivenObject[]> {
  const byWord = new Map<string, GivenObject[]>();
  for (const one of objects) {
    for (const word of one.object.metadata.name.split(/[-.]/))
      byWord.set(word, [...(byWord.get(word) ?? []).slice(0, LARGEST_WORD), one]);
  }
  return byWord;
}

const candidatesOf = (
  { object }: GivenObject,
  byWord: ReadonlyMap<string, readonly GivenObject[]>,
): ReadonlySet<GivenObject> =>
  new Set(
    object.metadata.name
      .split(/[-.]/)
      .flatMap((word) => ((byWord.get(word)?.length ?? 0) <= LARGEST_WORD ? (byWord.get(word) ?? []) : [])),
  );
