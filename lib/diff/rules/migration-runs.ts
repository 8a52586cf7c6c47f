import { hookPhases } from '../../manifest/argocd';
import { example } from '../../manifest/example';
import { type KubeObject, nameOf } from '../../manifest/object';
import { fresh, pairOf } from '../example';
import { changedSqlOf, hasPhases, isMigration, phaseOf, runsAgain } from '../migrations';
import type { DiffRule } from '../rule';

const job = (name: string, metadata = {}): KubeObject =>
  example('Job', name, { spec: { template: { spec: {} } } }, metadata);

export const migrationRuns: DiffRule = {
  code: 'DIF151',
  severity: 'info',
  title: 'A migration of the database runs',
  reason:
    'An expand part runs before the release and must suit the version that is running; a contract part takes away what no version that may run needs any more.',
  hint: 'lint it: `npm run lint:sql`; see that a backup can be had',
  source: 'Argo CD 3.5.1, docs/user-guide/resource_hooks.md; the rules of `npm run lint:sql` (P47, P48, P50)',
  kinds: ['Job', 'ConfigMap'],
  counted: ['migration runs', 'migrations run'],
  examples: () => ({
    has: [
      { ...fresh(job('web-expand-0a1b2c3d4e')), paths: ['(root)'] },
      { ...fresh(job('web-contract-0a1b2c3d4e')), paths: ['(root)'] },
    ],
    hasNot: [fresh(job('report')), pairOf(job('web-migrate'), job('web-migrate'))],
  }),
  check: (change, { after: group, sql }, tell) => {
    const { after } = change;
    if (after === undefined) return;
    const name = nameOf(after.object);
    if (isMigration(after.object) && runsAgain(change)) {
      const when = hookPhases(after.object)[0];
      const time =
        when === undefined ? 'with the sync' : when === 'PreSync' ? 'before anything is applied' : `in ${when}`;
      if (phaseOf(after.object) === 'contract')
        tell('(root)', `${name} runs ${time} and takes away what old versions used`, {
          severity: 'warning',
          hint: 'see that no version that may run, or be rolled back to, needs it',
        });
      else if (phaseOf(after.object) === 'backfill')
        tell('(root)', `${name} rewrites rows beside the running version, ${time}`);
      else tell('(root)', `${name} runs ${time}`);
    }
    if (hasPhases(group, after.object)) return;
    for (const { path, place, taken, certain } of changedSqlOf(change, sql)) {
      if (taken === undefined)
        tell(
          path,
          `${place} takes nothing away that the running version uses${certain ? '' : ', as far as its words tell'}`,
        );
      else
        tell(path, `${place} is a contract: ${taken}`, {
          severity: 'warning',
          hint: 'see that no version that may run, or be rolled back to, needs it',
        });
    }
  },
};
