import { METRIC_KINDS } from '../analysis';
import { analysisTemplate, GUARDED, metric } from '../example';
import { gatesOf, judge } from '../gate';
import type { ManifestRule } from '../rule';

const gate = (settings: object) => [analysisTemplate('errors', metric(settings))];
const prometheus = (query: string) => ({ provider: { prometheus: { query } } });

export const passesOnSilence: ManifestRule = {
  code: 'MAN048',
  severity: 'warning',
  title: 'A gate that takes silence for success: a canary without requests, or without metrics, is promoted',
  reason:
    'A query gives nothing when nobody asked the canary, when its metrics are not scraped, or when a label was renamed. A gate that passes then has judged nothing, and nobody hears of it.',
  hint: 'let no answer be inconclusive: `len(result) > 0 && …` in both conditions, and no `or vector(…)` around the whole query',
  source: 'Argo Rollouts 1.9.1, utils/evaluate/evaluate.go (P17, P25, B8)',
  kinds: METRIC_KINDS,
  examples: () => ({
    bad: [
      {
        objects: gate({ successCondition: 'len(result) == 0 || result[0] <= 0.05' }),
        paths: ['spec.metrics[0].successCondition'],
      },
      {
        objects: gate(prometheus('sum(rate(errors_total[1m])) or on() vector(0)')),
        paths: ['spec.metrics[0].provider.prometheus.query'],
      },
    ],
    good: [
      gate({ successCondition: GUARDED }),
      gate(prometheus('(sum(rate(errors_total[1m])) or on() vector(0)) / sum(rate(requests_total[1m]))')),
      gate(prometheus('sum(rate(errors_total[1m])) or on() vector(1)')),
    ],
  }),
  check: (group, report) => {
    for (const gate of gatesOf(group)) {
      const { object, path, name, query, form, profile, success, failure } = gate;
      if ((success === undefined && failure === undefined) || query === undefined || form !== 'vector') continue;
      // One that passes with every number is told as such.
      if (profile?.always === 'pass') continue;
      if (profile?.empty === 'pass') {
        report(object, `${path}.${gate.decides}`, `metric "${name}" passes when its query gives nothing`);
        continue;
      }
      const instead = substituteOf(query);
      if (instead === undefined || judge(gate, [instead]) !== 'pass') continue;
      const message = `metric "${name}" passes when there is nothing to measure: the query then gives ${instead}`;
      report(object, `${path}.provider.prometheus.query`, message);
    }
  },
};

/** The number that the query as a whole gives in place of nothing: that of an `or vector(…)` outside of all parentheses. */
function substituteOf(query: string): number | undefined {
  const last = query.lastIndexOf('vector(');
  const [, number] = last === -1 ? [] : (/^vector\(\s*([-+.\deE]+)\s*\)\s*$/.exec(query.slice(last)) ?? []);
  if (number === undefined) return undefined;
  // Of `a / b or vector(0)` the whole is replaced: `or` binds least.
  const [before] = /^[\s\S]*?(?=\s+or\s+(?:on\s*\(\s*\)\s*)?$)/.exec(query.slice(0, last)) ?? [];
  return before === undefined || !isBalanced(before) ? undefined : Number(number);
}

function isBalanced(text: string): boolean {
  let depth = 0;
  for (const character of text.replace(/"(?:[^"\\]|\\.)*"/g, '')) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}
