import { HOOK, hookPhases, SYNC_WAVE, waveOf } from '../argocd';
import { example } from '../example';
import { childPath, fieldAt, hasAt, type KubeObject, listAt, nameOf } from '../object';
import type { ManifestRule, ObjectGroup } from '../rule';

const rollout = (pause: Readonly<Record<string, unknown>>): KubeObject =>
  example('Rollout', 'web', { spec: { strategy: { canary: { steps: [{ setWeight: 20 }, { pause }] } } } });
const job = (annotations: Readonly<Record<string, string>>): KubeObject =>
  example('Job', 'notify-1', { spec: { activeDeadlineSeconds: 60, backoffLimit: 1 } }, { annotations });

export const endlessPause: ManifestRule = {
  code: 'MAN085',
  severity: 'warning',
  title:
    'A pause without an end in a sync that waits for the Rollout: until somebody resumes, no commit is applied, no revert either',
  reason:
    'A sync with a PostSync hook or a later wave runs until the Rollout is healthy, and a paused one is not. Argo CD starts no other sync of the Application meanwhile.',
  hint: 'give the pause a duration and let analysis decide, or take the hook and the later waves out of the Application',
  source: 'Argo CD 3.5.1, gitops-engine/pkg/sync/sync_context.go; argo-cd#11494 (P44)',
  kinds: ['Rollout'],
  examples: () => ({
    bad: [
      { objects: [rollout({}), job({ [HOOK]: 'PostSync' })], paths: ['spec.strategy.canary.steps[1].pause'] },
      { objects: [rollout({}), job({ [SYNC_WAVE]: '5' })], paths: ['spec.strategy.canary.steps[1].pause'] },
    ],
    good: [
      [rollout({ duration: '10m' }), job({ [HOOK]: 'PostSync' })],
      [rollout({}), job({ [HOOK]: 'PreSync' })],
    ],
  }),
  check: (group, report) => {
    let last: ReadonlyMap<string, Last> | undefined;
    for (const object of group.ofKind('Rollout')) {
      listAt(object, 'spec.strategy.canary.steps').forEach((step, i) => {
        const pause = fieldAt(step, 'pause');
        if (typeof pause !== 'object' || pause === null || hasAt(pause, 'duration')) return;
        last ??= lastByNamespace(group);
        const then = last.get(object.metadata.namespace ?? '');
        if (then === undefined || then.order <= waveOf(object)) return;
        const message = `${nameOf(then.object)} waits for the Rollout, and the sync with it`;
        report(object, childPath('spec.strategy.canary.steps', i, 'pause'), message);
      });
    }
  },
};

interface Last {
  readonly object: KubeObject;
  readonly order: number;
}

/** What is applied last in each namespace: a PostSync hook, else the object of the highest wave. */
function lastByNamespace(group: ObjectGroup): ReadonlyMap<string, Last> {
  const last = new Map<string, Last>();
  for (const object of group.objects) {
    if (object.metadata.annotations === undefined) continue;
    const phases = hookPhases(object);
    if (phases.length > 0 && !phases.includes('PostSync') && !phases.includes('Sync')) continue;
    const order = phases.includes('PostSync') ? Number.POSITIVE_INFINITY : waveOf(object);
    const namespace = object.metadata.namespace ?? '';
    if (order > (last.get(namespace)?.order ?? 0)) last.set(namespace, { object, order });
  }
  return last;
}
