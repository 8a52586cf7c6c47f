import {
  areApart,
  type Described,
  FILLED,
  isArrangedAs,
  type Likeness,
  likenessOf,
  type OwnWords,
  ownWordsOf,
  type Said,
} from './likeness';
import type { Names } from './names';

/** What decides about a service beside what is said of it. */
export interface Surroundings {
  /** What is said of all services of its release. */
  readonly shared: string;
  /** The fingerprint of what is in the folder of its migrations; empty without one. */
  readonly folder: string;
  /** The names and texts of all that is in there. */
  readonly texts: () => readonly string[];
}

/** So many shapes are compared with at most: the one that was met least recently goes. */
const MOST = 40;

/**
 * Recognises services that are like an earlier one by comparing what is said of them piece by piece, at a tenth of the cost of
 * finding out their likeness, which is what they get. What it is not sure of it leaves to `likenessOf`.
 */
export class Twins {
  /** The one that was met last is first. */
  readonly #known: Known[] = [];

  likenessOf(said: Said, names: Names, around: Surroundings): Likeness | undefined {
    const own = ownWordsOf(said);
    if (own === undefined) return undefined;
    for (let place = 0; place < this.#known.length; place += 1) {
      const one = this.#known[place];
      const words = one && wordsOf(one, said, own, names, around);
      if (one === undefined || words === undefined) continue;
      this.#known.splice(place, 1);
      this.#known.unshift(one);
      return { shape: one.shape, words };
    }
    const found = likenessOf(said, names, [around.shared, ...around.texts()]);
    if (found === undefined) return undefined;
    const known = knownOf(found, said, around);
    if (known !== undefined) this.#known.unshift(known);
    this.#known.splice(MOST);
    return { shape: found.shape, words: found.words };
  }
}

/** A service that others are compared with: names have the same length in all of a shape, so that all that is said stands at the same places. */
interface Known extends Described {
  /** How long the text is, and what stands between words where. */
  readonly length: number;
  readonly pieces: readonly Piece[];
  /** Where each word stands. */
  readonly places: readonly (readonly number[])[];
  readonly order: string;
  readonly shared: string;
  readonly folder: string;
  /** All texts of its folder. */
  readonly texts: string;
}

interface Piece {
  readonly text: string;
  readonly at: number;
}

/** Undefined where its migrations name it: who is like it has others. */
function knownOf(found: Described, { text, order }: Said, { shared, folder, texts }: Surroundings): Known | undefined {
  const all = texts().join('\n');
  if (found.own.identifier !== undefined && all.includes(found.own.identifier)) return undefined;
  const pieces: Piece[] = [];
  const places = found.words.map((): number[] => []);
  let at = 0;
  for (const [i, part] of found.sayings.split(FILLED).entries()) {
    const isPiece = i % 2 === 0;
    if (isPiece) pieces.push({ text: part, at });
    else places[Number(part)]?.push(at);
    at += isPiece ? part.length : (found.words[Number(part)] ?? '').length;
  }
  return { ...found, length: text.length, pieces, places, order, shared, folder, texts: all };
}

/** The words of a service for which `likenessOf` would find the same shape; undefined where it may not. */
function wordsOf(
  one: Known,
  { text, order }: Said,
  own: OwnWords,
  names: Names,
  { shared, folder }: Surroundings,
): readonly string[] | undefined {
  if (text.length !== one.length || !hasPieces(text, one.pieces)) return undefined;
  if (own.sort !== one.own.sort || own.words.length !== one.own.words.length) return undefined;
  if (order !== one.order || shared !== one.shared || folder !== one.folder) return undefined;
  if ((own.identifier === undefined) !== (one.own.identifier === undefined)) return undefined;
  if (own.identifier !== undefined && one.texts.includes(own.identifier)) return undefined;
  const words = wordsIn(one, text, own, names);
  if (words === undefined) return undefined;
  return areApart(words, words.slice(own.words.length), one.fields) && isArrangedAs(one, words) ? words : undefined;
}

/** Most shapes differ in one of the first. */
function hasPieces(text: string, pieces: readonly Piece[]): boolean {
  for (let i = 0; i < pieces.length; i += 1) {
    const piece = pieces[i];
    if (piece === undefined || !text.startsWith(piece.text, piece.at)) return false;
  }
  return true;
}

/** Its own words and those of others, where each stands at its places and nowhere else. */
function wordsIn({ words, places }: Known, text: string, own: OwnWords, names: Names): readonly string[] | undefined {
  const found = [...own.words];
  for (let i = found.length; i < words.length; i += 1) {
    const [at = 0] = places[i] ?? [];
    const name = text.slice(at, at + (words[i] ?? '').length);
    if (!names.has(name)) return undefined;
    found.push(name);
  }
  // A part of its version may stand anywhere: it has no places.
  const isVersion = (i: number): boolean => i > 0 && i < own.words.length - (own.identifier === undefined ? 0 : 1);
  return found.every((word, i) => isVersion(i) || standsAt(text, word, places[i])) ? found : undefined;
}

/** Whether a word stands at these places and at no other. */
function standsAt(text: string, word: string, places: readonly number[] = []): boolean {
  let at = -1;
  for (const place of places) {
    at = text.indexOf(word, at + 1);
    if (at !== place) return false;
  }
  return !text.includes(word, at + 1);
}
