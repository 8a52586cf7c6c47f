import { example } from '../../manifest/example';
import { listAt, nameOf } from '../../manifest/object';
import { gone } from '../example';
import { pruningOf } from '../prune';
import type { DiffRule } from '../rule';

const application = (...finalizers: readonly string[]) => {
  const made = example('Application', 'web', { spec: {} });
  return { ...made, metadata: { ...made.metadata, finalizers } };
};
const CASCADE = 'resources-finalizer.argocd.argoproj.io';

export const applicationRemoved: DiffRule = {
  code: 'DIF143',
  severity: 'error',
  title: 'Removes an Application: with its finalizer everything that it deployed is deleted',
  reason:
    'The finalizer makes Argo CD delete all objects of an Application before the Application itself. Without it they stay, and nobody looks after them.',
  hint: 'to keep what runs, remove the finalizer first: `argocd app delete <name> --cascade=false`',
  source: 'Argo CD 3.5.1, docs/user-guide/app_deletion.md (P45)',
  kinds: ['Application', 'ApplicationSet'],
  counted: ['Application is deleted with all it deployed', 'Applications are deleted with all they deployed'],
  examples: () => ({
    has: [
      { ...gone(application(CASCADE)), paths: ['(root)'] },
      { ...gone(application()), paths: ['(root)'] },
    ],
    hasNot: [{ before: [application(CASCADE)], after: [application(CASCADE)] }],
  }),
  check: ({ before, after }, _, tell) => {
    if (before === undefined || after !== undefined || pruningOf(before.object) === 'kept') return;
    const cascades =
      before.object.kind === 'ApplicationSet' ||
      listAt(before.object, 'metadata.finalizers').some((one) => String(one).startsWith(CASCADE));
    if (cascades) tell('(root)', `${nameOf(before.object)} goes, and everything that it deployed is deleted`);
    else
      tell('(root)', `${nameOf(before.object)} goes; what it deployed stays, and nobody looks after it`, {
        severity: 'warning',
      });
  },
};
