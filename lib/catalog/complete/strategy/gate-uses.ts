import { nearest } from '../../../diagnostic/nearest';
import type { Path } from '../../../diagnostic/path';
import { BUILT_IN } from '../../built-in';
import { countsRequests, inconclusiveLimitOf } from '../../gate-kinds';
import type { Gate, RequestMetrics } from '../../service';
import type { Context } from '../context';

/** Where gates are asked; each place has questions that it cannot answer. */
export type GatePlace =
  /** A step, before or after a switch: the gate ends after its count. */
  | 'counted'
  /** Beside a release: measured until that ends. */
  | 'background'
  /** Beside two new sets of pods, which can be compared. */
  | 'experiment'
  /** Beside a variant, which can be compared with the control. */
  | 'variant';

/** Finds gates by their names and checks each where it is used. */
export interface GateFinder {
  readonly all: readonly Gate[];
  readonly find: (names: readonly string[], path: Path, place: GatePlace) => readonly Gate[];
  readonly used: ReadonlySet<string>;
}

export function gateFinder(context: Context, gates: readonly Gate[], metrics: RequestMetrics | undefined): GateFinder {
  const used = new Set<string>();
  const find: GateFinder['find'] = (names, path, place) => {
    const found: Gate[] = [];
    for (const [i, name] of names.entries()) {
      used.add(name);
      const gate = gates.find((one) => one.name === name);
      if (gate === undefined) tellUnknown(context, gates, name, [...path, i]);
      else {
        found.push(gate);
        checkUse(context, gate, [...path, i], place, metrics);
      }
    }
    return found;
  };
  return { all: gates, find, used };
}

function tellUnknown(context: Context, gates: readonly Gate[], name: string, path: Path): void {
  if (context.refused(['gates', name])) return;
  const known = gates.map((one) => one.name);
  const meant = nearest(name, known);
  const hint = meant
    ? `did you mean "${meant}"?`
    : known.length > 0
      ? `the gates are: ${known.join(', ')}`
      : `add it to gates`;
  context.fault('CAT023', path, `there is no gate "${name}"`, hint);
}

const COMPARING: readonly GatePlace[] = ['experiment', 'variant'];

function checkUse(
  context: Context,
  gate: Gate,
  path: Path,
  place: GatePlace,
  metrics: RequestMetrics | undefined,
): void {
  if (context.refused(['gates', gate.name])) return;
  // The pods of a canary's stable version get requests beside it.
  const comparing =
    COMPARING.includes(place) || (context.settings.strategy?.kind ?? BUILT_IN.strategy.kind) === 'canary';
  if (gate.relative && !comparing) {
    context.fault(
      'CAT025',
      path,
      `gate "${gate.name}" compares, and here there is nothing to compare with`,
      'ask it at the steps of a canary, in an experiment or in abTest.gates, or take "relative" away',
    );
  }
  if (place === 'experiment' && !countsRequests(gate.kind)) {
    context.fault(
      'CAT025',
      path,
      `a gate of kind ${gate.kind} looks at pods by their names, and those of an experiment are not told apart by them`,
      'ask for errorRate, successRate or latency here',
    );
  }
  if (place === 'variant' && !gate.relative) {
    context.fault(
      'CAT025',
      path,
      `gate "${gate.name}" does not compare the variant with the control`,
      'give it "relative": true (errorRate, latency)',
    );
  }
  if (place === 'counted' || place === 'experiment') checkCount(context, gate);
  checkSource(context, gate, path, metrics);
}

/** Gates about requests need somebody who counts them. */
function checkSource(context: Context, gate: Gate, path: Path, metrics: RequestMetrics | undefined): void {
  if (!countsRequests(gate.kind) || context.refused(['requestMetrics'], ['routing'])) return;
  if (metrics === undefined) {
    context.fault(
      'CAT054',
      path,
      `gate "${gate.name}" asks about requests, and nothing measures them: the pods have no sidecar and requestMetrics is not set`,
      "set requestMetrics to the application's own metrics, or routing.mesh to true where Istio runs",
    );
  } else if (gate.kind === 'latency' && metrics.kind === 'application' && metrics.durationBuckets === undefined) {
    context.fault(
      'CAT054',
      path,
      `gate "${gate.name}" asks for latency, and requestMetrics names no histogram`,
      'set requestMetrics.durationBuckets',
    );
  }
}

/** Argo Rollouts 1.9.1 fails a metric when failures > failureLimit (analysis.go, assessMetricFailureInconclusiveOrError; P18). */
export function checkCount(context: Context, gate: Gate): void {
  const at = (field: string): Path => ['gates', gate.name, field];
  if (context.refused(at('count'), at('failureLimit'), at('inconclusiveLimit'))) return;
  if (gate.failureLimit >= gate.count) {
    context.fault(
      'CAT035',
      at('failureLimit'),
      `failureLimit ${gate.failureLimit} forgives all of its ${gate.count} measurements`,
      `use at most ${gate.count - 1}`,
    );
  }
  const inconclusiveLimit = inconclusiveLimitOf(gate, 'step');
  if (gate.failureLimit < gate.count && gate.failureLimit + inconclusiveLimit >= gate.count) {
    context.fault(
      'CAT036',
      at('inconclusiveLimit'),
      `failureLimit ${gate.failureLimit} and inconclusiveLimit ${inconclusiveLimit} together forgive all of its ${gate.count} measurements, so it would pass without one good answer`,
      `use at most ${gate.count - gate.failureLimit - 1}`,
    );
  }
}
