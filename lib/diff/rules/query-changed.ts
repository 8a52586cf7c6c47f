import { analysisTemplate, metric } from '../../manifest/example';
import { nameOf } from '../../manifest/object';
import { pairOf } from '../example';
import { fieldsLike } from '../fields';
import type { DiffRule } from '../rule';

const asking = (query: string) => analysisTemplate('errors', metric({ provider: { prometheus: { query } } }));

export const queryChanged: DiffRule = {
  code: 'DIF094',
  severity: 'info',
  title: 'A gate asks another question: its number means something else from the next run on',
  reason:
    'The conditions are the same and judge another measurement. A run that is under way keeps what it was made with.',
  hint: 'ask Prometheus the new query for the last release, and see that the conditions judge its answer rightly',
  source: 'Argo Rollouts 1.9.1, docs/features/analysis.md (P21)',
  kinds: ['AnalysisTemplate', 'ClusterAnalysisTemplate'],
  examples: () => ({
    has: [
      { ...pairOf(asking('sum(a)'), asking('sum(b)')), paths: ['spec.metrics[name=errors].provider.prometheus.query'] },
    ],
    hasNot: [pairOf(asking('sum(a)'), asking('sum(a)'))],
  }),
  check: (change, _, tell) => {
    if (change.before === undefined || change.after === undefined) return;
    for (const field of fieldsLike(change, /^spec\.metrics\[\]\.(?:provider|interval|initialDelay)/))
      tell(field, `${nameOf(change.after.object)} measures in another way`);
  },
};
