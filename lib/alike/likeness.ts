import { compareText } from '../diagnostic/format';
import { fingerprint } from '../incremental/fingerprint';
import { MOST_OTHERS, type Names, spokenOf } from './names';

/** What is said of a service in one environment, and nowhere else of it. */
export interface Said {
  readonly key: string;
  readonly version: string | undefined;
  /** Its settings in all layers that are its own, and what follows from those of others; and the same as JSON, with or without blanks. */
  readonly values: unknown;
  readonly text: string;
  /** How its version stands to each version that its migrations name. */
  readonly order: string;
}

/** Services of one shape are rendered to the same texts but for their words. */
export interface Likeness {
  readonly shape: string;
  /** Its key, what its version is made of, and the names of other services that it speaks of: names have the same length in all of a shape. */
  readonly words: readonly string[];
}

/** A likeness, and what it was found by. */
export interface Described extends Likeness {
  readonly own: OwnWords;
  /** What is said of it, with gaps at the places of its words. */
  readonly sayings: string;
  readonly lists: readonly (readonly string[])[];
  readonly arrangement: Arrangement;
  /** The names of all fields, one behind the other. */
  readonly fields: string;
}

/** The words of a service that it has whatever is said of it. */
export interface OwnWords {
  /** The form of its version, or the version itself where no part of it is a word. */
  readonly sort: string;
  /** Of a key with a dash, what SQL writes for it. */
  readonly identifier: string | undefined;
  readonly words: readonly string[];
}

/** Undefined where the key may mean something else. */
export function ownWordsOf({ key, version = '' }: Pick<Said, 'key' | 'version'>): OwnWords | undefined {
  if (!isWord(key)) return undefined;
  const sort = VERSION_SORTS.find(({ pattern }) => pattern.test(version));
  const parts = sort?.pattern.exec(version)?.slice(1) ?? [];
  // Of a key without a dash SQL may know the identifier, and reads it as something else.
  const identifier = key.includes('-') ? key.replaceAll('-', '_') : undefined;
  return {
    sort: sort?.name ?? version,
    identifier,
    words: identifier === undefined ? [key, ...parts] : [key, ...parts, identifier],
  };
}

/**
 * What a service has in common with others, and what is its own; undefined where it may not be taken for another one. A word is
 * its own only where nothing that is rendered can depend on more of it than its place: it is plain in YAML, it contains no other
 * word, and how words are sorted is a part of the shape.
 */
export function likenessOf(said: Said, names: Names, files: readonly string[]): Described | undefined {
  const { key, text, values, order } = said;
  const own = text.length > LONGEST_CHARACTERS ? undefined : ownWordsOf(said);
  if (own === undefined || files.some((file) => file.includes(GAP))) return undefined;
  const { others, fields } = spokenOf(values, names, key);
  if (others.length > MOST_OTHERS) return undefined;
  const { identifier } = own;
  const words = [...own.words, ...others];
  const identified = gapAt(own.words.length - 1);
  const withoutIdentifier = (one: string): string =>
    identifier === undefined ? one : one.replaceAll(identifier, identified);
  let sayings = withoutIdentifier(text.replaceAll(key, gapAt(0)));
  for (const [i, name] of others.entries()) sayings = sayings.replaceAll(name, gapAt(own.words.length + i));
  // By the names of fields they are sorted.
  const named = [...fields].join(' ');
  if (!areApart(words, others, named)) return undefined;
  const lists = listsIn(sayings);
  const arrangement = arrangementOf(words, others.length, lists);
  return {
    shape: fingerprint(
      own.sort,
      identifier === undefined ? '' : identified,
      String(words.length),
      order,
      JSON.stringify(arrangement),
      sayings,
      ...files.map(withoutIdentifier),
    ),
    words,
    own,
    sayings,
    lists,
    arrangement,
    fields: named,
  };
}

/** Whether others are words too, no word is a part of another one, and none stands in the names of fields. */
export const areApart = (words: readonly string[], others: readonly string[], fields: string): boolean =>
  others.every(isWord) && !words.some((word) => fields.includes(word) || contains(words, word));

/** Beyond it a service has hardly ever another one that is like it, and a regular expression may not be asked about megabytes. */
const LONGEST_CHARACTERS = 1_000_000;

