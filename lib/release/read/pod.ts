import { fieldAt, hasAt, listAt, numberAt, textAt } from '../../manifest/object';
import { HASH_LABEL } from '../../manifest/rollout';
import { controllerOf, nameIn, timeAt } from './owner';
import { type Condition, conditionsOf } from './rollout';

/** Why a container does not run, in Kubernetes' own word, such as `ImagePullBackOff`. */
export interface Waiting {
  readonly container: string;
  readonly reason: string;
  readonly message: string;
}

/** One pod. Times in milliseconds since 1970. */
export interface PodFacts {
  readonly name: string;
  readonly replicaSet: string | undefined;
  readonly hash: string;
  readonly createdAt: number | undefined;
  readonly ready: boolean;
  readonly readySince: number | undefined;
  readonly leaving: boolean;
  readonly restarts: number;
  readonly waiting: readonly Waiting[];
  /** How containers that were restarted ended before, such as `Error, exit code 1`. */
  readonly ended: readonly string[];
  readonly unschedulable: string | undefined;
}

export function readPod(object: unknown): PodFacts {
  const containers = ['initContainerStatuses', 'containerStatuses'].flatMap((list) => listAt(object, `status.${list}`));
  const conditions = conditionsOf(object);
  const ready = conditions.find(({ type }) => type === 'Ready');
  return {
    name: nameIn(object),
    replicaSet: controllerOf(object, 'ReplicaSet'),
    hash: textAt(object, `metadata.labels["${HASH_LABEL}"]`) ?? '',
    createdAt: timeAt(object, 'metadata.creationTimestamp'),
    ready: ready?.status === 'True',
    readySince: ready?.updatedAt,
    leaving: hasAt(object, 'metadata.deletionTimestamp'),
    restarts: containers.reduce<number>((sum, one) => sum + (numberAt(one, 'restartCount') ?? 0), 0),
    waiting: containers.flatMap(waitingOf),
    ended: containers.flatMap(endedOf),
    unschedulable: unschedulable(conditions),
  };
}

function waitingOf(container: unknown): readonly Waiting[] {
  const reason = textAt(container, 'state.waiting.reason');
  if (reason === undefined) return [];
  const message = textAt(container, 'state.waiting.message') ?? '';
  return [{ container: textAt(container, 'name') ?? '', reason, message }];
}

function endedOf(container: unknown): readonly string[] {
  const ended = ['lastState.terminated', 'state.terminated'].find((path) => hasAt(container, path));
  if (ended === undefined || numberAt(container, 'restartCount') === 0) return [];
  const reason = textAt(container, `${ended}.reason`) ?? 'ended';
  return [`${reason}, exit code ${String(fieldAt(container, `${ended}.exitCode`) ?? 'unknown')}`];
}

function unschedulable(conditions: readonly Condition[]): string | undefined {
  const scheduled = conditions.find(({ type }) => type === 'PodScheduled');
  return scheduled?.status === 'False' ? scheduled.message || scheduled.reason : undefined;
}
