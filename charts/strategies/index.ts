import type { ManifestOf } from '@cdk8s/imports/wire';
import type { Strategy, StrategyKind } from '../../lib/catalog/service';
import type { ServiceScope } from '../names';
import { canary } from './canary';

type RolloutStrategy = NonNullable<NonNullable<ManifestOf<'argoproj.io/v1alpha1/Rollout'>['spec']>['strategy']>;

/** One file for each strategy; a new one does not compile until it is here. */
export const STRATEGIES: {
  readonly [Kind in StrategyKind]: (
    scope: ServiceScope,
    strategy: Extract<Strategy, { readonly kind: Kind }>,
  ) => RolloutStrategy;
} = { canary };
