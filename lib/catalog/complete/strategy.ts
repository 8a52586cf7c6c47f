import { nearest } from '../../diagnostic/nearest';
import type { Path } from '../../diagnostic/path';
import { BUILT_IN } from '../built-in';
import { countsRequests } from '../gate-kinds';
import type { ServiceSettings } from '../schema/catalog';
import type { Gate, Step, Strategy } from '../service';
import type { Context } from './context';
import { inconclusiveLimitOf } from './gates';

type StrategySettings = NonNullable<ServiceSettings['strategy']>;
type StepSettings = NonNullable<StrategySettings['steps']>[number];

/** The strategy with its steps as a closed union and its gates resolved; reports gates that nothing uses. */
export function completeStrategy(context: Context, gates: readonly Gate[]): Strategy {
  const given = context.settings.strategy ?? {};
  const used = new Set<string>();
  const resolve = (names: readonly string[], path: Path) => resolveGates(context, gates, names, path, used);
  const steps = context
    .need(
      ['strategy', 'steps'],
      given.steps,
      [],
      'the steps: [{ "setWeight": 10 }, { "pause": { "durationSeconds": 60 } }]',
    )
    .map((step, i) => completeStep(step, ['strategy', 'steps', i], resolve));
  const strategy: Strategy = {
    ...BUILT_IN.strategy,
    ...given,
    steps,
    background: given.background
      ? {
          gates: resolve(
            context.need(['strategy', 'background', 'gates'], given.background.gates, [], 'names of gates'),
            ['strategy', 'background', 'gates'],
          ),
          startingStep: given.background.startingStep ?? Math.min(1, Math.max(0, steps.length - 1)),
        }
      : undefined,
  };
  checkSteps(context, strategy);
  checkNumbers(context, strategy);
  for (const gate of context.refused(['strategy']) ? [] : gates) {
    if (!used.has(gate.name) && context.isOwn(['gates', gate.name]))
      context.fault(
        'CAT039',
        ['gates', gate.name],
        `gate "${gate.name}" is used by no step and not in the background`,
        "name it in a step's analysis or in strategy.background, or remove it",
      );
  }
  return strategy;
}

function completeStep(
  step: StepSettings,
  path: Path,
  resolve: (names: readonly string[], path: Path) => readonly Gate[],
): Step {
  if (step.setWeight !== undefined) return { kind: 'setWeight', weight: step.setWeight };
  if (step.analysis !== undefined) return { kind: 'analysis', gates: resolve(step.analysis, [...path, 'analysis']) };
  return { kind: 'pause', durationSeconds: step.pause?.durationSeconds };
}

function resolveGates(
  context: Context,
  gates: readonly Gate[],
  names: readonly string[],
  path: Path,
  used: Set<string>,
): readonly Gate[] {
  const found: Gate[] = [];
  for (const [i, name] of names.entries()) {
    used.add(name);
    const gate = gates.find((one) => one.name === name);
    if (gate) found.push(gate);
    else if (!context.refused(['gates', name])) {
      const known = gates.map((one) => one.name);
      const meant = nearest(name, known);
      const hint = meant
        ? `did you mean "${meant}"?`
        : known.length > 0
          ? `the gates are: ${known.join(', ')}`
          : `add it to gates`;
      context.fault('CAT023', [...path, i], `there is no gate "${name}"`, hint);
    }
  }
  return found;
}

function checkSteps(context: Context, strategy: Strategy): void {
  const { steps, background } = strategy;
  const first = steps.findIndex((step) => step.kind === 'setWeight' && step.weight > 0);
  if (context.refused(['strategy', 'steps'])) {
    // A step that is not what was written says nothing about those behind it.
    for (const step of steps) if (step.kind === 'analysis') for (const gate of step.gates) checkCount(context, gate);
    return;
  }
  if (steps.length > 0 && first === -1) {
    context.fault(
      'CAT032',
      ['strategy', 'steps'],
      'no step gives the canary any traffic: nothing is tried before all of it moves',
      'begin with a small setWeight',
    );
  }
  for (const [i, step] of steps.entries()) {
    if (step.kind === 'analysis' && i < first) {
      context.fault(
        'CAT032',
        ['strategy', 'steps', i],
        'gates are asked before the canary has traffic',
        'move the analysis behind a setWeight',
      );
    }
    if (step.kind === 'analysis') for (const gate of step.gates) checkCount(context, gate);
    if (step.kind === 'analysis' && first !== -1 && i > first) checkTraffic(context, strategy, i, step.gates);
  }
  if (background !== undefined && steps.length > 0 && background.startingStep >= steps.length) {
    context.fault(
      'CAT033',
      ['strategy', 'background', 'startingStep'],
      `step ${background.startingStep} does not exist: the last is ${steps.length - 1}, so the gates would never run`,
      `use at most ${steps.length - 1}`,
    );
  }
}

/** Argo Rollouts 1.9.1 fails a metric when failures > failureLimit (analysis.go, assessMetricFailureInconclusiveOrError; P18). */
function checkCount(context: Context, gate: Gate): void {
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

/** The requests that the canary gets within a window at a step's weight, against what its gates want to have seen. */
function checkTraffic(context: Context, strategy: Strategy, index: number, gates: readonly Gate[]): void {
  const rps = context.settings.traffic?.requestsPerSecond;
  if (rps === undefined) return;
  const weights = strategy.steps.slice(0, index).flatMap((step) => (step.kind === 'setWeight' ? [step.weight] : []));
  const weight = weights.at(-1) ?? 0;
  for (const gate of gates) {
    if (context.refused(['gates', gate.name], ['traffic'])) continue;
    const seen = Math.floor((rps * weight * gate.windowSeconds) / 100);
    if (countsRequests(gate.kind) && seen < gate.minRequests) {
      context.fault(
        'CAT043',
        ['strategy', 'steps', index, 'analysis'],
        `at ${rps} requests/s and ${weight} % the canary serves about ${seen} requests in ${gate.windowSeconds} s; gate "${gate.name}" wants ${gate.minRequests}, so the release would pause`,
        'raise the weight or the window, or lower minRequests',
      );
    }
  }
}

function checkNumbers(context: Context, strategy: Strategy): void {
  const refused = (...names: readonly (keyof Strategy)[]) =>
    context.refused(...names.map((name) => ['strategy', name]));
  const { progressDeadlineSeconds, minReadySeconds, rollbackWindowRevisions, revisionHistoryLimit } = strategy;
  if (progressDeadlineSeconds <= minReadySeconds && !refused('progressDeadlineSeconds', 'minReadySeconds')) {
    context.fault(
      'CAT041',
      ['strategy', 'progressDeadlineSeconds'],
      `${progressDeadlineSeconds} s is not longer than minReadySeconds ${minReadySeconds} s: Argo Rollouts refuses it`,
      'raise progressDeadlineSeconds',
    );
  }
  if (rollbackWindowRevisions > revisionHistoryLimit && !refused('rollbackWindowRevisions', 'revisionHistoryLimit')) {
    context.fault(
      'CAT042',
      ['strategy', 'rollbackWindowRevisions'],
      `${rollbackWindowRevisions} revisions back, but only ${revisionHistoryLimit} are kept`,
      'raise revisionHistoryLimit',
    );
  }
}
