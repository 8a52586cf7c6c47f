import type { Path } from '../../../diagnostic/path';
import { ITEM_DEFAULTS } from '../../built-in';
import { gateSeconds } from '../../duration';
import type { CanaryScale, Gate, Step } from '../../service';
import type { Context } from '../context';
import type { StrategyScope, StrategySettings } from './common';

type StepSettings = NonNullable<StrategySettings['steps']>[number];

/** One step as a member of the closed union, with its gates found. */
export function completeStep({ context, gates }: StrategyScope, step: StepSettings, path: Path): Step {
  if (step.setWeight !== undefined) return { kind: 'setWeight', weight: step.setWeight };
  if (step.analysis !== undefined)
    return { kind: 'analysis', gates: gates.find(step.analysis, [...path, 'analysis'], 'counted') };
  if (step.canaryScale !== undefined) return { kind: 'canaryScale', scale: scaleOf(step.canaryScale) };
  if (step.headerRoute !== undefined) {
    const { route, header } = step.headerRoute;
    const at = [...path, 'headerRoute'];
    return {
      kind: 'headerRoute',
      route: context.need([...at, 'route'], route, 'route', 'a name for the route'),
      header: header && {
        name: context.need([...at, 'header', 'name'], header.name, '', 'the name of the header').toLowerCase(),
        value: context.need([...at, 'header', 'value'], header.value, '', 'its value'),
      },
    };
  }
  if (step.mirrorRoute !== undefined) {
    const route = context.need(
      [...path, 'mirrorRoute', 'route'],
      step.mirrorRoute.route,
      'route',
      'a name for the route',
    );
    return { kind: 'mirrorRoute', route, percent: step.mirrorRoute.percent };
  }
  if (step.experiment !== undefined) {
    const { durationSeconds, replicas, weight, gates: names } = { ...ITEM_DEFAULTS.experiment, ...step.experiment };
    const at = [...path, 'experiment'];
    const found = gates.find(names ?? [], [...at, 'gates'], 'experiment');
    const duration = context.need([...at, 'durationSeconds'], durationSeconds, 86_400, 'how long both run');
    checkDuration(context, found, duration, [...at, 'durationSeconds']);
    return { kind: 'experiment', durationSeconds: duration, replicas, weight, gates: found };
  }
  return { kind: 'pause', durationSeconds: step.pause?.durationSeconds };
}

function scaleOf(given: NonNullable<StepSettings['canaryScale']>): CanaryScale {
  if (given.replicas !== undefined) return { kind: 'replicas', replicas: given.replicas };
  if (given.percent !== undefined) return { kind: 'percent', percent: given.percent };
  return { kind: 'matchWeight' };
}

function checkDuration(context: Context, gates: readonly Gate[], durationSeconds: number, path: Path): void {
  const wanted = Math.max(0, ...gates.map(gateSeconds));
  if (durationSeconds >= wanted || context.refused(path)) return;
  context.fault(
    'CAT035',
    path,
    `the experiment ends after ${durationSeconds} s, and its gates take ${wanted} s`,
    `use at least ${wanted}`,
  );
}
