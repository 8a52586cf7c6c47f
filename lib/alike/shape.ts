import { filledIn, type Pattern, patternOf, type Sample, standsIn } from './pattern';

/** What is known of the services of one shape, as plain data. */
export interface Shape {
  /** The words of one of them. */
  readonly words: readonly string[];
  /** What that one was rendered to; undefined where an earlier run rendered it. */
  readonly sample: Omit<Sample, 'words'> | undefined;
  /** Undefined as long as nothing else of the shape was rendered. */
  readonly pattern: Pattern | undefined;
  /** For each word, how the rendered ones differed. */
  readonly varied: readonly Varied[];
  /** How often no pattern was found: a hash that looks like a number has quotes that others have not. */
  readonly failures: number;
}

/**
 * How a word differed from that of the sample, in services that were rendered: in which of its characters, and between which
 * lengths. What depends on a length does so from one on, as what is cut off: so it is the same between two that are the same.
 */
interface Varied {
  readonly places: readonly number[];
  readonly shortest: number;
  readonly longest: number;
}

const MOST_FAILURES = 3;

/** Services of one shape were rendered to different texts. It is a fault of Cutover, and whoever meets it renders each by itself. */
export class NotAlike extends Error {
  override readonly name = 'NotAlike';
}

/** What the first of a shape tells. */
export const firstOf = ({ words, ...sample }: Sample): Shape => ({
  words,
  sample,
  pattern: undefined,
  varied: [],
  failures: 0,
});

/** What one more tells; undefined where it is certain that nothing comes of the shape. Throws NotAlike. */
export function learned(known: Shape, sample: Sample): Shape | undefined {
  const { pattern, varied } = known;
  const now = known.words.map((word, i) => between(word, sample.words[i] ?? ''));
  if (pattern === undefined || hasNewWord(varied, now))
    return known.sample === undefined ? known : paired(known, known.sample, sample, now);
  if (!isFresh(pattern, varied, sample.words)) return known;
  const expected = filledIn(pattern, sample.words);
  if (expected?.some((text, i) => text !== sample.texts[i]))
    throw new NotAlike(`${sample.words[0]} was rendered to something else than those that are alike to it`);
  return { ...known, varied: varied.map((one, i) => both(one, now[i])) };
}

function paired(known: Shape, first: Omit<Sample, 'words'>, sample: Sample, now: readonly Varied[]): Shape | undefined {
  const { words, varied, failures } = known;
  const pattern = patternOf({ words, ...first }, sample);
  if (pattern !== undefined) return { ...known, pattern, varied: now.map((one, i) => both(one, varied[i])) };
  return failures === MOST_FAILURES ? undefined : { ...firstOf(sample), failures: failures + 1 };
}

/** The texts of a service with these words; undefined where they may be others than the pattern tells. */
export function toldBy(
  { words: known, pattern, varied }: Shape,
  words: readonly string[],
): readonly string[] | undefined {
  const isWithin = words.every((word, i) => variesWithin(varied[i], known[i] ?? '', word));
  return pattern && isWithin && isFresh(pattern, varied, words) ? filledIn(pattern, words) : undefined;
}

const between = (one: string, other: string): Varied => ({
  places: Array.from(other).flatMap((char, at) => (one[at] === char ? [] : [at])),
  shortest: Math.min(one.length, other.length),
  longest: Math.max(one.length, other.length),
});

const both = (one: Varied, other: Varied = one): Varied => ({
  places: [...new Set([...one.places, ...other.places])],
  shortest: Math.min(one.shortest, other.shortest),
  longest: Math.max(one.longest, other.longest),
});

/** Whether a word differs that never did: the pattern has no gap for it. */
const hasNewWord = (varied: Shape['varied'], now: Shape['varied']): boolean =>
  now.some(({ places }, i) => places.length > 0 && varied[i]?.places.length === 0);

/** Whether a word differs from the known one only where such were seen to differ. */
function variesWithin(seen: Varied | undefined, known: string, word: string): boolean {
  if (seen === undefined || word.length < seen.shortest || word.length > seen.longest) return false;
  for (let at = 0; at < word.length; at += 1)
    if (word.charCodeAt(at) !== known.charCodeAt(at) && !seen.places.includes(at)) return false;
  return true;
}

/** Whether no word stands in the text between the words, where it may mean something else; one that all have is text itself. */
const isFresh = ({ between }: Pattern, varied: Shape['varied'], words: readonly string[]): boolean =>
  !words.some((word, i) => varied[i]?.places.length !== 0 && standsIn(between, word));
