import { example } from '../../manifest/example';
import { type KubeObject, nameOf } from '../../manifest/object';
import { pairOf, workload } from '../example';
import { templateFields } from '../fields';
import { changedSqlOf, hasPhases, phaseOf, runsAgain } from '../migrations';
import type { DiffRule, Scope } from '../rule';
import { serviceOf } from '../service-of';

const job = (phase: string, hash: string): KubeObject =>
  example('Job', `web-${phase}-${hash}`, { spec: { template: { spec: {} } } }, { labels: { app: 'web-migrate' } });
const code = (image: string): KubeObject => {
  const made = workload('Rollout', { image });
  return { ...made, metadata: { ...made.metadata, labels: { app: 'web' } } };
};
const sql = (text: string): KubeObject =>
  example('ConfigMap', 'web-sql', { data: { 'V2__x.sql': text } }, { labels: { app: 'web' } });

export const contractWithCode: DiffRule = {
  code: 'DIF150',
  severity: 'error',
  title: 'A contract and new code in one change: the stable version still needs what is taken away',
  reason:
    'While a release is under way, and after every abort and every rollback, the version before runs on the schema of today. What it reads or writes must be there until no version that may run needs it.',
  hint: 'release the code first; commit the contract when that version is promoted and will not be rolled back',
  source: 'pitfall P50; measured (B15)',
  kinds: ['Job', 'ConfigMap'],
  counted: ['contract breaks the stable version', 'contracts break the stable version'],
  examples: () => ({
    has: [
      { before: [code('web:1')], after: [code('web:2'), job('contract', '0a1b2c3d4e')], paths: ['(root)'] },
      {
        before: [code('web:1'), sql('')],
        after: [code('web:2'), sql('ALTER TABLE users DROP COLUMN mail;')],
        paths: ['data'],
      },
    ],
    hasNot: [
      { before: [code('web:1')], after: [code('web:1'), job('contract', '0a1b2c3d4e')] },
      { before: [code('web:1')], after: [code('web:2'), job('expand', '0a1b2c3d4e')] },
      pairOf(sql(''), sql('ALTER TABLE users DROP COLUMN mail;')),
    ],
  }),
  check: (change, scope, tell) => {
    const { after } = change;
    if (after === undefined) return;
    const code = codeOf(after.object, scope);
    if (code === undefined) return;
    if (phaseOf(after.object) === 'contract' && runsAgain(change))
      tell(
        '(root)',
        `${nameOf(after.object)} takes away what ${nameOf(code)} of before needs, in the change that replaces it`,
      );
    if (hasPhases(scope.after, after.object)) return;
    for (const { path, place, taken } of changedSqlOf(change, scope.sql)) {
      if (taken !== undefined)
        tell(path, `${place} is a contract in the change that replaces ${nameOf(code)}: ${taken}`);
    }
  },
};

/** The workload of the same service whose pods are replaced in this change. */
function codeOf(object: KubeObject, scope: Scope): KubeObject | undefined {
  let replaced = REPLACED.get(scope);
  if (replaced === undefined) {
    const found = scope.changes.flatMap((change) => {
      const workload = change.after?.object;
      const isReplaced = workload !== undefined && WORKLOADS.has(workload.kind) && templateFields(change).length > 0;
      return isReplaced ? [[serviceOf(workload), workload] as const] : [];
    });
    replaced = new Map(found);
    REPLACED.set(scope, replaced);
  }
  return replaced.get(serviceOf(object));
}

/** The workloads whose pods are replaced, by their services; worked out once for a scope. */
const REPLACED = new WeakMap<Scope, ReadonlyMap<string, KubeObject>>();

const WORKLOADS: ReadonlySet<string> = new Set(['Rollout', 'Deployment', 'StatefulSet']);
