import type { Service } from '../../lib/catalog/service';
import { rate } from '../../lib/plan/rating';
import { canaryOf, sampleScope } from '../tools/catalog';
import { gateWith } from './cases';

const { service: frontend, platform } = sampleScope('frontend');
const errors = gateWith({ initialDelaySeconds: 75 });
const settings = { ...canaryOf(frontend), maxSurge: '25%', maxUnavailable: 0 } as const;
const rated = (strategy: Service['strategy'], given: Partial<Service> = {}) =>
  rate({ ...frontend, ...given, gates: [errors], strategy }, platform).gates;

const blueGreen = (given: object): Service['strategy'] => ({
  ...settings,
  kind: 'blueGreen',
  background: undefined,
  promotion: 'automatic',
  previewReplicas: undefined,
  prePromotionGates: [],
  postPromotionGates: [],
  ...given,
});
const abTest = (...percents: readonly number[]): Service['strategy'] => ({
  ...settings,
  kind: 'abTest',
  minReadySeconds: 120,
  background: undefined,
  cookie: { name: 'v', maxAgeSeconds: 60, secure: true },
  variants: percents.map((percent, i) => ({
    name: `v${i}`,
    percent,
    image: frontend.image,
    replicas: 2,
    header: undefined,
    cookie: undefined,
  })),
  gates: [gateWith({ relative: true, failureLimit: 0, initialDelaySeconds: 180 })],
});
const rolling = (minReadySeconds: number): Service['strategy'] => ({
  ...settings,
  kind: 'rolling',
  minReadySeconds,
  background: { gates: [gateWith({ failureLimit: 0, initialDelaySeconds: minReadySeconds + 60 })] },
  comparedWith: undefined,
});

test('before the switch of blue/green no user asks: nothing is said, rather than that all is missed', () => {
  expect(rated(blueGreen({ prePromotionGates: [errors] }))).toMatchObject([
    { unstated: 'preview', falseAlarm: undefined, miss: undefined },
  ]);
});

test('after it all requests are seen, of which few are enough', () => {
  const [rating] = rated(blueGreen({ postPromotionGates: [errors] }));
  expect(rating).toMatchObject({ unstated: undefined, regression: 'errors' });
  expect(rating?.miss).toBeLessThan(1e-6);
  expect(rating?.falseAlarm).toBeLessThan(1e-6);
  const [few] = rated(blueGreen({ postPromotionGates: [errors] }), { requestsPerSecond: 0.2 });
  expect(few?.falseAlarm).toBeGreaterThan(0.5);
});

test('a gate that is asked on both sides of the switch is rated for the one behind it', () => {
  expect(rated(blueGreen({ prePromotionGates: [errors], postPromotionGates: [errors] }))).toMatchObject([
    { unstated: undefined, miss: expect.any(Number) },
  ]);
});

test('each variant of an A/B test is rated by its own share', () => {
  const [small, large] = rated(abTest(1, 40), { requestsPerSecond: 20 });
  expect([small?.variant, large?.variant]).toEqual(['v0', 'v1']);
  expect(large?.miss).toBeLessThan(small?.miss ?? 0);
  expect(rated(abTest(0))).toMatchObject([{ variant: 'v0', unstated: 'chosen', miss: undefined }]);
});

test('a rolling release must be slow enough for its gates', () => {
  const [slow] = rated(rolling(60));
  const [fast] = rated(rolling(1));
  expect(slow?.miss).toBeLessThan(0.05);
  expect(fast?.miss).toBe(1);
});
