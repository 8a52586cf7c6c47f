import { renderService } from '../../charts/render';
import { valueAt } from '../../lib/diagnostic/path';
import { canaryOf, changed, only, rendered, sampleScope } from '../tools/catalog';

const scope = sampleScope('backend');
const optimized = (optimizeFor: 'fastRollback' | 'lowOverhead') =>
  changed(scope, { strategy: { ...canaryOf(scope.service), optimizeFor } });
const settings = (optimizeFor: 'fastRollback' | 'lowOverhead') => {
  const rollout = only(rendered(optimized(optimizeFor)), 'Rollout');
  return ['dynamicStableScale', 'scaleDownDelaySeconds', 'abortScaleDownDelaySeconds', 'minPodsPerReplicaSet'].map(
    (field) => valueAt(rollout, ['spec', 'strategy', 'canary', field]),
  );
};

test('fastRollback: the stable pods stay, for a while also afterwards', () => {
  expect(settings('fastRollback')).toEqual([undefined, 30, 30, undefined]);
});

// Argo Rollouts 1.9.1 refuses the delay beside dynamicStableScale (P12), and minPodsPerReplicaSet beside it leaves weight behind (P14).
test('lowOverhead: the stable pods follow their share, and no delay is told', () => {
  expect(settings('lowOverhead')).toEqual([true, undefined, undefined, undefined]);
});

test('what lowOverhead renders has no finding', () => {
  const { platform, environment, service } = optimized('lowOverhead');
  expect(renderService(platform, environment, service).flatMap(({ findings }) => findings)).toEqual([]);
});
