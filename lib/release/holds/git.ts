import { type ClusterState, inProgress, replicaSetOf } from '../cluster-state';
import { arrivalOf, type Expected } from '../expected';
import { type Reason, reason } from '../reasons';

/** What keeps a commit from the Rollout: Argo CD, migrations, or that it has not come yet. */
export function gitHolds(state: ClusterState, expected: Expected): readonly Reason[] {
  return [...synchronisation(state, expected), ...otherVersion(state, expected), ...migrations(state)];
}

const short = (commit: string | undefined): string => (commit === undefined ? 'a commit' : commit.slice(0, 9));

function synchronisation({ application }: ClusterState, { commit, contains }: Expected): readonly Reason[] {
  if (application === undefined) return [];
  const { name, sync, operation, syncing, revision } = application;
  const reasons: Reason[] = [];
  if (syncing !== undefined && contains?.(syncing) === false)
    reasons.push(
      reason(
        'syncingOlderCommit',
        false,
        `Argo CD applies ${short(syncing)}, which is older than ${short(commit)}; it starts no sync while one runs`,
        `\`argocd app terminate-op ${name}\` ends it; abort a release that keeps it running`,
      ),
    );
  const applied =
    operation?.phase === 'Succeeded' && operation.revision !== undefined && contains?.(operation.revision);
  if (sync === 'OutOfSync' && applied === true) {
    const message = `Application ${name} has applied ${short(operation?.revision)}, and is ${sync} since`;
    return [...reasons, reason('drifted', false, message, `\`argocd app diff ${name}\` says what differs`)];
  }
  const failed = operation !== undefined && ['Failed', 'Error'].includes(operation.phase);
  if (sync === 'OutOfSync' || (failed && sync !== 'Synced')) {
    const said = failed ? `; its last sync failed: ${operation.message}` : '';
    const message = `Application ${name} is ${sync} at ${short(revision)}${said}`;
    const next = failed ? `mend what it says, then \`argocd app sync ${name}\`` : 'wait for its next sync';
    reasons.push(reason('outOfSync', failed, message, next));
  } else if (revision !== undefined && contains?.(revision) === false && syncing === undefined) {
    const message = `Application ${name} has seen ${short(revision)}, not yet ${short(commit)}`;
    reasons.push(reason('outOfSync', false, message, `wait, or \`argocd app get ${name} --refresh\``));
  }
  return reasons;
}

function otherVersion({ rollout }: ClusterState, { image, service }: Expected): readonly Reason[] {
  const running = rollout.containers.map((container) => container.image);
  if (arrivalOf(image, running) !== 'other') return [];
  const message = `services.${service}: the catalog says ${image}, the Rollout ${running.join(', ')}`;
  return [
    reason(
      'otherVersion',
      false,
      message,
      'push the commit, or wait for Argo CD; or look at the commit that the cluster has',
    ),
  ];
}

/** A Job of an earlier release says nothing any more once a newer version has pods. */
function migrations(state: ClusterState): readonly Reason[] {
  const last = [...state.migrations].sort((a, b) => (a.createdAt ?? 0) - (b.createdAt ?? 0)).at(-1);
  if (last === undefined) return [];
  const begun = replicaSetOf(state, state.rollout.currentHash)?.createdAt ?? 0;
  const ofThis = (last.createdAt ?? 0) >= begun || inProgress(state.rollout);
  if (last.state === 'running')
    return [reason('migrationRunning', false, `Job ${last.name} migrates the database`, 'wait')];
  if (last.state !== 'failed' || !ofThis) return [];
  const next = `\`kubectl logs job/${last.name} -n ${state.rollout.namespace}\` has Flyway's words; the running version is untouched`;
  return [reason('migrationFailed', true, `Job ${last.name} failed: ${last.message ?? 'no reason was given'}`, next)];
}
