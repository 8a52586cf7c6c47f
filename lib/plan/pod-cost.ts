import { type Timeline, totalOf } from './timeline/model';

/** What a release costs in pods. */
export interface PodCost {
  readonly steady: number;
  /** The most at a time, those included that end. */
  readonly peak: number;
  /** The peak above the steady state, in % of it. */
  readonly surgePercent: number;
  /** Pods above the steady state, summed over the seconds for which they exist. */
  readonly extraPodSeconds: number;
  /** The same as a mean over the time from the first new pod to the end of the last old one. */
  readonly meanExtra: number;
  readonly meanExtraPercent: number;
}

/** Against the steady state of the release, or against another number of pods. */
export function podCostOf({ pods, steadyPods, totalSeconds }: Timeline, steady = steadyPods): PodCost {
  const peak = Math.max(...pods.map(totalOf));
  const extraPodSeconds = pods.reduce((sum, sample, i) => {
    const until = pods[i + 1]?.atSeconds ?? totalSeconds;
    return sum + Math.max(0, totalOf(sample) - steady) * (until - sample.atSeconds);
  }, 0);
  const meanExtra = totalSeconds === 0 ? 0 : extraPodSeconds / totalSeconds;
  return {
    steady,
    peak,
    surgePercent: (100 * (peak - steady)) / steady,
    extraPodSeconds,
    meanExtra,
    meanExtraPercent: (100 * meanExtra) / steady,
  };
}
