import { hasAt, nameOf, textAt } from '../../manifest/object';
import { pairOf, workload } from '../example';
import { containersByName } from '../fields';
import type { DiffRule } from '../rule';

const rollout = (image: string, window: object = { rollbackWindow: { revisions: 3 } }) =>
  workload('Rollout', { image }, { ...window });
const IMAGE = 'spec.template.spec.containers[name=web].image';

export const imageGoesBack: DiffRule = {
  code: 'DIF024',
  severity: 'warning',
  title: 'Goes back to an earlier image; without a rollback window all steps run again',
  reason:
    'Reverting a commit after a promotion is a new release to Argo Rollouts. Only with rollbackWindow, and when the rest of the template is what it was then, does it skip the steps.',
  hint: 'set spec.rollbackWindow.revisions before it is needed; or promote in full once: kubectl argo rollouts promote <name> --full',
  source: 'Argo Rollouts 1.9.1, rollout/canary.go: isRollbackWithinWindow (P46)',
  kinds: ['Rollout'],
  examples: () => ({
    has: [{ ...pairOf(rollout('web:1.9.0', {}), rollout('web:1.8.2', {})), paths: [IMAGE] }],
    hasNot: [
      pairOf(rollout('web:1.9.0'), rollout('web:1.8.2')),
      pairOf(rollout('web:1.9.0', {}), rollout('web:1.10.0', {})),
    ],
  }),
  check: ({ before, after }, _, tell) => {
    if (before === undefined || after === undefined || hasAt(after.object, 'spec.rollbackWindow')) return;
    if (!hasAt(after.object, 'spec.strategy.canary')) return;
    const then = containersByName(before.object);
    for (const [name, { container, path }] of containersByName(after.object)) {
      const [old, now] = [textAt(then.get(name)?.container, 'image'), textAt(container, 'image')];
      if (old === undefined || now === undefined || !isEarlier(now, old)) continue;
      tell(
        `${path}.image`,
        `${nameOf(after.object)} goes back from ${tagOf(old)} to ${tagOf(now)} through all of its steps`,
      );
    }
  },
};

const tagOf = (image: string): string => /:([^:/@]+)(?:@|$)/.exec(image)?.[1] ?? image;

/** Whether a tag is an earlier version of the same image; tags that are no versions tell nothing. */
function isEarlier(now: string, old: string): boolean {
  const [left, right] = [versionOf(now), versionOf(old)];
  if (left === undefined || right === undefined || now.split(/[:@]/)[0] !== old.split(/[:@]/)[0]) return false;
  const at = left.findIndex((part, i) => part !== right[i]);
  return at !== -1 && (left[at] ?? 0) < (right[at] ?? 0);
}

const versionOf = (image: string): readonly number[] | undefined =>
  /^v?(\d+)\.(\d+)(?:\.(\d+))?$/
    .exec(tagOf(image))
    ?.slice(1)
    .map((part) => Number(part ?? 0));
