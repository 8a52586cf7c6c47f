import { type Hashed, hashed } from './content-hash';

/** A text with gaps in which words stand: one piece more than gaps, and for each gap the index of its word. */
interface Gapped {
  readonly pieces: readonly string[];
  readonly gaps: readonly number[];
}

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
  /** What stands between the words, as runs of characters of which words are made, each once. */
  readonly between: string;
}

interface Content extends Gapped {
  /** Whether the hash stands alone somewhere: YAML has it in quotes where somebody reads a number in it. */
  readonly standsAlone: boolean;
}

/**
 * The pattern that two services were rendered from; undefined where their texts differ in anything but their words. A word that
 * is the same in both is taken for a part of the text.
 */
export function patternOf(one: Sample, other: Sample): Pattern | undefined {
  if (one.texts.length !== other.texts.length || one.hashes.length !== other.hashes.length) return undefined;
  const words: Pair[] = one.words.map((word, i) => [word, other.words[i] ?? '']);
  const contents: Gapped[] = [];
  for (const [i, { text, hash }] of one.hashes.entries()) {
    const twin = other.hashes[i];
    const gapped = twin && gappedOf([text, twin.text], words);
    if (gapped === undefined) return undefined;
    contents.push(gapped);
    words.push([hash, twin?.hash ?? '']);
  }
  const texts: Gapped[] = [];
  for (const [i, text] of one.texts.entries()) {
    const gapped = gappedOf([text, other.texts[i] ?? ''], words);
    if (gapped === undefined) return undefined;
    texts.push(gapped);
  }
  const alone = new Set(texts.flatMap(wordsAlone));
  if (words.slice(one.words.length).some((pair, i) => alone.has(one.words.length + i) && pair.some(looksLikeANumber)))
    return undefined;
  const hashes = contents.map((content, i) => ({ ...content, standsAlone: alone.has(one.words.length + i) }));
  const runs = texts.flatMap(({ pieces }) => pieces.flatMap((piece) => piece.match(RUN) ?? []));
  return { texts, hashes, between: [...new Set(runs)].join(' ') };
}

/** What a word may be a part of: it has no other characters. */
const RUN = /[a-z0-9._-]+/g;

/** The words before and behind which nothing stands, or quotes at the most. */
const wordsAlone = ({ pieces, gaps }: Gapped): readonly number[] =>
  gaps.filter((_, i) => /[\s"']$/.test(pieces[i] ?? '') && /^(?:$|[\s"'])/.test(pieces[i + 1] ?? ''));

/** A word of the one and its counterpart of the other. */
type Pair = readonly [string, string];

/** Two texts side by side, with a gap where both have their own of a pair of words. */
function gappedOf([one, other]: Pair, words: readonly Pair[]): Gapped | undefined {
  const byFirst = wordsByFirst(words);
  const pieces: string[] = [];
  const gaps: number[] = [];
  let [i, j, from] = [0, 0, 0];
  while (i < one.length && j < other.length) {
    const gap = byFirst
      .get(one.charCodeAt(i))
      ?.find((k) => one.startsWith(words[k]?.[0] ?? '', i) && other.startsWith(words[k]?.[1] ?? '', j));
    if (gap !== undefined) {
      pieces.push(one.slice(from, i));
      gaps.push(gap);
      i += words[gap]?.[0].length ?? 0;
      j += words[gap]?.[1].length ?? 0;
      from = i;
    } else if (one.charCodeAt(i) === other.charCodeAt(j)) {
      i += 1;
      j += 1;
    } else return undefined;
  }
  if (i < one.length || j < other.length) return undefined;
  return { pieces: [...pieces, one.slice(from)], gaps };
}

/** The indexes of the pairs that differ, by the first character of the one's word, longer words first. */
function wordsByFirst(words: readonly Pair[]): ReadonlyMap<number, readonly number[]> {
  const byFirst = new Map<number, number[]>();
  for (const [k, [word, twin]] of words.entries()) {
    if (word === twin) continue;
    const first = word.charCodeAt(0);
    byFirst.set(first, [...(byFirst.get(first) ?? []), k]);
  }
  for (const group of byFirst.values()) group.sort((a, b) => (words[b]?.[0].length ?? 0) - (words[a]?.[0].length ?? 0));
  return byFirst;
}

/** What a service with these words is rendered to; undefined where a hash needs other quotes. */
export function filledIn({ texts, hashes }: Pattern, own: readonly string[]): readonly string[] | undefined {
  const words = [...own];
  for (const content of hashes) {
    const { hash } = hashed(filled(content, words));
    if (content.standsAlone && looksLikeANumber(hash)) return undefined;
    words.push(hash);
  }
  return texts.map((text) => filled(text, words));
}

/** What YAML has in quotes, however it reads numbers. */
const looksLikeANumber = (hash: string): boolean => /^(?:\d+|\d*e\d+|0b[01]+)$/.test(hash);

function filled({ pieces, gaps }: Gapped, words: readonly string[]): string {
  const parts = [pieces[0] ?? ''];
  for (let i = 0; i < gaps.length; i += 1) parts.push(words[gaps[i] ?? 0] ?? '', pieces[i + 1] ?? '');
  // Joined at once: a text that grows piece by piece would be put together when it is written.
  return parts.join('');
}
