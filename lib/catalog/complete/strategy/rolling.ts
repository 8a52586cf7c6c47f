import type { RollingStrategy } from '../../service';
import { backgroundOf, paceOf, replicaSetSettings, type StrategyScope } from './common';

/** Pods are exchanged a few at a time; gates beside it stop it. */
export function completeRolling(scope: StrategyScope): RollingStrategy {
  const pace = paceOf(scope);
  return {
    kind: 'rolling',
    ...replicaSetSettings(scope),
    ...pace,
    background: backgroundOf(scope, pace, [scope.scale]),
    comparedWith: undefined,
  };
}
