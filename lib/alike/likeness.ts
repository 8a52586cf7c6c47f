import { compareText } from '../diagnostic/format';
import { fingerprint } from '../incremental/fingerprint';
import { MOST_OTHERS, type Names, spokenOf } from './names';

/** What is said of a service in one environment, and nowhere else of it. */
export interface Said {
  readonly key: string;
  readonly version: string | undefined;
  /** Its settings in all layers that are its own, and what follows from those of others; and the same as JSON. */
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

/**
 * What a service has in common with others, and what is its own; undefined where it may not be taken for another one. A word is
 * its own only where nothing that is rendered can depend on more of it than its place: it is plain in YAML, it contains no other
 * word, and how words are sorted is a part of the shape.
 */
export function likenessOf(
  { key, version = '', text, values, order }: Said,
  names: Names,
  files: readonly string[],
): Likeness | undefined {
  const sort = VERSION_SORTS.find(({ pattern }) => pattern.test(version));
  if (!isWord(key) || text.length > LONGEST_CHARACTERS) return undefined;
  const parts = sort?.pattern.exec(version)?.slice(1) ?? [];
  const words = [key, ...parts];
  // Of a key without a dash SQL may know the identifier, and reads it as something else.
  const identifier = key.includes('-') ? key.replaceAll('-', '_') : undefined;
  const identified = gapAt(words.length);
  if (identifier !== undefined) words.push(identifier);
  const own = (said: string): string => (identifier === undefined ? said : said.replaceAll(identifier, identified));
  if (files.some((file) => file.includes(GAP))) return undefined;
  const { others, fields } = spokenOf(values, names, key);
  if (others.length > MOST_OTHERS) return undefined;
  let sayings = own(text.replaceAll(key, gapAt(0)));
  for (const name of others) {
    sayings = sayings.replaceAll(name, gapAt(words.length));
    words.push(name);
  }
  const ordered = [key, ...others];
  if (!ordered.every(isWord) || words.some((word) => contains(words, word))) return undefined;
  // By the names of fields they are sorted.
  if ([...fields].some((field) => words.some((word) => field.includes(word)))) return undefined;
  return {
    shape: fingerprint(
      sort?.name ?? version,
      identified,
      String(words.length),
      order,
      ordered.map((word) => word.length).join(),
      sorting(ordered),
      ...listsOf(sayings, words),
      sayings,
      ...files.map(own),
    ),
    words,
  };
}

/** Beyond it a service has hardly ever another one that is like it, and a regular expression may not be asked about megabytes. */
const LONGEST_CHARACTERS = 1_000_000;

/** Stands in no JSON text, which escapes it, and in no migration that is taken for another one. */
const GAP = '\u0001';
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

/** Of lists of texts in which a word stands: how they are sorted. */
function listsOf(sayings: string, words: readonly string[]): readonly string[] {
  return (sayings.match(LISTS) ?? [])
    .filter((list) => list.includes(GAP))
    .map((list) =>
      sorting(
        list
          .slice(1, -1)
          .split(/(?<="),(?=")/)
          .map((item) => filled(item, words)),
      ),
    );
}

const LISTS = /\[(?:"(?:[^"\\]|\\.)*",)+"(?:[^"\\]|\\.)*"\]/g;

const FILLED = new RegExp(`${GAP}(\\d+)${GAP}`, 'g');

const filled = (text: string, words: readonly string[]): string =>
  text.replace(FILLED, (_, word) => words[Number(word)] ?? '');

/** The places of texts in the order in which they are sorted. */
const sorting = (texts: readonly string[]): string =>
  texts
    .map((text, place) => ({ text, place }))
    .sort((a, b) => compareText(a.text, b.text))
    .map(({ place }) => place)
    .join();
