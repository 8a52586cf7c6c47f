import type { Kept } from '../incremental/kept';
import type { Likeness } from './likeness';
import type { Pattern, Sample } from './pattern';
import { firstOf, learned, type Shape, toldBy } from './shape';

/** So many characters of texts are in memory at most: beyond, shapes that were asked for least recently go. */
const MOST_CHARACTERS = 16_000_000;

/**
 * Renders services that are alike to others once: of the rendered ones it learns where their words stand, and puts the words of
 * the next one there. What was not seen to vary is not taken to vary: a service of which a character is another one where all
 * that were rendered have the same is rendered by itself, and compared with what it would have been given. So is a service of which a
 * word stands in the text between the words, where it could mean something else.
 */
export class Alike {
  /** Those that were asked for most recently are last. */
  readonly #shapes = new Map<string, Known>();
  readonly #learned = new Set<string>();
  readonly #kept: Kept<Shape> | undefined;
  #characters = 0;

  /** `kept` has what earlier runs have learned. */
  constructor(kept?: Kept<Shape>) {
    this.#kept = kept;
  }

  /** The texts of a service, in the order of those that were learned; undefined where it is to be rendered. */
  textsOf({ shape, words }: Likeness): readonly string[] | undefined {
    const known = this.#shapes.get(shape) ?? this.#recalled(shape);
    if (known?.shape === undefined) return undefined;
    this.#put(shape, known);
    return toldBy(known.shape, words);
  }

  /** Learns what a service without any finding was rendered to. Throws NotAlike where it is not what others told. */
  learn({ shape: name, words }: Likeness, { texts, hashes }: Omit<Sample, 'words'>): void {
    const known = this.#shapes.get(name);
    if (known !== undefined && known.shape === undefined) return;
    const sample = { words, texts, hashes };
    const shape = known?.shape === undefined ? firstOf(sample) : learned(known.shape, sample);
    this.#put(name, { shape, characters: shape === undefined ? 0 : charactersOf(sample) });
    if (shape?.pattern !== undefined && shape !== known?.shape) this.#learned.add(name);
  }

  /** Keeps what was learned for later runs. */
  save(): void {
    const shapes = new Map<string, Shape>();
    for (const [name, { shape }] of this.#shapes)
      if (shape !== undefined && this.#learned.has(name)) shapes.set(name, { ...shape, sample: undefined });
    this.#kept?.keep(shapes);
    this.#learned.clear();
  }

  #recalled(name: string): Known | undefined {
    const shape = this.#kept?.get(name);
    return shape && { shape, characters: shape.pattern === undefined ? 0 : charactersIn(shape.pattern) };
  }

  #put(name: string, known: Known): void {
    this.#characters += known.characters - (this.#shapes.get(name)?.characters ?? 0);
    this.#shapes.delete(name);
    this.#shapes.set(name, known);
    for (const [oldest, { characters }] of this.#shapes) {
      if (this.#characters <= MOST_CHARACTERS) return;
      this.#shapes.delete(oldest);
      this.#characters -= characters;
    }
  }
}

interface Known {
  /** Undefined where it is certain that nothing comes of it. */
  readonly shape: Shape | undefined;
  readonly characters: number;
}

const charactersOf = ({ texts, hashes }: Sample): number =>
  texts.reduce((sum, text) => sum + text.length, 0) + hashes.reduce((sum, { text }) => sum + text.length, 0);

const charactersIn = ({ texts, hashes }: Pattern): number =>
  [...texts, ...hashes].reduce((sum, { pieces }) => sum + pieces.reduce((all, piece) => all + piece.length, 0), 0);
