import { applicationSpecsOf, ignoreRulesIn } from '../applications';
import { example } from '../example';
import { childPath, type KubeObject, listAt, textAt } from '../object';
import type { ManifestRule } from '../rule';

const MANAGER = 'rollouts-controller';
const application = (group: string, kind: string): KubeObject =>
  example('Application', 'web', { spec: { ignoreDifferences: [{ group, kind, managedFieldsManagers: [MANAGER] }] } });

export const ignoredByManager: ManifestRule = {
  code: 'MAN082',
  severity: 'error',
  title:
    'All that Argo Rollouts ever wrote to a VirtualService is ignored: later edits of its routes in Git are never seen',
  reason:
    'Argo Rollouts writes the list of routes as a whole, so as its manager it owns every route with match, timeout and retries, not the weights alone. What a manager owns is never compared.',
  hint: 'ignore .spec.http[]?.route[]?.weight by jqPathExpressions instead',
  source: 'argo-rollouts#3854 (P41)',
  kinds: ['Application', 'ApplicationSet'],
  examples: () => ({
    bad: [
      {
        objects: [application('networking.istio.io', 'VirtualService')],
        paths: ['spec.ignoreDifferences[0].managedFieldsManagers[0]'],
      },
      { objects: [application('*', '*')], paths: ['spec.ignoreDifferences[0].managedFieldsManagers[0]'] },
    ],
    good: [[application('', 'Service')]],
  }),
  check: (group, report) => {
    for (const application of applicationSpecsOf(group)) {
      for (const { rule, path } of ignoreRulesIn(application)) {
        if (!LISTED.has(textAt(rule, 'kind') ?? '')) continue;
        const i = listAt(rule, 'managedFieldsManagers').indexOf(MANAGER);
        if (i === -1) continue;
        report(
          application.owner,
          childPath(path, 'managedFieldsManagers', i),
          'the lists that Argo Rollouts writes are ignored whole',
        );
      }
    }
  },
};

/** Kinds of which Argo Rollouts writes a list. */
const LISTED = new Set(['VirtualService', 'DestinationRule', '*']);
