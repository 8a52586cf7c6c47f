/** A text with gaps in which words stand: one piece more than gaps, and for each gap the index of its word. */
export interface Gapped {
  readonly pieces: readonly string[];
  readonly gaps: readonly number[];
}

/** Words of the one, each with its counterpart of the other. */
export class WordPairs {
  readonly #pairs: (readonly [string, string])[] = [];
  readonly #byFirst = new Map<string, number[]>();
  #anyFirst: RegExp | undefined;

  /** A word that is the same in both is none. */
  add(word: string, twin: string): void {
    const index = this.#pairs.push([word, twin]) - 1;
    if (word === twin) return;
    const first = word.charAt(0);
    const group = [...(this.#byFirst.get(first) ?? []), index];
    group.sort((a, b) => this.lengthsOf(b)[0] - this.lengthsOf(a)[0]);
    this.#byFirst.set(first, group);
    this.#anyFirst = undefined;
  }

  /** The index of the longest word that stands at a place of the one as its counterpart does at a place of the other. */
  at(one: string, i: number, other: string, j: number): number | undefined {
    return this.#byFirst.get(one.charAt(i))?.find((index) => {
      const [word = '', twin = ''] = this.#pairs[index] ?? [];
      return one.startsWith(word, i) && other.startsWith(twin, j);
    });
  }

  /** The first place from one on where a word of the one begins; its end where none does. */
  next(one: string, from: number): number {
    this.#anyFirst ??= new RegExp(this.#beginnings(), 'g');
    this.#anyFirst.lastIndex = from;
    return this.#anyFirst.exec(one)?.index ?? one.length;
  }

  lengthsOf(index: number): readonly [number, number] {
    const [word = '', twin = ''] = this.#pairs[index] ?? [];
    return [word.length, twin.length];
  }

  /** Never where there are no words. */
  #beginnings(): string {
    const words = [...this.#byFirst.values()].flat().map((index) => this.#pairs[index]?.[0] ?? '');
    return words.length === 0 ? '(?!)' : words.map((word) => word.replace(/[^a-zA-Z0-9]/g, '\\$&')).join('|');
  }
}

/** Two texts side by side, with a gap where both have their own of a pair of words. */
export function gappedOf(one: string, other: string, words: WordPairs): Gapped | undefined {
  const pieces: string[] = [];
  const gaps: number[] = [];
  let [i, j, from] = [0, 0, 0];
  for (;;) {
    const at = words.next(one, i);
    if (!other.startsWith(one.slice(i, at), j)) return undefined;
    j += at - i;
    i = at;
    if (i === one.length) break;
    const gap = words.at(one, i, other, j);
    if (gap !== undefined) {
      pieces.push(one.slice(from, i));
      gaps.push(gap);
      const [length, twin] = words.lengthsOf(gap);
      i += length;
      j += twin;
      from = i;
    } else if (one.charCodeAt(i) === other.charCodeAt(j)) {
      i += 1;
      j += 1;
    } else return undefined;
  }
  return j === other.length ? { pieces: [...pieces, one.slice(from)], gaps } : undefined;
}

/** The text with words in its gaps. */
export function filled(gapped: Gapped, words: readonly string[]): string {
  const { gaps } = gapped;
  const parts = PARTS.get(gapped) ?? partsOf(gapped);
  for (let i = 0; i < gaps.length; i += 1) parts[2 * i + 1] = words[gaps[i] ?? 0] ?? '';
  // Joined at once: a text that grows piece by piece would be put together when it is written.
  return parts.join('');
}

/** Pieces with places for words between them: taken again for each service, of which there may be thousands. */
const PARTS = new WeakMap<Gapped, string[]>();

function partsOf(gapped: Gapped): string[] {
  const parts = gapped.pieces.flatMap((piece, i) => (i === 0 ? [piece] : ['', piece]));
  PARTS.set(gapped, parts);
  return parts;
}
