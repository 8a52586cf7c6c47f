import { hookPhases } from '../../manifest/argocd';
import { example } from '../../manifest/example';
import { nameOf, numberAt } from '../../manifest/object';
import { fresh, workload } from '../example';
import { referrersOf } from '../references';
import type { DiffRule } from '../rule';

const service = example('Service', 'web', { spec: {} });

export const added: DiffRule = {
  code: 'DIF060',
  severity: 'info',
  title: 'Adds an object',
  reason: 'A new object is made by the next sync. The first release of a Rollout takes no steps and asks no gate.',
  hint: 'nothing, if it is meant',
  source: 'Argo Rollouts 1.9.1, docs/getting-started.md (P15)',
  kinds: 'any',
  last: true,
  counted: ['object is new', 'objects are new'],
  examples: () => ({
    has: [
      { ...fresh(service), paths: ['(root)'] },
      { ...fresh(workload('Rollout')), paths: ['(root)'] },
    ],
    hasNot: [{ before: [service], after: [service] }],
  }),
  check: ({ before, after }, { after: group }, tell) => {
    if (before !== undefined || after === undefined) return;
    const { object } = after;
    const [phase] = hookPhases(object);
    const used = referrersOf(group, object)[0];
    const pods = numberAt(object, 'spec.replicas') ?? 1;
    const starts = `${nameOf(object)} is new: ${pods} pod${pods === 1 ? '' : 's'} start`;
    if (phase !== undefined) tell('(root)', `${nameOf(object)} is new, and runs in ${phase} of the sync`);
    else if (object.kind === 'Rollout')
      tell('(root)', `${starts} at once: the first release takes no steps and asks no gate`);
    else if (object.kind === 'Deployment' || object.kind === 'StatefulSet') tell('(root)', starts);
    else if (object.kind === 'Job') tell('(root)', `${nameOf(object)} is new, and runs once`);
    else
      tell(
        '(root)',
        used === undefined ? `${nameOf(object)} is new` : `${nameOf(object)} is new; ${nameOf(used.object)} names it`,
      );
  },
};
