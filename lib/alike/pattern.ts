import { type Hashed, hashed } from './content-hash';
import { filled, type Gapped, gappedOf, WordPairs } from './gaps';

/** What a service was rendered to: the words that are its own, the texts, and the hashes that were taken of contents. */
export interface Sample {
  readonly words: readonly string[];
  readonly texts: readonly string[];
  readonly hashes: readonly Hashed[];
}

/** Texts in which only words differ from service to service: its own, and behind them hashes of contents that hold them. */
export interface Pattern {
  readonly texts: readonly Gapped[];
  /** The contents of which hashes are taken, each with the words before it. */
  readonly hashes: readonly Content[];
  /** What stands between the words. */
  readonly between: Runs;
}

interface Content extends Gapped {
  /** The hash of a content without words. */
  readonly constant: string | undefined;
  /** Whether the hash stands alone somewhere: YAML has it in quotes where somebody reads a number in it. */
  readonly standsAlone: boolean;
}

/**
 * The pattern that two services were rendered from; undefined where their texts differ in anything but their words. A word that
 * is the same in both is taken for a part of the text.
 */
export function patternOf(one: Sample, other: Sample): Pattern | undefined {
  if (one.texts.length !== other.texts.length || one.hashes.length !== other.hashes.length) return undefined;
  const words = new WordPairs();
  for (const [i, word] of one.words.entries()) words.add(word, other.words[i] ?? '');
  const contents: Gapped[] = [];
  for (const [i, { text, hash }] of one.hashes.entries()) {
    const twin = other.hashes[i];
    const gapped = twin && gappedOf(text, twin.text, words);
    if (gapped === undefined) return undefined;
    contents.push(gapped);
    words.add(hash, twin?.hash ?? '');
  }
  const texts: Gapped[] = [];
  for (const [i, text] of one.texts.entries()) {
    const gapped = gappedOf(text, other.texts[i] ?? '', words);
    if (gapped === undefined) return undefined;
    texts.push(gapped);
  }
  const alone = new Set(texts.flatMap(wordsAlone));
  const numbers = [one, other].flatMap(({ hashes }) =>
    hashes.flatMap(({ hash }, i) => (looksLikeANumber(hash) ? [i] : [])),
  );
  if (numbers.some((i) => alone.has(one.words.length + i))) return undefined;
  const hashes = contents.map((content, i) => ({
    ...content,
    standsAlone: alone.has(one.words.length + i),
    constant: content.gaps.length === 0 ? one.hashes[i]?.hash : undefined,
  }));
  return { texts, hashes, between: runsIn(texts) };
}

/** Runs of characters of which words are made, each once, the longest first. */
interface Runs {
  readonly text: string;
  /** By a number of characters, where those end that have as many or more. */
  readonly ends: readonly number[];
}

function runsIn(texts: readonly Gapped[]): Runs {
  const runs = new Set<string>();
  for (const { pieces } of texts) for (const piece of pieces) for (const run of piece.match(RUN) ?? []) runs.add(run);
  const sorted = [...runs].sort((a, b) => b.length - a.length);
  const ends: number[] = [];
  let end = 0;
  for (const { length } of sorted) {
    end += length + 1;
    ends[length] = end;
  }
  // Of a length that no run has, the next longer ones.
  for (let length = ends.length - 2; length >= 0; length -= 1) ends[length] ??= ends[length + 1] ?? 0;
  return { text: sorted.join(' '), ends };
}

/** Whether a word stands in one of the runs. */
export const standsIn = ({ text, ends }: Runs, word: string): boolean =>
  text.slice(0, ends[word.length] ?? 0).includes(word);

/** What a word may be a part of: it has no other characters. */
const RUN = /[a-z0-9._-]+/g;

/** The words before and behind which nothing stands, or quotes at the most. */
const wordsAlone = ({ pieces, gaps }: Gapped): readonly number[] =>
  gaps.filter((_, i) => /[\s"']$/.test(pieces[i] ?? '') && /^(?:$|[\s"'])/.test(pieces[i + 1] ?? ''));

/** What a service with these words is rendered to; undefined where a hash needs other quotes. */
export function filledIn({ texts, hashes }: Pattern, own: readonly string[]): readonly string[] | undefined {
  const words = [...own];
  for (const content of hashes) {
    const hash = content.constant ?? hashed(filled(content, words)).hash;
    if (content.standsAlone && looksLikeANumber(hash)) return undefined;
    words.push(hash);
  }
  return texts.map((text) => filled(text, words));
}

/** What YAML has in quotes, however it reads numbers. */
export const looksLikeANumber = (hash: string): boolean => /^(?:\d+|\d*e\d+|0b.*)$/.test(hash);
