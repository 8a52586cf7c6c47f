import { type KubeObject, mapAt, nameOf } from '../../manifest/object';
import { canonicalText } from '../compare/compare';
import { workload } from '../example';
import { pruningOf } from '../prune';
import type { DiffRule } from '../rule';

const SELECTOR = { selector: { matchLabels: { app: 'web' } } };
const rollout = workload('Rollout', {}, SELECTOR);
const deployment = workload('Deployment', {}, SELECTOR);

export const workloadReplaced: DiffRule = {
  code: 'DIF055',
  severity: 'error',
  title:
    'A workload of another kind takes the place of one in the same change: the old pods go when the new ones may not be ready',
  reason:
    'Nothing waits: the new workload starts all of its pods at once, without a step, and the old one is pruned in the same sync. Between them there may be no pod that serves.',
  hint: 'run both side by side: add the Rollout first, scale the Deployment down when it serves, and remove that in a later change; or take it over by workloadRef',
  source: 'Argo Rollouts 1.9.1, docs/migrating.md (P15)',
  kinds: ['Deployment', 'StatefulSet', 'DaemonSet', 'Rollout'],
  counted: ['workload is replaced by one of another kind', 'workloads are replaced by others of another kind'],
  examples: () => ({
    has: [{ before: [deployment], after: [rollout], paths: ['(root)'] }],
    hasNot: [
      { before: [deployment], after: [deployment, rollout] },
      { before: [deployment, rollout], after: [rollout] },
      { before: [deployment], after: [] },
    ],
  }),
  check: ({ before, after }, { after: group, changeOf }, tell) => {
    if (before === undefined || after !== undefined || pruningOf(before.object) !== 'pruned') return;
    const labels = labelsOf(before.object);
    const other = KINDS.flatMap((kind) => group.ofKind(kind)).find(
      (one) => one.kind !== before.object.kind && changeOf(one)?.kind === 'added' && labelsOf(one) === labels,
    );
    if (other === undefined) return;
    tell('(root)', `${nameOf(before.object)} goes in the change that brings ${nameOf(other)}`);
  },
};

const KINDS = ['Deployment', 'StatefulSet', 'DaemonSet', 'Rollout'] as const;

const labelsOf = (object: KubeObject): string => canonicalText(mapAt(object, 'spec.selector.matchLabels'));
