import type { Verdicts } from './verdicts';

/** The odds of how a release ends that several gates watch. */
export interface Outcome {
  /** A gate aborts it. */
  readonly aborted: Chance;
  /** What each gate would do alone, by its name. */
  readonly byGate: readonly GateChance[];
  /** A gate cannot tell, and it waits for a person. */
  readonly paused: number;
  readonly promoted: number;
  /** When it is decided, in the order of time; what is left is promoted. */
  readonly decisions: readonly Decision[];
}

export interface Decision {
  readonly atSeconds: number;
  readonly aborted: number;
  readonly paused: number;
}

export interface GateChance {
  readonly gate: string;
  readonly aborts: number;
}

/**
 * A chance with what it can be at the most and at the least. Verdicts about other requests are independent. Between gates the value
 * takes them to be independent too; the bounds take nothing for granted (Fréchet): at the least the gate that tells most often does
 * so whenever another one does, at the most no two ever tell of the same release.
 */
export interface Chance {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** How the gates of a release end it together. */
export function outcomeOf(asked: readonly Verdicts[]): Outcome {
  const decisions = decide(asked);
  const sum = (of: (decision: Decision) => number): number => decisions.reduce((total, one) => total + of(one), 0);
  const aborted = sum((one) => one.aborted);
  const paused = sum((one) => one.paused);
  const byGate = gateChances(asked);
  return {
    aborted: { value: aborted, ...boundsOf(byGate, aborted) },
    byGate,
    paused,
    promoted: Math.max(0, 1 - aborted - paused),
    decisions,
  };
}

/** The release goes on while no gate has spoken; at each moment those that still run may. */
function decide(asked: readonly Verdicts[]): readonly Decision[] {
  const events = asked
    .flatMap(({ moments }, index) => moments.map((moment) => ({ ...moment, index })))
    .sort((a, b) => a.atSeconds - b.atSeconds);
  const running = asked.map(() => 1);
  let alive = 1;
  const found: Decision[] = [];
  for (const { atSeconds, aborts, pauses, index } of events) {
    const left = running[index] ?? 0;
    if (left <= 0 || aborts + pauses <= 0) continue;
    const hazard = Math.min(1, (aborts + pauses) / left);
    const ended = alive * hazard;
    running[index] = left - aborts - pauses;
    alive -= ended;
    const share = aborts / (aborts + pauses);
    const [aborted, paused] = [ended * share, ended * (1 - share)];
    const last = found.at(-1);
    if (last?.atSeconds === atSeconds)
      found[found.length - 1] = { atSeconds, aborted: last.aborted + aborted, paused: last.paused + paused };
    else found.push({ atSeconds, aborted, paused });
  }
  return found;
}

/** A gate that is asked several times sees other requests each time. */
function gateChances(asked: readonly Verdicts[]): readonly GateChance[] {
  const silent = new Map<string, number>();
  for (const { gate, moments } of asked) {
    const aborts = moments.reduce((sum, moment) => sum + moment.aborts, 0);
    silent.set(gate, (silent.get(gate) ?? 1) * (1 - aborts));
  }
  return [...silent].map(([gate, chance]) => ({ gate, aborts: 1 - chance }));
}

function boundsOf(byGate: readonly GateChance[], value: number): Pick<Chance, 'low' | 'high'> {
  const chances = byGate.map(({ aborts }) => aborts);
  const sum = chances.reduce((total, one) => total + one, 0);
  // A gate that pauses a release keeps another one from aborting it, so that the value may be below what one gate alone would do.
  return { low: Math.min(value, Math.max(0, ...chances)), high: Math.max(value, Math.min(1, sum)) };
}
