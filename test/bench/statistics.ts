/** What one run cost: CPU seconds (user + system, all of its processes) and the peak memory of its largest process. */
export interface Cost {
  readonly seconds: number;
  readonly mebibytes: number;
}

/** The middle value; of an even number the mean of the middle two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const low = sorted[Math.floor((sorted.length - 1) / 2)];
  const high = sorted[Math.ceil((sorted.length - 1) / 2)];
  if (low === undefined || high === undefined) throw new Error('the median of nothing');
  return (low + high) / 2;
}

export const medianCost = (runs: readonly Cost[]): Cost => ({
  seconds: median(runs.map((run) => run.seconds)),
  mebibytes: median(runs.map((run) => run.mebibytes)),
});

/**
 * The median of the ratios of runs that were made right after one another: what slows the whole machine for a while slows both
 * and leaves the ratio. Who ran several times as often as the other is paired with the median of each time.
 */
export function pairedRatio(runs: readonly Cost[], peer: readonly Cost[]): number {
  const pairs = Math.min(runs.length, peer.length);
  if (runs.length % pairs !== 0 || peer.length % pairs !== 0)
    throw new Error(`${runs.length} runs cannot be paired with ${peer.length}`);
  const [ours, theirs] = [inTurns(runs, pairs), inTurns(peer, pairs)];
  return median(ours.map((seconds, i) => seconds / (theirs[i] ?? Number.NaN)));
}

/** The medians in so many equal parts, one behind the other. */
function inTurns(runs: readonly Cost[], turns: number): readonly number[] {
  const each = runs.length / turns;
  return Array.from({ length: turns }, (_, i) =>
    median(runs.slice(i * each, (i + 1) * each).map(({ seconds }) => seconds)),
  );
}
