import type { Stretches } from '../incremental/catalog-memory';

/** A stretch of an old text, and the one that stands in its place. */
export interface Change {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

const CHUNK = 1 << 16;

/** The shortest stretch in which two texts differ; undefined for equal ones. */
export function changeBetween(old: Stretches, now: Uint8Array): Change | undefined {
  const shorter = Math.min(old.length, now.length);
  const start = commonLength(
    shorter,
    (from, to) => Buffer.compare(old.stretch(from, to), now.subarray(from, to)) === 0,
  );
  if (start === shorter && old.length === now.length) return undefined;
  const tail = commonLength(
    shorter - start,
    (from, to) =>
      Buffer.compare(
        old.stretch(old.length - to, old.length - from),
        now.subarray(now.length - to, now.length - from),
      ) === 0,
  );
  return { start, oldEnd: old.length - tail, newEnd: now.length - tail };
}

/** The greatest length up to `most` to which two texts are the same, where `same` compares one stretch of them. */
function commonLength(most: number, same: (from: number, to: number) => boolean): number {
  let known = 0;
  while (known < most && same(known, Math.min(known + CHUNK, most))) known = Math.min(known + CHUNK, most);
  for (let step = CHUNK; step >= 1; step >>= 1) {
    if (known + step <= most && same(known, known + step)) known += step;
  }
  return known;
}
