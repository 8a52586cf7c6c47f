import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { prometheusRule } from '../../charts/parts/monitoring';
import { workloadsOf } from '../../charts/strategies/workloads';
import { ROOT, releasesOf } from '../tools/catalog';
import { describeWith, findCommand } from '../tools/commands';
import { Promtool, type Series } from './promtool';

// The gates of an A/B test as alerts, on Prometheus' own engine.
const promtool = findCommand('promtool');
const KEY = 'ab-test-istio';
const VARIANT = `${KEY}-new-checkout`;

const [release] = releasesOf(readFileSync(join(ROOT, 'docs/examples/services.json'), 'utf8'));
const service = release?.services.find(({ key }) => key === KEY);
if (release === undefined || service === undefined) throw new Error(`no ${KEY}`);
const scopeOf = (name: string) => {
  const found = workloadsOf({ ...release, service }).find((one) => one.service.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
};

const labels = (workload: string) =>
  `reporter="destination",destination_workload_namespace="${release.environment.namespace}",destination_workload="${workload}"`;

/** So many requests in each half minute for as long as the test is; failures are among them. */
const requests = (workload: string, all: number, failures = 0): Series => ({
  [`istio_requests_total{${labels(workload)},response_code="200"}`]: `0+${all - failures}x80`,
  [`istio_requests_total{${labels(workload)},response_code="503"}`]: `0+${failures}x80`,
});
/** Each of them answered within 0.1 s, or within half a second. */
const answered = (workload: string, all: number, slow: boolean): Series =>
  Object.fromEntries(
    ['100', '500', '+Inf'].map((le) => [
      `istio_request_duration_milliseconds_bucket{${labels(workload)},le="${le}"}`,
      `0+${slow && le === '100' ? 0 : all}x80`,
    ]),
  );

/** In the order of the gates. */
const WORSE = 0;
const SLOWER = 1;

const CASES: readonly (readonly [what: string, minutes: number, series: Series, gates: readonly number[]])[] = [
  ['more failures than the control', 15, { ...requests(VARIANT, 90, 9), ...requests(KEY, 90) }, [WORSE]],
  ['as many failures as the control', 15, { ...requests(VARIANT, 90, 9), ...requests(KEY, 90, 9) }, []],
  ['fewer failures than the control', 15, { ...requests(VARIANT, 90), ...requests(KEY, 90, 9) }, []],
  ['more failures by less than the gate allows', 15, { ...requests(VARIANT, 300, 2), ...requests(KEY, 300) }, []],
  ['more failures for some minutes', 4, { ...requests(VARIANT, 90, 9), ...requests(KEY, 90) }, []],
  ['too few requests of the variant', 15, { ...requests(VARIANT, 5, 5), ...requests(KEY, 90) }, []],
  ['too few requests of the control', 15, { ...requests(VARIANT, 90, 9), ...requests(KEY, 5) }, []],
  ['no requests of the control', 15, requests(VARIANT, 90, 9), []],
  [
    'slower than the control',
    15,
    { ...requests(VARIANT, 90), ...requests(KEY, 90), ...answered(VARIANT, 90, true), ...answered(KEY, 90, false) },
    [SLOWER],
  ],
  [
    'slower, and more failures',
    15,
    { ...requests(VARIANT, 90, 9), ...requests(KEY, 90), ...answered(VARIANT, 90, true), ...answered(KEY, 90, false) },
    [WORSE, SLOWER],
  ],
  [
    'both slow',
    15,
    { ...requests(VARIANT, 90), ...requests(KEY, 90), ...answered(VARIANT, 90, true), ...answered(KEY, 90, true) },
    [],
  ],
  ['another variant', 15, { ...requests(`${KEY}-old-checkout`, 90, 9), ...requests(KEY, 90) }, []],
  ['nothing is scraped', 15, { up: '1x80' }, []],
];

describeWith(promtool === undefined ? ['promtool'] : [])('on Prometheus', () => {
  let prometheus: Promtool;
  beforeAll(() => {
    prometheus = new Promtool(promtool ?? '', prometheusRule(scopeOf(VARIANT), []));
  });
  afterAll(() => prometheus.remove());

  const trial = (minutes: number, series: Series, gates: readonly number[]) => {
    const told = gates.map((which) => prometheus.expectation('VariantWorse', minutes, {}, which));
    const none = prometheus.expectation('VariantWorse', minutes, undefined);
    return { series, expectations: [{ ...none, exp_alerts: told.flatMap(({ exp_alerts }) => exp_alerts) }] };
  };

  test.each(CASES)('%s', (_, minutes, series, gates) => {
    expect(prometheus.run(trial(minutes, series, gates))).toContain('SUCCESS');
  });

  test('each gate is an alert of its own, and tells its name', () => {
    const summaries = prometheus.rules.flatMap(({ alert, annotations }) =>
      alert === 'VariantWorse' ? [annotations?.summary] : [],
    );
    expect(summaries).toEqual(['worse', 'slower'].map((gate) => expect.stringContaining(`gate "${gate}"`)));
  });

  test('and an expectation that does not hold is noticed', () => {
    const [, minutes, series] = CASES[0] ?? ['', 0, {}];
    expect(() => prometheus.run(trial(minutes, series, []))).toThrow();
    expect(() => prometheus.run(trial(minutes, series, [SLOWER]))).toThrow();
  });
});

test('the control has no such alert: it is what the variants are compared with', () => {
  expect(JSON.stringify(prometheusRule(scopeOf(KEY), []))).not.toContain('VariantWorse');
});
