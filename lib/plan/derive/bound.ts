import { guardFor, type Risks, risksOf } from './risks';
import { type Shape, secondsOf } from './shapes';
import type { Wanted } from './wanted';

/** The numbers of a gate, with what they promise. */
export interface Derived {
  readonly bound: number;
  readonly windowSeconds: number;
  readonly intervalSeconds: number;
  readonly count: number;
  readonly failureLimit: number;
  readonly minRequests: number;
  readonly falseAlarm: number;
  readonly miss: number;
  /** What it takes of each step. */
  readonly seconds: number;
}

/** Whether some bound keeps both risks: a looser one stops fewer releases, good and bad, so that one that keeps neither decides. */
export function canKeep(wanted: Wanted, shape: Shape): boolean {
  const risks = risksOf(wanted, shape, guardFor(wanted, shape));
  let [tight, loose] = [wanted.normal, wanted.worst];
  for (let i = 0; i < HALVINGS; i += 1) {
    const bound = (tight + loose) / 2;
    const [alarms, misses] = [risks.alarms(bound), risks.misses(bound)];
    if (alarms === misses) return !alarms;
    if (alarms) tight = bound;
    else loose = bound;
  }
  return false;
}

/**
 * A shape with the bound in the middle of those that keep both risks, so that neither a noisier day nor a weaker regression is at
 * its edge; undefined where good releases do not keep even the loosest.
 */
export function withBound(wanted: Wanted, shape: Shape): Derived | undefined {
  const minRequests = guardFor(wanted, shape);
  const risks = risksOf(wanted, shape, minRequests);
  const bound = middleBound(wanted, risks);
  if (bound === undefined) return undefined;
  return {
    ...shape,
    bound,
    minRequests,
    intervalSeconds: shape.windowSeconds,
    falseAlarm: risks.falseAlarm(bound),
    miss: risks.miss(bound),
    seconds: secondsOf(shape, wanted.asks, wanted.traffic),
  };
}

function middleBound({ normal, worst }: Wanted, { alarms, misses }: Risks): number | undefined {
  if (alarms(worst)) return undefined;
  const tightest = halve(worst, normal, (bound) => !alarms(bound));
  if (misses(tightest)) return tightest;
  const loosest = halve(tightest, worst, (bound) => !misses(bound));
  const upwards = worst > normal;
  const distance = (bound: number): number => (upwards ? bound : 1 - bound);
  const middle = Math.sqrt(distance(tightest) * distance(loosest));
  const written = roundedAway(upwards ? middle : 1 - middle, upwards);
  return alarms(written) || misses(written) ? tightest : written;
}

const HALVINGS = 12;

/** The value nearest to `to` that keeps what `from` keeps. */
function halve(from: number, to: number, keeps: (value: number) => boolean): number {
  let [kept, broken] = [from, to];
  for (let i = 0; i < HALVINGS; i += 1) {
    const middle = (kept + broken) / 2;
    if (keeps(middle)) kept = middle;
    else broken = middle;
  }
  return kept;
}

/** Two significant digits of the distance to 0 or to 1, to the looser side. */
function roundedAway(bound: number, upwards: boolean): number {
  const distance = upwards ? bound : 1 - bound;
  const unit = 10 ** (Math.floor(Math.log10(Math.max(distance, 1e-9))) - 1);
  const rounded = Math.ceil(distance / unit - 1e-9) * unit;
  return Number((upwards ? rounded : 1 - rounded).toFixed(9));
}
