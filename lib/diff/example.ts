import { example } from '../manifest/example';
import type { KubeObject } from '../manifest/object';

type Content = Readonly<Record<string, unknown>>;

/** One object before and after, for the examples of a rule. */
export const pairOf = (before: KubeObject, after: KubeObject) => ({ before: [before], after: [after] });

/** An object that is only there before. */
export const gone = (...objects: readonly KubeObject[]) => ({ before: objects, after: [] });

/** An object that is only there after. */
export const fresh = (...objects: readonly KubeObject[]) => ({ before: [], after: objects });

/** A workload with one container. */
export const workload = (
  kind: 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'Rollout',
  container: Content = {},
  spec: Content = {},
  pod: Content = {},
): KubeObject =>
  example(kind, 'web', {
    spec: {
      ...spec,
      template: {
        metadata: { labels: { app: 'web' } },
        spec: { ...pod, containers: [{ name: 'web', image: 'web:1', ...container }] },
      },
    },
  });

/** A canary on Istio, with its routes and subsets. */
export const istioCanary = (strategy: Content = {}, spec: Content = {}): KubeObject =>
  example('Rollout', 'web', {
    spec: {
      ...spec,
      strategy: {
        canary: {
          trafficRouting: {
            istio: {
              virtualService: { name: 'web', routes: ['primary'] },
              destinationRule: { name: 'web', canarySubsetName: 'canary', stableSubsetName: 'stable' },
            },
          },
          ...strategy,
        },
      },
    },
  });

export const destinationRule = (spec: Content = {}, metadata: Omit<KubeObject['metadata'], 'name'> = {}): KubeObject =>
  example(
    'DestinationRule',
    'web',
    { spec: { host: 'web', subsets: [{ name: 'stable' }, { name: 'canary' }], ...spec } },
    metadata,
  );

/** A VirtualService with one route to subsets. */
export const virtualService = (
  weights: Readonly<Record<string, number>> = { stable: 100, canary: 0 },
  route: Content = {},
  metadata: Omit<KubeObject['metadata'], 'name'> = {},
): KubeObject =>
  example(
    'VirtualService',
    'web',
    {
      spec: {
        hosts: ['web'],
        http: [
          {
            name: 'primary',
            route: Object.entries(weights).map(([subset, weight]) => ({
              destination: { host: 'web', subset },
              weight,
            })),
            ...route,
          },
        ],
      },
    },
    metadata,
  );
