import { example } from '../../manifest/example';
import { nameOf } from '../../manifest/object';
import { liveFields } from '../change';
import { virtualService } from '../example';
import { shortly } from '../fields';
import { ignoreRulesFor } from '../ignore-rules';
import { filterOf } from '../ignored';
import type { DiffRule } from '../rule';

const ignoring = (rule: object) =>
  example('Application', 'web', {
    spec: { ignoreDifferences: [{ group: 'networking.istio.io', kind: 'VirtualService', ...rule }] },
  });
const shifted = virtualService({ stable: 90, canary: 10 });
const shift = (rule: object) => ({
  before: [ignoring(rule), virtualService()],
  after: [ignoring(rule), shifted],
});

export const ignoreNotFollowed: DiffRule = {
  code: 'DIF192',
  severity: 'info',
  title: 'Argo CD may ignore more of this than is told here: a rule that manifests alone do not tell',
  reason:
    'A rule for this object has an expression that takes more of jq than fields, items, select and comparisons, or names managers of fields, which only the cluster knows. What it ignores is told as a change.',
  hint: 'name the fields by jsonPointers or a plain path; `argocd app diff` shows what is left',
  source: 'Argo CD 3.5.1, util/argo/normalizers/diff_normalizer.go: NewIgnoreNormalizer; util/argo/managedfields (P40)',
  kinds: 'any',
  beside: true,
  examples: () => ({
    has: [
      { ...shift({ jqPathExpressions: ['.spec.http | map(.route)'] }), paths: ['(root)'] },
      { ...shift({ managedFieldsManagers: ['rollouts-controller'] }), paths: ['(root)'] },
    ],
    hasNot: [
      shift({ jqPathExpressions: ['.spec.http[]?.route[]?.weight'] }),
      shift({ jqPathExpressions: ['.spec.http[] | select(.name | test("^other-")) | .route'] }),
    ],
  }),
  check: (change, { after: group }, tell) => {
    const { before, after } = change;
    if (before === undefined || after === undefined || liveFields(change).length === 0) return;
    const name = nameOf(after.object);
    for (const { from, jqPathExpressions, managedFieldsManagers } of ignoreRulesFor(group, after.object).rules) {
      for (const expression of jqPathExpressions) {
        if (filterOf(expression) === undefined)
          tell('(root)', `${name}: what "${shortly(expression)}" of ${from} ignores cannot be told here`);
      }
      for (const manager of managedFieldsManagers)
        tell('(root)', `${name}: ${from} ignores what "${shortly(manager)}" wrote, which only the cluster knows`);
    }
  },
};
