import { type Hashed, hashed } from '../lib/alike/content-hash';

export type { Hashed };

let noted: Hashed[] | undefined;

/** What is made, and every hash of a content that went into it, in the order in which they were asked for. */
export function withHashes<T>(make: () => T): { readonly made: T; readonly hashes: readonly Hashed[] } {
  const around = noted;
  const hashes: Hashed[] = [];
  noted = hashes;
  try {
    return { made: make(), hashes };
  } finally {
    noted = around;
  }
}

/** Ten hexadecimal digits that change when the content does. The order of keys counts: whoever asks has sorted them. */
export function contentHash(content: unknown): string {
  return note(hashed(JSON.stringify(content)));
}

const KEPT = new WeakMap<object, Hashed>();

/** The same of what is made of an object, once for each object. */
export function contentHashOf<T extends object>(object: T, contentOf: (object: T) => unknown): string {
  const kept = KEPT.get(object) ?? hashed(JSON.stringify(contentOf(object)));
  KEPT.set(object, kept);
  return note(kept);
}

function note(one: Hashed): string {
  noted?.push(one);
  return one.hash;
}
