import type { Likeness } from './likeness';
import { filledIn, type Pattern, patternOf, type Sample } from './pattern';

/** What is known of the services of one shape. */
interface Shape {
  /** One of them, as it was rendered. */
  readonly sample: Sample;
  /** Undefined as long as nothing else of the shape was rendered. */
  readonly pattern: Pattern | undefined;
  /** For each word, how the rendered ones differed. */
  readonly varied: readonly Varied[];
  /** How often no pattern was found: a hash that looks like a number has quotes that others have not. */
  readonly failures: number;
}

const MOST_FAILURES = 3;

/** How a word differed from that of the sample, in services that were rendered. */
interface Varied {
  readonly places: ReadonlySet<number>;
  readonly lengths: ReadonlySet<number>;
}

/** Services of one shape were rendered to different texts. It is a fault of Cutover, and whoever meets it renders each by itself. */
export class NotAlike extends Error {
  override readonly name = 'NotAlike';
}

/** So many shapes are kept at most, some 60 kB each: beyond, those that were asked for least recently go. */
const MOST = 200;

/**
 * Renders services that are alike to others once: of the rendered ones it learns where their words stand, and puts the words of
 * the next one there. What was not seen to vary is not taken to vary: a service of which a character is another one where all
 * that were rendered have the same is rendered by itself, and compared with what it would have been given. So is a service of which a
 * word stands in the text between the words, where it could mean something else.
 */
export class Alike {
  readonly #shapes = new Map<string, Shape | 'not alike'>();

  /** The texts of a service, in the order of those that were learned; undefined where it is to be rendered. */
  textsOf({ shape, words }: Likeness): readonly string[] | undefined {
    const known = this.#shapes.get(shape);
    if (known === undefined || known === 'not alike') return undefined;
    this.#shapes.delete(shape);
    this.#shapes.set(shape, known);
    const { pattern, varied } = known;
    return pattern && isWithin(known, words) && isFresh(pattern, varied, words) ? filledIn(pattern, words) : undefined;
  }

  /** Learns what a service without any finding was rendered to. Throws NotAlike where it is not what others told. */
  learn({ shape, words }: Likeness, { texts, hashes }: Omit<Sample, 'words'>): void {
    const known = this.#shapes.get(shape);
    if (known === 'not alike') return;
    const sample = { words, texts, hashes };
    this.#shapes.set(shape, known ? learned(known, sample) : { sample, pattern: undefined, varied: [], failures: 0 });
    for (const oldest of this.#shapes.keys()) {
      if (this.#shapes.size <= MOST) return;
      this.#shapes.delete(oldest);
    }
  }
}

function learned(known: Shape, sample: Sample): Shape | 'not alike' {
  const { pattern, varied } = known;
  const now = known.sample.words.map((word, i) => between(word, sample.words[i] ?? ''));
  if (pattern === undefined || hasNewWord(varied, now)) {
    const found = patternOf(known.sample, sample);
    if (found !== undefined) return { ...known, pattern: found, varied: now.map((one, i) => both(one, varied[i])) };
    const failures = known.failures + 1;
    return failures > MOST_FAILURES ? 'not alike' : { sample, pattern: undefined, varied: [], failures };
  }
  if (!isFresh(pattern, varied, sample.words)) return known;
  const expected = filledIn(pattern, sample.words);
  if (expected?.some((text, i) => text !== sample.texts[i]))
    throw new NotAlike(`${sample.words[0]} was rendered to something else than those that are alike to it`);
  return { ...known, varied: varied.map((one, i) => both(one, now[i])) };
}

const between = (one: string, other: string): Varied => ({
  places: new Set(Array.from(other).flatMap((char, at) => (one[at] === char ? [] : [at]))),
  lengths: new Set([one.length, other.length]),
});

const both = (one: Varied, other: Varied | undefined): Varied => ({
  places: new Set([...one.places, ...(other?.places ?? [])]),
  lengths: new Set([...one.lengths, ...(other?.lengths ?? [])]),
});

/** Whether a word differs that never did: the pattern has no gap for it. */
const hasNewWord = (varied: Shape['varied'], now: Shape['varied']): boolean =>
  now.some(({ places }, i) => places.size > 0 && varied[i]?.places.size === 0);

/** Whether words differ from the sample's only where such were seen to differ. */
function isWithin({ sample, varied }: Shape, words: readonly string[]): boolean {
  return words.every((word, i) => {
    const seen = varied[i];
    const known = sample.words[i] ?? '';
    if (!seen?.lengths.has(word.length)) return false;
    for (let at = 0; at < word.length; at += 1)
      if (word.charCodeAt(at) !== known.charCodeAt(at) && !seen.places.has(at)) return false;
    return true;
  });
}

/** Whether no word stands in the text between the words, where it may mean something else; one that all have is text itself. */
const isFresh = ({ between }: Pattern, varied: Shape['varied'], words: readonly string[]): boolean =>
  !words.some((word, i) => varied[i]?.places.size !== 0 && between.includes(word));
