import type { Alert } from './alert';
import { latestMinutes } from './plan';
import { duringStop, ofController } from './series';

/**
 * A gate that came to no verdict: inconclusive, which pauses the release, or in error, which aborts it (P18, P22). AnalysisRuns stay
 * for long after their release, so only one that was not so a whole release ago counts.
 */
export const gateUnanswered: Alert = {
  name: 'GateUnanswered',
  severity: 'warning',
  todo: 'Ask Prometheus the query of that gate yourself: no data, too few requests, or a Prometheus that does not answer.',
  ask: (scope) => {
    const { name } = scope.service;
    const matchers = `name=~"${name}-[a-z0-9]+-[0-9]+(-.+)?",dry_run="false",phase=~"Inconclusive|Error"`;
    const unanswered = (offset: string) => `${ofController('analysis_run_metric_phase', scope, matchers, offset)} == 1`;
    const earlier = unanswered(` offset ${latestMinutes(scope.service)}m`);
    return [
      {
        expr: () =>
          `max by (metric, phase) (${unanswered('')} unless on(name, metric, phase) (${earlier})) ${duringStop(scope)}`,
        forSeconds: 60,
        summary: 'gate "{{ $labels.metric }}" has no verdict: {{ $labels.phase }}',
      },
    ];
  },
};
