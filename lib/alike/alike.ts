import type { Kept } from '../incremental/kept';
import type { Likeness } from './likeness';
import type { Sample } from './pattern';
import { firstOf, learned, type Shape, toldBy } from './shape';

/** So many shapes are in memory at most, some 60 kB each: beyond, those that were asked for least recently go. */
const MOST = 200;

/**
 * Renders services that are alike to others once: of the rendered ones it learns where their words stand, and puts the words of
 * the next one there. What was not seen to vary is not taken to vary: a service of which a character is another one where all
 * that were rendered have the same is rendered by itself, and compared with what it would have been given. So is a service of which a
 * word stands in the text between the words, where it could mean something else.
 */
export class Alike {
  readonly #shapes = new Map<string, Shape | 'not alike'>();
  readonly #learned = new Map<string, Shape>();
  readonly #kept: Kept<Shape> | undefined;

  /** `kept` has what earlier runs have learned. */
  constructor(kept?: Kept<Shape>) {
    this.#kept = kept;
  }

  /** The texts of a service, in the order of those that were learned; undefined where it is to be rendered. */
  textsOf({ shape, words }: Likeness): readonly string[] | undefined {
    const known = this.#shapes.get(shape) ?? this.#kept?.get(shape);
    if (known === undefined || known === 'not alike') return undefined;
    this.#shapes.delete(shape);
    this.#shapes.set(shape, known);
    return toldBy(known, words);
  }

  /** Learns what a service without any finding was rendered to. Throws NotAlike where it is not what others told. */
  learn({ shape, words }: Likeness, { texts, hashes }: Omit<Sample, 'words'>): void {
    const known = this.#shapes.get(shape);
    if (known === 'not alike') return;
    const sample = { words, texts, hashes };
    const now = known === undefined ? firstOf(sample) : learned(known, sample);
    this.#shapes.set(shape, now ?? 'not alike');
    if (now?.pattern !== undefined) this.#learned.set(shape, { ...now, sample: undefined });
    for (const oldest of this.#shapes.keys()) {
      if (this.#shapes.size <= MOST) return;
      this.#shapes.delete(oldest);
    }
  }

  /** Keeps what was learned for later runs. */
  save(): void {
    this.#kept?.keep(this.#learned);
    this.#learned.clear();
  }
}
