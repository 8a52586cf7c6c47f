import type { ManifestOf } from '@cdk8s/imports/wire';
import type { ReplicaSetSettings } from '../../lib/catalog/service';

export type RolloutStrategy = NonNullable<NonNullable<ManifestOf<'argoproj.io/v1alpha1/Rollout'>['spec']>['strategy']>;
export type CanarySpec = NonNullable<RolloutStrategy['canary']>;
export type BlueGreenSpec = NonNullable<RolloutStrategy['blueGreen']>;

type AntiAffinity = ReplicaSetSettings['antiAffinity'];

const ANTI_AFFINITY: { readonly [Choice in AntiAffinity]: Pick<CanarySpec, 'antiAffinity'> } = {
  none: {},
  preferred: { antiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: { weight: 100 } } },
  required: { antiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: {} } },
};

/** The field of either kind of strategy; Argo Rollouts refuses an empty one. */
export const antiAffinityOf = (choice: AntiAffinity): Pick<CanarySpec, 'antiAffinity'> => ANTI_AFFINITY[choice];
