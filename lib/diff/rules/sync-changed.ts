import { example } from '../../manifest/example';
import { fieldAt, listAt, nameOf } from '../../manifest/object';
import { pairOf } from '../example';
import { fieldFor, textsOf, valuesAt } from '../fields';
import type { DiffRule } from '../rule';

const application = (syncPolicy: object) => example('Application', 'web', { spec: { syncPolicy } });
const automated = (settings: object) => application({ automated: settings });

/** What each setting means when it is on, and when it is not any more. */
const SETTINGS: readonly { readonly field: string; readonly on: string; readonly off: string }[] = [
  { field: 'prune', on: 'what is not in Git is deleted from now on', off: 'what leaves Git stays on the cluster' },
  { field: 'selfHeal', on: 'what differs from Git is set back from now on', off: 'what is changed by hand stays' },
];

/** Options that change what a sync does to objects that are there. */
const OPTIONS: Readonly<Record<string, string>> = {
  'Replace=true': 'objects are replaced, and what controllers wrote into them is lost',
  'Force=true': 'objects that cannot be changed are deleted and made anew',
  'ServerSideApply=true': 'fields get owners, and defaults in lists show as drift',
  'ApplyOutOfSyncOnly=true': 'only what differs is applied',
  'PruneLast=true': 'what goes, goes last',
  'RespectIgnoreDifferences=true': 'later edits of a list with an ignored field in it are never applied',
};

export const syncChanged: DiffRule = {
  code: 'DIF140',
  severity: 'warning',
  title: 'Changes how Argo CD syncs: it holds for everything that the Application deploys',
  reason:
    'Pruning deletes, self-healing sets back, and RespectIgnoreDifferences freezes lists of custom resources (measured: an edit of a timeout beside ignored weights was never applied).',
  hint: 'change it apart from a release, and look at the next sync',
  source: 'Argo CD 3.5.1, docs/user-guide/auto_sync.md, sync-options.md; measured (B6, B11, B12)',
  kinds: ['Application', 'ApplicationSet'],
  counted: ['Application syncs otherwise', 'Applications sync otherwise'],
  examples: () => ({
    has: [
      {
        ...pairOf(automated({ prune: false }), automated({ prune: true })),
        paths: ['spec.syncPolicy.automated.prune'],
      },
      {
        ...pairOf(application({ syncOptions: [] }), application({ syncOptions: ['RespectIgnoreDifferences=true'] })),
        paths: ['spec.syncPolicy.syncOptions'],
      },
      { ...pairOf(automated({}), application({})), paths: ['spec.syncPolicy.automated'] },
    ],
    hasNot: [pairOf(automated({ prune: true }), automated({ prune: true }))],
  }),
  check: (change, _, tell) => {
    if (change.before === undefined || change.after === undefined) return;
    const { object } = change.after;
    const base = object.kind === 'ApplicationSet' ? 'spec.template.spec.' : 'spec.';
    const name = nameOf(object);
    const policy = `${base}syncPolicy`;
    const automatic = valuesAt(change, `${policy}.automated`);
    if (automatic.before !== undefined && automatic.after === undefined)
      tell(fieldFor(change, `${policy}.automated`), `${name} does not sync by itself any more`);
    if (automatic.before === undefined && automatic.after !== undefined)
      tell(fieldFor(change, `${policy}.automated`), `${name} syncs by itself from now on`);
    for (const { field, on, off } of SETTINGS) {
      const [was, is] = [fieldAt(automatic.before, field) === true, fieldAt(automatic.after, field) === true];
      if (was !== is && automatic.after !== undefined)
        tell(fieldFor(change, `${policy}.automated.${field}`), `${name}: ${is ? on : off}`);
    }
    const [then, now] = [change.before, change.after].map((given) =>
      textsOf(listAt(given.object, `${policy}.syncOptions`)),
    );
    for (const option of now ?? []) {
      if (then?.includes(option) || OPTIONS[option] === undefined) continue;
      tell(
        `${policy}.syncOptions`,
        `${name}: ${option}: ${OPTIONS[option]}`,
        option === 'RespectIgnoreDifferences=true'
          ? {
              severity: 'error',
              hint: 'use ApplyOutOfSyncOnly=true in its place, and ignore the field by the name of its object',
            }
          : {},
      );
    }
    for (const option of then ?? [])
      if (!now?.includes(option) && OPTIONS[option] !== undefined)
        tell(`${policy}.syncOptions`, `${name}: ${option} does not hold any more`);
  },
};
