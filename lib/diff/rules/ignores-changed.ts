import { example } from '../../manifest/example';
import { nameOf } from '../../manifest/object';
import { pairOf } from '../example';
import { fieldsLike } from '../fields';
import type { DiffRule } from '../rule';

const WEIGHTS = {
  group: 'networking.istio.io',
  kind: 'VirtualService',
  jqPathExpressions: ['.spec.http[].route[].weight'],
};
const ignoring = (...ignoreDifferences: readonly object[]) =>
  example('Application', 'web', { spec: { ignoreDifferences } });

export const ignoresChanged: DiffRule = {
  code: 'DIF141',
  severity: 'warning',
  title:
    'Changes what Argo CD takes for no difference: a controller and Git may begin to undo each other, or an edit never arrive',
  reason:
    'Weights that are not ignored are set back by self-healing in the middle of a release; a field that is ignored is not synced for its own sake.',
  hint: 'ignore exactly what a controller writes, by the name of the object',
  source: 'Argo CD 3.5.1, docs/user-guide/diffing.md; measured (B6) (P40, P42)',
  kinds: ['Application', 'ApplicationSet'],
  counted: ['Application ignores otherwise', 'Applications ignore otherwise'],
  examples: () => ({
    has: [
      {
        ...pairOf(ignoring(WEIGHTS), ignoring()),
        paths: ['spec.ignoreDifferences[group=networking.istio.io,kind=VirtualService]'],
      },
    ],
    hasNot: [pairOf(ignoring(WEIGHTS), ignoring(WEIGHTS))],
  }),
  check: (change, _, tell) => {
    if (change.before === undefined || change.after === undefined) return;
    const [field] = fieldsLike(change, /ignoreDifferences/);
    if (field !== undefined) tell(field, `${nameOf(change.after.object)} takes other differences for none`);
  },
};