/** Stands in no JSON text, which escapes it, and in no migration that is taken for another one. */
export const GAP = '\u0001';
const gapAt = (word: number): string => `${GAP}${word}${GAP}`;

/** Texts that YAML has without quotes wherever they stand; some read a number in `e1`. */
const isWord = (text: string): boolean => /^(?!e-?\d+$)[a-z][a-z0-9-]*$/.test(text) && !YAML_WORDS.has(text);
const YAML_WORDS: ReadonlySet<string> = new Set(['y', 'n', 'yes', 'no', 'on', 'off', 'true', 'false', 'null']);

const contains = (words: readonly string[], word: string): boolean =>
  words.some((other) => other !== word && other.includes(word));

/** Forms of a version with the parts that are words; what is of none of them belongs to the shape as it is. */
const VERSION_SORTS: readonly { readonly name: string; readonly pattern: RegExp }[] = [
  { name: 'numbers', pattern: /^(\d+\.\d+\.\d+)$/ },
  { name: 'v numbers', pattern: /^(v\d+\.\d+\.\d+)$/ },
  { name: 'numbers digest', pattern: /^(\d+\.\d+\.\d+)@sha256:([0-9a-f]{64})$/ },
  { name: 'v numbers digest', pattern: /^(v\d+\.\d+\.\d+)@sha256:([0-9a-f]{64})$/ },
  { name: 'commit', pattern: /^([a-df][0-9a-f]{6,39})$/ },
  { name: 'commit digest', pattern: /^([a-df][0-9a-f]{6,39})@sha256:([0-9a-f]{64})$/ },
];

/** The lists of texts in which a word stands, item by item. */
const listsIn = (sayings: string): readonly (readonly string[])[] =>
  (sayings.match(LISTS) ?? [])
    .filter((list) => list.includes(GAP))
    .map((list) =>
      list
        .slice(1, -1)
        .trim()
        .split(/(?<=")\s*,\s*(?=")/),
    );

const LISTS = /\[\s*(?:"(?:[^"\\]|\\.)*"\s*,\s*)+"(?:[^"\\]|\\.)*"\s*\]/g;

/** How words are arranged. */
interface Arrangement {
  /** Of the names among them, which are the key and, behind all other words, those of others. */
  readonly lengths: readonly number[];
  /** The places of the names, and then of the items of each list, in the order in which they are sorted. */
  readonly orders: readonly (readonly number[])[];
}

const namesIn = (words: readonly string[], others: number): readonly string[] => [
  words[0] ?? '',
  ...words.slice(words.length - others),
];

function arrangementOf(words: readonly string[], others: number, lists: readonly (readonly string[])[]): Arrangement {
  const names = namesIn(words, others);
  return {
    lengths: names.map(({ length }) => length),
    orders: [names, ...lists.map((list) => list.map((item) => filled(item, words)))].map(orderOf),
  };
}

/** Whether other words of a service of the same sayings are arranged as those of the one. */
export function isArrangedAs(
  { arrangement: { lengths, orders }, lists }: Described,
  words: readonly string[],
): boolean {
  const names = namesIn(words, lengths.length - 1);
  return (
    names.every((name, i) => name.length === lengths[i]) &&
    isInOrder(names, orders[0]) &&
    lists.every((list, i) =>
      isInOrder(
        list.map((item) => filled(item, words)),
        orders[i + 1],
      ),
    )
  );
}

/** A gap, with the index of its word. */
export const FILLED = new RegExp(`${GAP}(\\d+)${GAP}`, 'g');

const filled = (text: string, words: readonly string[]): string =>
  text.replace(FILLED, (_, word) => words[Number(word)] ?? '');

/** The places of texts in the order in which they are sorted. */
const orderOf = (texts: readonly string[]): readonly number[] =>
  texts.map((_, place) => place).sort((a, b) => compareText(texts[a] ?? '', texts[b] ?? ''));

/** Whether that is their order. */
function isInOrder(texts: readonly string[], order: readonly number[] = []): boolean {
  for (let i = 1; i < order.length; i += 1) {
    const [before = 0, after = 0] = [order[i - 1], order[i]];
    const compared = compareText(texts[before] ?? '', texts[after] ?? '');
    // What is equal stays in the order that it had.
    if (compared > 0 || (compared === 0 && before > after)) return false;
  }
  return true;
}
