/** Items of two lists that belong together: positions in the first and in the second; undefined where an item has no other. */
export interface Aligned {
  readonly before: number | undefined;
  readonly after: number | undefined;
  /** Whether it stands elsewhere among those that stayed. */
  readonly moved: boolean;
}

/** So many comparisons are made at most; longer lists are laid beside each other position by position. */
const MOST_COMPARISONS = 250_000;

/**
 * Lays two lists without keys beside each other: first what is equal and in order, then what is equal and was moved, then between them
 * what is most alike in order. The same whichever of the lists is the first, so that a comparison the other way round says the same.
 * @param texts of both lists: equal items have equal texts
 * @param likeness of two items by their positions, from 0 to 1; the same both ways
 */
export function alignLists(
  texts: readonly [before: readonly string[], after: readonly string[]],
  likeness: (before: number, after: number) => number,
): readonly Aligned[] {
  const [before, after] = texts;
  if (JSON.stringify(before) <= JSON.stringify(after)) return align(before, after, likeness);
  const other = align(after, before, (i, j) => likeness(j, i));
  const turned = other.map(({ before: i, after: j, moved }) => ({ before: j, after: i, moved }));
  return turned;
}

type Match = readonly [before: number, after: number];

function align(
  before: readonly string[],
  after: readonly string[],
  likeness: (i: number, j: number) => number,
): readonly Aligned[] {
  const kept = commonInOrder(before, after);
  const leftBefore = new Set(before.keys());
  const leftAfter = new Set(after.keys());
  const take = ([i, j]: Match) => {
    leftBefore.delete(i);
    leftAfter.delete(j);
  };
  kept.forEach(take);
  const moved = equalElsewhere(before, after, leftBefore, leftAfter);
  moved.forEach(take);
  const alike = likeInGaps(kept, leftBefore, leftAfter, likeness);
  alike.forEach(take);
  return [
    ...[...kept, ...alike].map(([i, j]) => ({ before: i, after: j, moved: false })),
    ...moved.map(([i, j]) => ({ before: i, after: j, moved: true })),
    ...[...leftBefore].map((i) => ({ before: i, after: undefined, moved: false })),
    ...[...leftAfter].map((j) => ({ before: undefined, after: j, moved: false })),
  ];
}

/** The longest row of equal items that stands in both lists in the same order. */
function commonInOrder(before: readonly string[], after: readonly string[]): readonly Match[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < before.length - start && end < after.length - start && before.at(-1 - end) === after.at(-1 - end))
    end += 1;
  const found: Match[] = Array.from({ length: start }, (_, i) => [i, i] as const);
  const rows = before.length - start - end;
  const columns = after.length - start - end;
  if (rows * columns <= MOST_COMPARISONS) found.push(...longestCommon(before, after, start, rows, columns));
  for (let i = end; i > 0; i -= 1) found.push([before.length - i, after.length - i]);
  return found;
}

function longestCommon(
  before: readonly string[],
  after: readonly string[],
  start: number,
  rows: number,
  columns: number,
): Match[] {
  const width = columns + 1;
  const lengths = new Uint32Array((rows + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = rows - 1; i >= 0; i -= 1) {
    for (let j = columns - 1; j >= 0; j -= 1) {
      const equal = before[start + i] === after[start + j];
      lengths[i * width + j] = equal ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const found: Match[] = [];
  for (let i = 0, j = 0; i < rows && j < columns; ) {
    if (before[start + i] === after[start + j]) found.push([start + i++, start + j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return found;
}

function equalElsewhere(
  before: readonly string[],
  after: readonly string[],
  leftBefore: ReadonlySet<number>,
  leftAfter: ReadonlySet<number>,
): readonly Match[] {
  const places = new Map<string, number[]>();
  // From the end, so that the first of several equal items is taken first.
  for (const j of [...leftAfter].reverse()) {
    const same = places.get(after[j] ?? '');
    if (same === undefined) places.set(after[j] ?? '', [j]);
    else same.push(j);
  }
  return [...leftBefore].flatMap((i) => {
    const j = places.get(before[i] ?? '')?.pop();
    return j === undefined ? [] : [[i, j] as const];
  });
}

/** Between two items that stayed, what was changed: pairs in order with the greatest likeness together. */
function likeInGaps(
  kept: readonly Match[],
  leftBefore: ReadonlySet<number>,
  leftAfter: ReadonlySet<number>,
  likeness: (i: number, j: number) => number,
): readonly Match[] {
  const found: Match[] = [];
  const last: Match = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const inBefore = takerOf(leftBefore);
  const inAfter = takerOf(leftAfter);
  for (const [endBefore, endAfter] of [...kept, last]) {
    const [rows, columns] = [inBefore(endBefore), inAfter(endAfter)];
    if (rows.length > 0 && columns.length > 0) found.push(...bestInOrder(rows, columns, likeness));
  }
  return found;
}

/** Gives positions in order, each time those up to an end that were not given yet. */
function takerOf(positions: ReadonlySet<number>): (end: number) => readonly number[] {
  const sorted = [...positions];
  let from = 0;
  return (end) => {
    const start = from;
    while (from < sorted.length && (sorted[from] ?? 0) < end) from += 1;
    return sorted.slice(start, from);
  };
}

/** What is less alike is another item. */
const LEAST_LIKENESS = 0.2;

function bestInOrder(
  rows: readonly number[],
  columns: readonly number[],
  likeness: (i: number, j: number) => number,
): readonly Match[] {
  if (rows.length * columns.length > MOST_COMPARISONS / 25) {
    return rows.slice(0, columns.length).map((i, at) => [i, columns[at] ?? 0] as const);
  }
  const width = columns.length + 1;
  const best = new Float64Array((rows.length + 1) * width);
  const at = (r: number, c: number): number => best[r * width + c] ?? 0;
  const scores = rows.map((i) => columns.map((j) => likeness(i, j)));
  const score = (r: number, c: number): number => scores[r]?.[c] ?? 0;
  for (let r = rows.length - 1; r >= 0; r -= 1) {
    for (let c = columns.length - 1; c >= 0; c -= 1) {
      const together = score(r, c) >= LEAST_LIKENESS ? score(r, c) + at(r + 1, c + 1) : 0;
      best[r * width + c] = Math.max(together, at(r + 1, c), at(r, c + 1));
    }
  }
  const found: Match[] = [];
  for (let r = 0, c = 0; r < rows.length && c < columns.length; ) {
    if (score(r, c) >= LEAST_LIKENESS && at(r, c) === score(r, c) + at(r + 1, c + 1)) {
      found.push([rows[r] ?? 0, columns[c] ?? 0]);
      r += 1;
      c += 1;
    } else if (at(r, c) === at(r + 1, c)) r += 1;
    else c += 1;
  }
  return found;
}
