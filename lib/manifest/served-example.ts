import { canary, example } from './example';
import type { KubeObject } from './object';

/** A container that is fit to get traffic, for examples of rules. */
export const servingContainer = (more: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> => ({
  name: 'web',
  ports: [{ name: 'http', containerPort: 8080 }],
  readinessProbe: { httpGet: { path: '/ready', port: 'http' } },
  lifecycle: { preStop: { sleep: { seconds: 10 } } },
  ...more,
});

/** A Deployment with a Service in front of it that no rule has anything to say to, but for what is given. */
export function served(
  container: Readonly<Record<string, unknown>> = servingContainer(),
  { spec = {}, service = {} }: { readonly spec?: object; readonly service?: object } = {},
): readonly KubeObject[] {
  const labels = { app: 'web' };
  return [
    example('Deployment', 'web', {
      spec: {
        replicas: 2,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: { automountServiceAccountToken: false, containers: [container], ...spec },
        },
      },
    }),
    example('Service', 'web', {
      spec: { selector: labels, ports: [{ name: 'http', port: 80, targetPort: 'http' }], ...service },
    }),
  ];
}

/** A canary on Istio by subset with what it refers to, that no rule has anything to say to, but for what is given. */
export function subsetCanary({
  routes,
  steps,
  managedRoutes,
}: {
  readonly routes?: readonly string[];
  readonly steps?: readonly object[];
  readonly managedRoutes?: readonly object[];
}): readonly KubeObject[] {
  const labels = { app: 'web' };
  return [
    canary({
      trafficRouting: {
        ...(managedRoutes === undefined ? {} : { managedRoutes }),
        istio: {
          destinationRule: { name: 'web', canarySubsetName: 'canary', stableSubsetName: 'stable' },
          virtualService: { name: 'web', ...(routes === undefined ? {} : { routes }) },
        },
      },
      ...(steps === undefined ? {} : { steps }),
    }),
    example('DestinationRule', 'web', {
      spec: { host: 'web', subsets: ['canary', 'stable'].map((name) => ({ name, labels })) },
    }),
    example('VirtualService', 'web', {
      spec: {
        hosts: ['web'],
        http: [
          {
            name: 'primary',
            route: ['stable', 'canary'].map((subset, i) => ({
              destination: { host: 'web', subset },
              weight: i === 0 ? 100 : 0,
            })),
          },
        ],
      },
    }),
  ];
}

/** A Rollout with a PodDisruptionBudget. */
export const budgeted = (budget: object, replicas: number): readonly KubeObject[] => [
  example('Rollout', 'web', {
    spec: {
      replicas,
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: {} },
    },
  }),
  example('PodDisruptionBudget', 'web', { spec: { ...budget, selector: { matchLabels: { app: 'web' } } } }),
];
