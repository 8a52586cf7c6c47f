import type { RollingStrategy } from '../../service';
import { checkExchange, paceOf, replicaSetSettings, type StrategyScope } from './common';

/** Pods are exchanged a few at a time; gates beside it stop it. */
export function completeRolling(scope: StrategyScope): RollingStrategy {
  const { context, given, gates } = scope;
  const path = ['strategy', 'background'];
  if (given.background?.startingStep !== undefined && context.isOwn([...path, 'startingStep'])) {
    context.fault('CAT049', [...path, 'startingStep'], 'the strategy rolling has no steps', 'leave it out');
  }
  const names = given.background
    ? context.need([...path, 'gates'], given.background.gates, [], 'names of gates')
    : undefined;
  const found = names && gates.find(names, [...path, 'gates'], 'background');
  const pace = paceOf(scope);
  checkExchange(scope, pace, scope.scale, found ?? [], [...path, 'gates']);
  return {
    kind: 'rolling',
    ...replicaSetSettings(scope),
    ...pace,
    background: found && { gates: found },
    comparedWith: undefined,
  };
}
