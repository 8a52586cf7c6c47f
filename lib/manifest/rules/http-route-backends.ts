import { example } from '../example';
import { backendNames, httpRoutesOf } from '../gateway-api';
import { type KubeObject, listAt, textAt } from '../object';
import type { ManifestRule } from '../rule';

const objects = (...names: readonly string[]): readonly KubeObject[] => [
  example('Rollout', 'web', {
    spec: {
      strategy: {
        canary: {
          stableService: 'web',
          canaryService: 'web-canary',
          trafficRouting: { plugins: { 'argoproj-labs/gatewayAPI': { httpRoute: 'web' } } },
        },
      },
    },
  }),
  example('HTTPRoute', 'web', { spec: { rules: [{ backendRefs: names.map((name) => ({ name, port: 80 })) }] } }),
  ...['web', 'web-canary'].map((name) => example('Service', name)),
];

export const httpRouteBackends: ManifestRule = {
  code: 'MAN079',
  severity: 'error',
  title:
    'An HTTPRoute without the stable or the canary Service of its Rollout: the first weight fails, and the release hangs',
  reason:
    'The Gateway API plugin writes weights into backends that are there; it adds none. When a Service of the two is missing in all rules it answers with an error at every step.',
  hint: 'list both Services in backendRefs, the canary with weight 0',
  source: 'rollouts-plugin-trafficrouter-gatewayapi 0.15.0, pkg/plugin/httproute.go: setHTTPRouteWeight',
  kinds: ['Rollout'],
  examples: () => ({
    bad: [{ objects: objects('web'), paths: ['spec.rules'] }],
    good: [objects('web', 'web-canary')],
  }),
  check: (group, report) => {
    if (group.ofKind('HTTPRoute').length === 0) return;
    for (const rollout of group.ofKind('Rollout')) {
      const stable = textAt(rollout, 'spec.strategy.canary.stableService');
      const canary = textAt(rollout, 'spec.strategy.canary.canaryService');
      if (stable === undefined || canary === undefined) continue;
      for (const { route } of httpRoutesOf(group, rollout)) {
        // A rule that sends to the canary alone is taken for one of the plugin's own.
        const rules = listAt(route, 'spec.rules').map(backendNames);
        const names = new Set(rules.filter((rule) => rule.length !== 1 || rule[0] !== canary).flat());
        const missing = [stable, canary].filter((name) => !names.has(name));
        if (missing.length === 0) continue;
        const list = missing.map((name) => `"${name}"`).join(' and ');
        report(route, 'spec.rules', `Rollout "${rollout.metadata.name}" finds no backend ${list} to give a weight`);
      }
    }
  },
};
