import type { RollingStrategy } from '../../service';
import { paceOf, replicaSetSettings, type StrategyScope } from './common';

/** Pods are exchanged a few at a time; gates beside it stop it. */
export function completeRolling(scope: StrategyScope): RollingStrategy {
  const { context, given, gates } = scope;
  const path = ['strategy', 'background'];
  if (given.background?.startingStep !== undefined && context.isOwn([...path, 'startingStep'])) {
    context.fault('CAT049', [...path, 'startingStep'], 'the strategy rolling has no steps', 'leave it out');
  }
  return {
    kind: 'rolling',
    ...replicaSetSettings(scope),
    ...paceOf(scope),
    background: given.background
      ? {
          gates: gates.find(
            context.need([...path, 'gates'], given.background.gates, [], 'names of gates'),
            [...path, 'gates'],
            'background',
          ),
        }
      : undefined,
    comparedWith: undefined,
  };
}
