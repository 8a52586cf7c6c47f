import { nameOf } from '../../manifest/object';
import { pairOf, workload } from '../example';
import { fieldFor, valuesAt } from '../fields';
import type { DiffRule } from '../rule';

const rollout = (spec: object) => workload('Rollout', {}, { ...spec });

export const deadlineLoosened: DiffRule = {
  code: 'DIF096',
  severity: 'warning',
  title: 'A release that does not get ready is stopped later, or not at all',
  reason:
    'Without progressDeadlineAbort a canary that never becomes ready stays where it is; a shorter minReadySeconds takes a pod that crashes for a good one.',
  hint: 'keep progressDeadlineAbort: true, and watch pods for as long as they take to fail',
  source: 'Argo Rollouts 1.9.1, docs/features/specification.md; measured (B2, B4)',
  kinds: ['Rollout', 'Deployment'],
  counted: ['gate is weaker', 'gates are weaker'],
  examples: () => ({
    has: [
      { ...pairOf(rollout({ progressDeadlineAbort: true }), rollout({})), paths: ['spec.progressDeadlineAbort'] },
      { ...pairOf(rollout({ minReadySeconds: 15 }), rollout({ minReadySeconds: 1 })), paths: ['spec.minReadySeconds'] },
    ],
    hasNot: [
      pairOf(rollout({}), rollout({ progressDeadlineAbort: true })),
      pairOf(rollout({}), rollout({ minReadySeconds: 15 })),
    ],
  }),
  check: (change, _, tell) => {
    if (change.before === undefined || change.after === undefined) return;
    const name = nameOf(change.after.object);
    const abort = valuesAt(change, 'spec.progressDeadlineAbort');
    if (abort.before === true && abort.after !== true)
      tell(
        fieldFor(change, 'spec.progressDeadlineAbort'),
        `${name} does not stop by itself when pods do not get ready`,
      );
    const ready = valuesAt(change, 'spec.minReadySeconds');
    const [was, is] = [ready.before ?? 0, ready.after ?? 0];
    if (typeof was === 'number' && typeof is === 'number' && is < was)
      tell(fieldFor(change, 'spec.minReadySeconds'), `${name} watches new pods for ${is} s, not ${was} s`);
    const deadline = valuesAt(change, 'spec.progressDeadlineSeconds');
    const [old, now] = [deadline.before ?? 600, deadline.after ?? 600];
    if (typeof old === 'number' && typeof now === 'number' && now > old)
      tell(
        fieldFor(change, 'spec.progressDeadlineSeconds'),
        `${name} is given ${now} s to make progress, not ${old} s`,
        { severity: 'info' },
      );
  },
};
