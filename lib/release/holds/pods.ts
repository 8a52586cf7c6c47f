import { type ClusterState, replicaSetOf } from '../cluster-state';
import type { EventFacts } from '../read/event';
import type { PodFacts, Waiting } from '../read/pod';
import type { ReplicaSetFacts } from '../read/replica-set';
import { type Reason, reason } from '../reasons';
import { podsOf } from '../versions';

/** What pods of the version that is on its way wait for. */
export function podHolds(state: ClusterState): readonly Reason[] {
  const { currentHash } = state.rollout;
  const set = replicaSetOf(state, currentHash);
  const pods = podsOf(state, currentHash).filter(({ leaving }) => !leaving);
  const special = [...pods.flatMap((pod) => waitsOf(pod, state)), ...refusedPods(set, state)];
  const missing = set === undefined ? 0 : set.desired - set.available;
  const idle = pods.filter(({ ready }) => !ready);
  if (special.length > 0 || (missing <= 0 && idle.length === 0)) return onePerKind(special);
  return [notReady(idle, missing, state)];
}

/** Ten pods that cannot pull one image are one fault. */
function onePerKind(reasons: readonly Reason[]): readonly Reason[] {
  const seen = new Map<string, Reason>();
  for (const one of reasons) {
    const before = seen.get(one.kind);
    if (before === undefined || (one.blocking && !before.blocking)) seen.set(one.kind, one);
  }
  return [...seen.values()];
}

/** Words of the kubelet for an image that does not come (pkg/kubelet/images/types.go). */
const PULLING = ['ErrImagePull', 'ImagePullBackOff'];
const NEVER_PULLED = ['InvalidImageName', 'ErrImageNeverPull', 'ImageInspectError', 'RegistryUnavailable'];

function waitsOf(pod: PodFacts, state: ClusterState): readonly Reason[] {
  const waits = [...pod.waiting.flatMap((waiting) => waitOf(pod, waiting, state)), ...restartsOf(pod, state)];
  if (pod.unschedulable === undefined) return waits;
  // Where nodes are added on demand this passes by itself; else the deadline ends it.
  const next = 'free or add capacity, or lower `resources.requests`; abort the release if that takes long';
  return [...waits, reason('unschedulable', false, `no node takes pod ${pod.name}: ${pod.unschedulable}`, next)];
}

/** A Secret that comes from an external store may be there a little later than the pod that names it. */
const SECRETS_MAY_TAKE_MS = 60_000;

function waitOf(pod: PodFacts, { container, reason: word, message }: Waiting, state: ClusterState): readonly Reason[] {
  const at = `container ${container} of pod ${pod.name}`;
  if (PULLING.includes(word) || NEVER_PULLED.includes(word)) {
    const next = 'abort the release; then correct the version in services.json, or push the image';
    return [reason('imagePull', pullsInVain(pod, word, state), `${at}: ${word}: ${message}`, next)];
  }
  if (word === 'CrashLoopBackOff') return [crashLooping(pod, at, true, state)];
  if (word.startsWith('CreateContainer')) {
    const next = 'abort the release; a ConfigMap, a Secret or a command that it names is not there';
    const old = state.now - (pod.createdAt ?? state.now) > SECRETS_MAY_TAKE_MS;
    return [reason('notReady', old, `${at}: ${word}: ${message}`, next)];
  }
  return [];
}

/** A container that ends again and again runs in between, and may even be ready (B4). */
const RESTARTS_OF_A_LOOP = 3;

function restartsOf(pod: PodFacts, state: ClusterState): readonly Reason[] {
  if (pod.restarts === 0 || pod.waiting.some(({ reason: word }) => word === 'CrashLoopBackOff')) return [];
  return [crashLooping(pod, `a container of pod ${pod.name}`, pod.restarts >= RESTARTS_OF_A_LOOP, state)];
}

function crashLooping(pod: PodFacts, what: string, blocking: boolean, { rollout }: ClusterState): Reason {
  const ended = pod.ended[0] === undefined ? '' : `, last with ${pod.ended[0]}`;
  const next = `abort the release; \`kubectl logs ${pod.name} -n ${rollout.namespace} --previous\` has its last words`;
  return reason('crashLooping', blocking, `${what} ended ${pod.restarts} times${ended}`, next);
}

/** The first failed pull may be a passing fault of the registry; the second is none. */
function pullsInVain(pod: PodFacts, word: string, { events }: ClusterState): boolean {
  if (word !== 'ErrImagePull') return true;
  const own = events.filter(({ kind, name }) => kind === 'Pod' && name === pod.name);
  return own.some(({ reason: what, count }) => what === 'BackOff' || (what === 'Failed' && count > 1));
}

function refusedPods(set: ReplicaSetFacts | undefined, { events }: ClusterState): readonly Reason[] {
  if (set === undefined || set.pods >= set.desired) return [];
  const failure = set.conditions.find(({ type, status }) => type === 'ReplicaFailure' && status === 'True');
  const message = failure?.message ?? lastRefusal(events, set.name)?.message;
  if (message === undefined) return [];
  const next = 'raise the quota or free some of it, or abort the release';
  return [reason('quota', true, `ReplicaSet ${set.name} may not create pods: ${message}`, next)];
}

const lastRefusal = (events: readonly EventFacts[], name: string): EventFacts | undefined =>
  events.filter((one) => one.kind === 'ReplicaSet' && one.name === name && one.reason === 'FailedCreate').at(-1);

function notReady(idle: readonly PodFacts[], missing: number, { events, now }: ClusterState): Reason {
  const first = idle[0];
  if (first === undefined)
    return reason('notReady', false, `${missing} pods of the new version are not available yet`, 'wait');
  const probe = events
    .filter(({ kind, name, reason: what }) => kind === 'Pod' && name === first.name && what === 'Unhealthy')
    .at(-1);
  const since = first.readySince ?? first.createdAt;
  const long = since === undefined ? '' : ` for ${Math.max(0, Math.round((now - since) / 1000))} s`;
  const said = probe === undefined ? '' : `; ${probe.message.trim()}`;
  const restarts = first.restarts > 0 ? `, restarted ${first.restarts} times` : '';
  return reason(
    'notReady',
    false,
    `${idle.length} pods of the new version are not ready, such as ${first.name}${long}${restarts}${said}`,
    'wait until the deadline; look at the log of the pod',
  );
}
