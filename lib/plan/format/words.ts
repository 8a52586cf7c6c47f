import type { Unstated } from '../courses';
import type { Chance } from '../outcome';
import type { Regression } from '../regressions';
import type { ReleasePlan } from '../release-plan';
import { chance, clock, decimal, duration } from './numbers';

/** A regression as a row is called. */
export const regressionName = (regression: Regression): string =>
  regression.kind === 'errors' ? `errors +${regression.points} points` : `latency × ${regression.times}`;

/** Why nothing can be said of a gate about requests. */
export const UNSTATED_WORDS: { readonly [K in Unstated]: string } = {
  preview: 'no user asks the preview before the switch',
  idle: 'nobody asks the colour whose pods are exchanged',
  chosen: 'only a header or a cookie leads to the variant',
};

export const wayBack = (seconds: number | undefined): string =>
  seconds === undefined ? 'a commit' : duration(seconds);

/** A chance, with its bounds where they differ as it is printed. */
export function boundedChance({ value, low, high }: Chance): string {
  const [own, least, most] = [value, low, high].map(chance);
  return least === most ? (own ?? '') : `${own} (${least} to ${most})`;
}

export const trafficName = ({ requestsPerSecond }: Pick<ReleasePlan, 'requestsPerSecond'>): string =>
  requestsPerSecond === undefined ? 'traffic not known' : `${decimal(requestsPerSecond)} requests/s`;

/** The promotion in a sentence. */
export function promotionName({ promotionSeconds, waitsForPerson }: ReleasePlan): string {
  const { median, p95 } = promotionSeconds;
  const waits = waitsForPerson === 0 ? '' : `, and the time until a person goes on (${waitsForPerson}×)`;
  return `${clock(median)} in half of the releases, ${clock(p95)} in 95 of 100${waits}`;
}
