import { applicationSpecsOf, ignoreRulesIn, syncOptionsIn } from '../applications';
import { example } from '../example';
import { childPath, type KubeObject, listAt, textAt } from '../object';
import { HASH_LABEL } from '../pods';
import type { ManifestRule } from '../rule';

const application = (option: string, kind: string, jqPath: string): KubeObject =>
  example('Application', 'web', {
    spec: {
      syncPolicy: { syncOptions: ['ApplyOutOfSyncOnly=true', option] },
      ignoreDifferences: [
        { group: kind === 'Deployment' ? 'apps' : 'networking.istio.io', kind, jqPathExpressions: [jqPath] },
      ],
    },
  });
const RESPECT = 'RespectIgnoreDifferences=true';
const WEIGHTS = '.spec.http[].route[].weight';

export const respectIgnoredLists: ManifestRule = {
  code: 'MAN081',
  severity: 'error',
  title:
    'RespectIgnoreDifferences beside an ignored field in a list: later edits of the whole list in Git are never applied',
  reason:
    'Argo CD keeps an ignored field by taking it from the live object. For custom resources a list is taken as a whole, so a change of a timeout or a match beside the weight never arrives, and the Application stays OutOfSync.',
  hint: 'remove RespectIgnoreDifferences=true and set ApplyOutOfSyncOnly=true; ignore the field for the object by name',
  source: 'Argo CD 3.5.1, controller/sync.go: normalizeTargetResources; argo-cd#17694, #23283; measured (P40, B11)',
  kinds: ['Application', 'ApplicationSet'],
  examples: () => ({
    bad: [
      {
        objects: [application(RESPECT, 'VirtualService', WEIGHTS)],
        paths: ['spec.ignoreDifferences[0].jqPathExpressions[0]'],
      },
    ],
    good: [
      [application('RespectIgnoreDifferences=false', 'VirtualService', WEIGHTS)],
      [application(RESPECT, 'Deployment', '.spec.template.spec.containers[].image')],
      [application(RESPECT, 'DestinationRule', `.spec.subsets[].labels["${HASH_LABEL}"]`)],
    ],
  }),
  check: (group, report) => {
    for (const application of applicationSpecsOf(group)) {
      if (!syncOptionsIn(application).some(({ option }) => option === RESPECT)) continue;
      for (const { rule, path } of ignoreRulesIn(application)) {
        if (BUILT_IN.test(textAt(rule, 'group') ?? '')) continue;
        for (const [key, isInList] of KEYS) {
          listAt(rule, key).forEach((text, i) => {
            if (typeof text !== 'string' || !isInList(text)) return;
            const message = `with ${RESPECT} the list around it is always the live one`;
            report(application.owner, childPath(path, key, i), message);
          });
        }
      }
    }
  },
};

/** Groups whose kinds Argo CD knows: their lists are merged item by item. */
const BUILT_IN = /^(|apps|batch|autoscaling|policy|(?!gateway\.)[a-z.]*\.k8s\.io)$/;

/** Lists of objects that controllers of releases write to; an ignored list is taken whole as well. */
const LISTS = /^\/spec\/(http|tcp|tls|subsets|rules)(\/|$)/;

const KEYS: readonly (readonly [string, (text: string) => boolean])[] = [
  // A label or a route that is not in Git takes nothing from what is.
  [
    'jqPathExpressions',
    (text) => /\[/.test(text) && !text.includes(HASH_LABEL) && (/weight/.test(text) || !/select\(/.test(text)),
  ],
  ['jsonPointers', (text) => (/\/\d+(\/|$)/.test(text) || LISTS.test(text)) && !text.includes(HASH_LABEL)],
];
