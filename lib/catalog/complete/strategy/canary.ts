import type { Path } from '../../../diagnostic/path';
import { optimizedFor } from '../../between-weights';
import { BUILT_IN } from '../../built-in';
import { presetSteps } from '../../presets';
import type { CanaryStrategy, Step } from '../../service';
import type { Context } from '../context';
import { withPause } from './auto-pause';
import { checkPodWeights, checkRouter, checkScale, checkSteps } from './canary-checks';
import { fewestPods, paceOf, replicaSetSettings, type StrategyScope, type StrategySettings } from './common';
import { checkLowOverhead } from './low-overhead';
import { completeStep } from './steps';

/** The new version gets its share of requests in steps. */
export function completeCanary(scope: StrategyScope): CanaryStrategy {
  const { context, given, gates } = scope;
  const { optimizeFor, scaleDownDelaySeconds, abortScaleDownDelaySeconds } = given;
  const steps = stepsOf(scope);
  const { background } = given;
  const at = ['strategy', 'background'];
  const strategy: CanaryStrategy = {
    kind: 'canary',
    optimizeFor,
    ...replicaSetSettings(scope),
    ...paceOf(scope),
    scaleDownDelaySeconds,
    abortScaleDownDelaySeconds,
    steps,
    background: background
      ? {
          gates: gates.find(
            context.need([...at, 'gates'], background.gates, [], 'names of gates'),
            [...at, 'gates'],
            'background',
          ),
          startingStep: background.startingStep ?? Math.min(1, Math.max(0, steps.length - 1)),
        }
      : undefined,
  };
  checkSteps(scope, strategy);
  checkRouter(scope, strategy);
  checkScale(scope, strategy);
  checkPodWeights(scope, strategy);
  checkLowOverhead(scope, strategy);
  if (optimizeFor !== 'lowOverhead' || scope.routing.router === 'none') return strategy;
  return optimizedFor(strategy, optimizeFor, fewestPods(scope.scale), preStopSecondsOf(context));
}

const preStopSecondsOf = ({ settings: { shutdown } }: Context): number =>
  shutdown?.preStopSeconds ?? BUILT_IN.shutdown.preStopSeconds;

/** The steps that are written, or those that the preset stands for; of the two the one nearer to the service holds (layers.ts). */
function stepsOf(scope: StrategyScope): readonly Step[] {
  const { context, given, gateNames } = scope;
  const { preset } = given;
  if (preset !== undefined && given.steps === undefined) {
    const expanded = presetSteps(preset, presetGates(given, gateNames));
    const at = ['strategy', 'preset'];
    return expanded.map((step, i) => completeStep(scope, withPause(scope, expanded, i, at) ?? step, at));
  }
  const path: Path = ['strategy', 'steps'];
  const steps = context.need(
    path,
    given.steps,
    [],
    'the steps: [{ "setWeight": 10 }, { "pause": { "durationSeconds": 60 } }], or "preset": "standard"',
  );
  return steps.map((step, i) => completeStep(scope, withPause(scope, steps, i, [...path, i]) ?? step, [...path, i]));
}

/** A preset asks all gates that do not run in the background. */
export function presetGates(given: StrategySettings, names: readonly string[]): readonly string[] {
  return names.filter((name) => !given.background?.gates?.includes(name));
}
