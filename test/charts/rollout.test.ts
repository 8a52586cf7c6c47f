import { valueAt } from '../../lib/diagnostic/path';
import { numberAt, textAt } from '../../lib/manifest/object';
import { canaryOf, changed, only, rendered, sampleScope } from '../tools/catalog';

const frontend = sampleScope('frontend');
const at = (root: unknown, path: string) => valueAt(root, path.split('.'));
const rolloutOf = (scope = frontend) => only(rendered(scope), 'Rollout');

describe('the steps of the frontend', () => {
  const steps = at(rolloutOf(), 'spec.strategy.canary.steps');

  test('each weight is followed by a pause and by its gates', () => {
    const summary = (steps as readonly object[]).map((step) =>
      'setWeight' in step
        ? step.setWeight
        : 'pause' in step
          ? at(step, 'pause.duration')
          : (at(step, 'analysis.templates') as unknown[]).length,
    );
    expect(summary).toEqual([10, '75s', 5, 25, '75s', 5, 50, '75s', 5, 100, '75s', 5]);
  });

  test('a pause without a duration waits until somebody resumes', () => {
    const scope = sampleScope('orders', 'staging');
    const waiting = changed(scope, {
      strategy: { ...canaryOf(scope.service), steps: [{ kind: 'pause', durationSeconds: undefined }] },
    });
    expect(at(rolloutOf(waiting), 'spec.strategy.canary.steps')).toEqual([{ pause: {} }]);
  });
});

describe('the background analysis of the backend', () => {
  test('runs its gates from step 1 with the hash of the canary', () => {
    expect(at(rolloutOf(sampleScope('backend')), 'spec.strategy.canary.analysis')).toEqual({
      templates: [
        { templateName: 'tbyte-microservices-backend-success-rate-background' },
        { templateName: 'tbyte-microservices-backend-restarts-background' },
      ],
      args: [{ name: 'canary-hash', valueFrom: { podTemplateHashValue: 'Latest' } }],
      startingStep: 1,
    });
  });

  test('its delays stand with traffic routing, without which Argo Rollouts refuses them', () => {
    const canary = at(rolloutOf(sampleScope('backend')), 'spec.strategy.canary');
    expect([at(canary, 'scaleDownDelaySeconds'), at(canary, 'abortScaleDownDelaySeconds')]).toEqual([30, 30]);
    expect(at(canary, 'trafficRouting.istio.virtualService.routes')).toEqual(['port-metrics', 'primary']);
  });

  test.each([
    ['none', undefined],
    ['preferred', { preferredDuringSchedulingIgnoredDuringExecution: { weight: 100 } }],
    ['required', { requiredDuringSchedulingIgnoredDuringExecution: {} }],
  ] as const)('antiAffinity %s', (antiAffinity, expected) => {
    const strategy = { ...canaryOf(frontend.service), antiAffinity };
    expect(at(rolloutOf(changed(frontend, { strategy })), 'spec.strategy.canary.antiAffinity')).toEqual(expected);
  });
});

describe('scale', () => {
  test('fixed replicas are written, and one pod at a time may be drained', () => {
    const objects = rendered(frontend);
    expect(numberAt(only(objects, 'Rollout'), 'spec.replicas')).toBe(5);
    expect(at(only(objects, 'PodDisruptionBudget'), 'spec')).toEqual({
      maxUnavailable: 1,
      selector: { matchLabels: { 'app.kubernetes.io/name': 'tbyte-microservices-frontend' } },
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    });
  });

  test('an autoscaled Rollout names no replicas (P37)', () => {
    const scale = {
      kind: 'autoscaled',
      minReplicas: 3,
      maxReplicas: 12,
      targetCpuPercent: 65,
      targetMemoryPercent: undefined,
      scaleDownStabilizationSeconds: 300,
    } as const;
    const objects = rendered(changed(frontend, { scale }));
    expect(numberAt(only(objects, 'Rollout'), 'spec.replicas')).toBeUndefined();
    expect(at(only(objects, 'HorizontalPodAutoscaler'), 'spec')).toEqual({
      scaleTargetRef: { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'tbyte-microservices-frontend' },
      minReplicas: 3,
      maxReplicas: 12,
      metrics: [
        { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 65 } } },
      ],
      behavior: { scaleDown: { stabilizationWindowSeconds: 300 } },
    });
  });

  test('a single pod has no budget, which would block every drain (P38)', () => {
    const objects = rendered(changed(frontend, { scale: { kind: 'fixed', replicas: 1 } }));
    expect(objects.filter((one) => one.kind === 'PodDisruptionBudget')).toEqual([]);
  });
});

describe('what lets a rollback be fast', () => {
  test('the window reaches no further than the ReplicaSets that are kept (P46)', () => {
    const spec = at(rolloutOf(), 'spec');
    expect(at(spec, 'rollbackWindow.revisions')).toBe(3);
    expect(numberAt(spec, 'revisionHistoryLimit')).toBeGreaterThanOrEqual(3);
  });

  test('the pod template is a function of the service alone: rendered again it is the same', () => {
    expect(at(rolloutOf(), 'spec.template')).toEqual(at(rolloutOf(sampleScope('frontend')), 'spec.template'));
  });

  test('the Rollout is in the last wave, so that no sync waits for a release', () => {
    const waves = rendered(frontend).map((one) =>
      Number(one.metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? 0),
    );
    expect(Math.max(...waves)).toBe(
      Number(
        textAt(rolloutOf(), 'metadata.annotations.argocd') ??
          rolloutOf().metadata.annotations?.['argocd.argoproj.io/sync-wave'],
      ),
    );
  });
});
