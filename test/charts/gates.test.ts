import { analysisTemplate, gateUses } from '../../charts/parts/gates/analysis-template';
import { GATE_KIND_FACTS } from '../../lib/catalog/gate-kinds';
import { GATE_KINDS } from '../../lib/catalog/schema/release';
import type { Gate } from '../../lib/catalog/service';
import { valueAt } from '../../lib/diagnostic/path';
import { canaryOf, sampleScope, workloadOf } from '../tools/catalog';

const frontend = workloadOf(sampleScope('frontend'));
const backend = workloadOf(sampleScope('backend'));
const gateOf = (scope: typeof frontend, name: string): Gate => {
  const gate = scope.service.gates.find((one) => one.name === name);
  if (gate === undefined) throw new Error(`no gate ${name}`);
  return gate;
};
const metricOf = (gate: Gate, use: 'step' | 'background' = 'step', scope = frontend) =>
  valueAt(analysisTemplate(scope, gate, use), ['spec', 'metrics', 0]);
const queryOf = (gate: Gate, scope = frontend) =>
  String(valueAt(metricOf(gate, 'step', scope), ['provider', 'prometheus', 'query']));

const sample = gateOf(frontend, 'error-rate');
const ofKind = (kind: Gate['kind']): Gate => ({ ...sample, kind, query: 'sum(up{pod=~"x-{{args.canary-hash}}-.*"})' });

describe.each(GATE_KINDS)('a gate of kind %s', (kind) => {
  test('looks at the canary only (P26)', () => {
    expect(queryOf(ofKind(kind))).toContain('{{args.canary-hash}}');
    if (kind === 'query') return;
    const selectors = queryOf(ofKind(kind)).match(/\{[^{}]*(?:\{\{[^}]*\}\}[^{}]*)*\}/g) ?? [];
    expect(selectors.length).toBeGreaterThan(0);
    for (const selector of selectors) expect(selector).toContain('{{args.canary-hash}}');
  });

  test('has a question for its readers', () => expect(GATE_KIND_FACTS[kind].asks).toMatch(/canary/));
});

test.each([
  ['atMost', 'result[0] <= 0.05', 'result[0] > 0.05'],
  ['atLeast', 'result[0] >= 0.05', 'result[0] < 0.05'],
] as const)(
  'a bound %s has two conditions, each guarded: silence and NaN are Inconclusive (P16, P17, B8)',
  (direction, success, failure) => {
    const metric = metricOf({ ...sample, bound: { direction, value: 0.05 } });
    expect(metric).toMatchObject({
      successCondition: `len(result) > 0 && !isNaN(result[0]) && ${success}`,
      failureCondition: `len(result) > 0 && !isNaN(result[0]) && ${failure}`,
    });
  },
);

test('at a step a gate counts, in the background it is measured until the steps end (P20)', () => {
  expect(metricOf(sample, 'step')).toMatchObject({ interval: '30s', count: 3, failureLimit: 1, inconclusiveLimit: 1 });
  expect(metricOf(sample, 'background')).not.toHaveProperty('count');
});

test('one good answer at least must come before a gate passes', () => {
  for (const { gate, use } of [...gateUses(frontend.service.strategy), ...gateUses(backend.service.strategy)]) {
    if (use === 'background') continue;
    const metric = metricOf(gate);
    const forgiven = Number(valueAt(metric, ['failureLimit'])) + Number(valueAt(metric, ['inconclusiveLimit']));
    expect([gate.name, forgiven < gate.count]).toEqual([gate.name, true]);
  }
});

test('too few requests give no answer (P25)', () => {
  expect(queryOf({ ...sample, minRequests: 50 })).toMatch(
    / and on\(\) sum\(increase\(istio_requests_total\{[^}]*\}\}[^}]*\}\[60s\]\)\) >= 50$/,
  );
});

test('a gRPC service fails by its status, not by its code', () => {
  const orders = workloadOf(sampleScope('orders', 'staging'));
  expect(queryOf(sample, orders)).toContain('grpc_response_status=~"2|4|13|14|15"');
  expect(queryOf(sample)).not.toContain('grpc_response_status');
});

test('a dry run is measured and does not count (P23)', () => {
  const template = analysisTemplate(frontend, { ...sample, dryRun: true }, 'step');
  expect(template.spec?.dryRun).toEqual([{ metricName: 'error-rate' }]);
});

test('every arg is declared by the template and passed by the Rollout (P21)', () => {
  for (const { gate, use } of gateUses(backend.service.strategy)) {
    expect(analysisTemplate(backend, gate, use).spec?.args).toEqual([{ name: 'canary-hash' }]);
  }
});

test('a gate used at steps and in the background has two templates', () => {
  const gate = gateOf(backend, 'restarts');
  const strategy = { ...canaryOf(backend.service), steps: [{ kind: 'analysis', gates: [gate] }] } as const;
  expect(gateUses(strategy).map(({ gate: { name }, use }) => `${name} ${use}`)).toEqual([
    'restarts step',
    'restarts background',
    'success-rate background',
  ]);
});

test('latency is in seconds, CPU a share of the limit or the request', () => {
  expect(queryOf(gateOf(frontend, 'latency'))).toContain('histogram_quantile(0.95, ');
  expect(queryOf(gateOf(frontend, 'latency'))).toContain(') / 1000)');
  expect(queryOf({ ...gateOf(frontend, 'cpu'), of: 'requests' })).toContain('kube_pod_container_resource_requests');
});
