import { example } from '../example';
import { type KubeObject, numberAt, textAt } from '../object';
import type { ManifestRule } from '../rule';
import { metricsOf } from '../scaling';

const autoscaler = (spec: Readonly<Record<string, unknown>>): KubeObject =>
  example('HorizontalPodAutoscaler', 'web', {
    spec: { scaleTargetRef: { apiVersion: 'example.com/v1', kind: 'Crane', name: 'web' }, ...spec },
  });

export const hpaBounds: ManifestRule = {
  code: 'MAN094',
  severity: 'error',
  title: 'Bounds of a HorizontalPodAutoscaler that the API server refuses',
  reason:
    'maxReplicas must be at least minReplicas, and minReplicas at least 1, or 0 with a metric that needs no pods. The object is refused, and the sync with it.',
  hint: 'make minReplicas at least 1 and at most maxReplicas',
  source: 'Kubernetes 1.34, pkg/apis/autoscaling/validation/validation.go',
  kinds: ['HorizontalPodAutoscaler'],
  examples: () => ({
    bad: [
      { objects: [autoscaler({ minReplicas: 5, maxReplicas: 3 })], paths: ['spec.maxReplicas'] },
      { objects: [autoscaler({ minReplicas: 0, maxReplicas: 3 })], paths: ['spec.minReplicas'] },
    ],
    good: [
      [autoscaler({ minReplicas: 3, maxReplicas: 3 })],
      [autoscaler({ maxReplicas: 1 })],
      [autoscaler({ minReplicas: 0, maxReplicas: 3, metrics: [{ type: 'External' }] })],
    ],
  }),
  check: ({ ofKind }, report) => {
    for (const object of ofKind('HorizontalPodAutoscaler')) {
      const least = numberAt(object, 'spec.minReplicas') ?? 1;
      const most = numberAt(object, 'spec.maxReplicas');
      if (most !== undefined && most < least)
        report(object, 'spec.maxReplicas', `${most} is below minReplicas, which is ${least}`);
      if (least === 0 && !metricsOf(object).some(needsNoPods)) {
        report(object, 'spec.minReplicas', 'with no pod there is nothing to measure');
      }
    }
  },
};

const needsNoPods = (metric: unknown): boolean => ['External', 'Object'].includes(textAt(metric, 'type') ?? '');
