import { fieldAt, numberAt, textAt } from '../../manifest/object';
import { HASH_LABEL } from '../../manifest/rollout';
import { controllerOf, nameIn, timeAt } from './owner';
import { type Condition, conditionsOf, containersAt, REVISION, wholeNumber } from './rollout';

/** The pods of one version. Times in milliseconds since 1970. */
export interface ReplicaSetFacts {
  readonly name: string;
  readonly owner: string | undefined;
  readonly hash: string;
  readonly revision: number | undefined;
  readonly createdAt: number | undefined;
  readonly desired: number;
  readonly pods: number;
  readonly ready: number;
  readonly available: number;
  readonly images: readonly string[];
  readonly conditions: readonly Condition[];
  readonly experiment: boolean;
  /** Revisions that it had before: somebody has gone back to it. */
  readonly earlierRevisions: readonly number[];
  /** As the API server has it, with its defaults. */
  readonly template: unknown;
}

export function readReplicaSet(object: unknown): ReplicaSetFacts {
  return {
    name: nameIn(object),
    owner: controllerOf(object, 'Rollout'),
    hash: textAt(object, `metadata.labels["${HASH_LABEL}"]`) ?? '',
    revision: wholeNumber(textAt(object, REVISION)),
    createdAt: timeAt(object, 'metadata.creationTimestamp'),
    desired: numberAt(object, 'spec.replicas') ?? 1,
    pods: numberAt(object, 'status.replicas') ?? 0,
    ready: numberAt(object, 'status.readyReplicas') ?? 0,
    available: numberAt(object, 'status.availableReplicas') ?? 0,
    images: containersAt(object, 'spec.template.spec.containers').map(({ image }) => image),
    conditions: conditionsOf(object),
    earlierRevisions: (textAt(object, 'metadata.annotations["rollout.argoproj.io/revision-history"]') ?? '')
      .split(',')
      .flatMap((text) => wholeNumber(text) ?? []),
    template: fieldAt(object, 'spec.template'),
    experiment: textAt(object, 'metadata.annotations["experiment.argoproj.io/name"]') !== undefined,
  };
}
