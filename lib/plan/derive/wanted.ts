import type { GateKind } from '../../catalog/service';
import type { Behaviour } from '../behaviour';
import type { Traffic } from '../traffic';

/** A step at which a gate is asked. */
export interface Ask {
  /** Share of the requests, in %. */
  readonly weight: number;
  /** Time at this weight before the first measurement; undefined: as long as the window needs. */
  readonly pauseSeconds: number | undefined;
}

/** What the numbers of a gate follow from. */
export interface Wanted {
  readonly kind: GateKind;
  readonly quantile: number;
  /** Whether the bound is for the difference to the stable version, which is good and asked in the same window. */
  readonly relative: boolean;
  readonly buckets: readonly number[] | undefined;
  readonly traffic: Traffic;
  readonly asks: readonly Ask[];
  readonly good: Behaviour;
  readonly bad: Behaviour;
  /** The measured number of a good release and of one that must be stopped; the bound lies between them. */
  readonly normal: number;
  readonly worst: number;
  readonly falseAlarmRisk: number;
  readonly missRisk: number;
  /** Time for each step: its pause, where that is not given, and its measurements. */
  readonly stepSeconds: number;
}
