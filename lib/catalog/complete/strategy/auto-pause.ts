import type { Path } from '../../../diagnostic/path';
import { hasWindow } from '../../gate-kinds';
import { planner } from '../planner';
import type { StrategyScope, StrategySettings } from './common';

type StepSettings = NonNullable<StrategySettings['steps']>[number];

/**
 * A pause that is to be worked out, with its seconds; undefined for every other step. It lasts until the windows of the gates that are
 * asked next hold nothing from before it.
 */
export function withPause(
  { context, gates }: StrategyScope,
  steps: readonly StepSettings[],
  index: number,
  path: Path,
): StepSettings | undefined {
  const { pause } = steps[index] ?? {};
  if (pause?.auto !== true) return undefined;
  if (pause.durationSeconds !== undefined) {
    context.fault(
      'CAT010',
      [...path, 'pause', 'durationSeconds'],
      '"auto" and "durationSeconds" stand side by side',
      'take one of them away',
    );
    return { pause: { durationSeconds: pause.durationSeconds } };
  }
  const next = steps.slice(index + 1).find((step) => step.setWeight !== undefined || step.analysis !== undefined);
  const windows = gates.all
    .filter(({ name, kind }) => next?.analysis?.includes(name) && hasWindow(kind))
    .map(({ windowSeconds }) => windowSeconds);
  if (windows.length === 0) {
    context.fault(
      'CAT095',
      [...path, ...(path[1] === 'steps' ? ['pause', 'auto'] : [])],
      'the pause is to be worked out from the windows of the gates that are asked next, and there are none',
      'ask a gate with a window in an analysis behind it, or write its durationSeconds',
    );
    return { pause: { durationSeconds: 1 } };
  }
  return { pause: { durationSeconds: planner().pauseFor(Math.max(...windows), context.platform.prometheus) } };
}
