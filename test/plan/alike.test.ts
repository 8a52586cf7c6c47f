import type { Service } from '../../lib/catalog/service';
import { planner } from '../../lib/plan/alike';
import { planOf, type ReleasePlan } from '../../lib/plan/release-plan';
import { canaryOf, istioOf, sampleReleases, sampleScope } from '../tools/catalog';
import { EXAMPLES } from './examples';

const scope = sampleScope('backend');
const nameless = ({ service: _, environment: __, ...rest }: ReleasePlan) => rest;

test('what is remembered is what would be worked out', () => {
  const plan = planner();
  const services = [...sampleReleases().flatMap((release) => release.services), ...EXAMPLES];
  for (const service of services) {
    expect(plan(service, scope)).toEqual(planOf(service, scope));
    expect(plan({ ...service, key: 'other' }, scope)).toEqual({ ...planOf(service, scope), service: 'other' });
  }
});

const backend = scope.service;
const strategy = canaryOf(backend);

/** Changes that no plan can see: two services that differ in them are one to the planner. */
const SEEN: readonly (readonly [string, Partial<Service>])[] = [
  ['steps', { strategy: { ...strategy, steps: strategy.steps.slice(0, 2) } }],
  ['optimizeFor', { strategy: { ...strategy, optimizeFor: 'lowOverhead' } }],
  ['replicas', { scale: { kind: 'fixed', replicas: 9 } }],
  ['probes', { probes: { ...backend.probes, startup: { ...backend.probes.readiness, initialDelaySeconds: 90 } } }],
  ['podStartSeconds', { podStartSeconds: 77 }],
  ['preStop', { shutdown: { preStopSeconds: 99, drainSeconds: 1 } }],
  ['gates', { gates: backend.gates.slice(0, 1) }],
  ['traffic', { requestsPerSecond: 1 }],
  ['traffic by hour', { requestsPerSecondByHour: Array.from({ length: 24 }, (_, hour) => 40 + hour) }],
  ['objectives', { objectives: { ...backend.objectives, errorRate: 0.04 } }],
  ['splitting', { routing: { ...istioOf(backend), splitting: 'host' } }],
  ['config', { config: {} }],
];

test.each(SEEN)('%s: another plan', (_, change) => {
  const plan = planner();
  const before = plan(backend, scope);
  const after = plan({ ...backend, ...change }, scope);
  expect(after).toEqual(planOf({ ...backend, ...change }, scope));
  expect(nameless(after)).not.toEqual(nameless(before));
});
