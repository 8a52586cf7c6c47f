import { renderService } from '../../charts/render';
import { valueAt } from '../../lib/diagnostic/path';
import { edited, MINIMAL } from '../catalog/minimal';
import { canaryOf, changed, only, releasesOf, rendered, sampleScope } from '../tools/catalog';

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

test('the steps in between are rendered, and gates in the background begin with what leads to their step', () => {
  const catalog = edited(MINIMAL, {
    'services/api/migrations': undefined,
    'services/web/replicas': 10,
    'services/web/gates/restarts': { kind: 'restarts', atMost: 0, failureLimit: 0 },
    'services/web/strategy': {
      optimizeFor: 'lowOverhead',
      steps: [
        { setWeight: 10 },
        { pause: { durationSeconds: 60 } },
        { setWeight: 60 },
        { pause: {} },
        { analysis: ['errors'] },
      ],
      background: { gates: ['restarts'], startingStep: 2 },
    },
  });
  const [release] = releasesOf(JSON.stringify(catalog));
  const service = release?.services.find(({ key }) => key === 'web');
  if (release === undefined || service === undefined) throw new Error('no web');
  const rollout = only(rendered({ ...release, service }), 'Rollout');
  const steps = valueAt(rollout, ['spec', 'strategy', 'canary', 'steps']);
  const pause = { pause: { duration: '15s' } };
  expect(steps).toEqual([
    { setWeight: 10 },
    { pause: { duration: '60s' } },
    { setWeight: 30 },
    pause,
    { setWeight: 50 },
    pause,
    { setWeight: 60 },
    { pause: {} },
    { analysis: expect.anything() },
    { setWeight: 80 },
    pause,
  ]);
  expect(valueAt(rollout, ['spec', 'strategy', 'canary', 'analysis', 'startingStep'])).toBe(2);
});
