import { example } from '../example';
import { backendNames, httpRoutesOf } from '../gateway-api';
import { childPath, type KubeObject, listAt, textAt } from '../object';
import type { ManifestRule } from '../rule';

const objects = (config: Readonly<Record<string, unknown>>, extra: string): readonly KubeObject[] => [
  example('Rollout', 'web', {
    spec: {
      strategy: {
        canary: {
          stableService: 'web',
          canaryService: 'web-canary',
          trafficRouting: { plugins: { 'argoproj-labs/gatewayAPI': config } },
        },
      },
    },
  }),
  example('HTTPRoute', 'web', {
    spec: {
      rules: [
        { matches: [{ headers: [{ name: 'canary', value: 'true' }] }], backendRefs: [{ name: extra, port: 80 }] },
        {
          backendRefs: [
            { name: 'web', port: 80 },
            { name: 'web-canary', port: 80, weight: 0 },
          ],
        },
      ],
    },
  }),
  ...['web', 'web-canary'].map((name) => example('Service', name)),
];

export const httpRouteCanaryRule: ManifestRule = {
  code: 'MAN080',
  severity: 'error',
  title:
    'A rule of your own that sends to the canary alone: the Gateway API plugin removes it at the end of the release',
  reason:
    'Besides by name, the plugin knows its header rules by their form: one backend, the canary. A rule of that form in Git is removed with them, and Argo CD puts it back.',
  hint: 'let a setHeaderRoute step make the rule, or set useHeaderRoutes: false under httpRoutes',
  source: 'rollouts-plugin-trafficrouter-gatewayapi 0.15.0, pkg/plugin/httproute.go: isHTTPManagedRule',
  kinds: ['Rollout'],
  examples: () => ({
    bad: [{ objects: objects({ httpRoute: 'web' }, 'web-canary'), paths: ['spec.rules[0].backendRefs'] }],
    good: [objects({ httpRoute: 'web' }, 'web'), objects({ httpRoutes: [{ name: 'web' }] }, 'web-canary')],
  }),
  check: (group, report) => {
    if (group.ofKind('HTTPRoute').length === 0) return;
    for (const rollout of group.ofKind('Rollout')) {
      const canary = textAt(rollout, 'spec.strategy.canary.canaryService');
      for (const { route, headers } of httpRoutesOf(group, rollout)) {
        if (!headers) continue;
        listAt(route, 'spec.rules').forEach((rule, i) => {
          const names = backendNames(rule);
          if (names.length !== 1 || names[0] !== canary) return;
          const path = childPath('spec.rules', i, 'backendRefs');
          report(route, path, `the rule has the form of those that are removed for Rollout "${rollout.metadata.name}"`);
        });
      }
    }
  },
};
