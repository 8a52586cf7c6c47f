import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { comparison, gateQuery } from '../../charts/parts/gates/query';
import type { Gate, RollingStrategy } from '../../lib/catalog/service';
import { toYaml } from '../../lib/manifest/yaml';
import { sampleScope, workloadOf } from '../tools/catalog';
import { describeWith, findCommand } from '../tools/commands';

// What the rendered queries answer on Prometheus' own engine, over series as proxies and kube-state-metrics tell them.
const promtool = findCommand('promtool');
const scope = workloadOf(sampleScope('frontend'));
const NAME = scope.service.name;
const CANARY = '6d5f7c9b8';
const STABLE = '55d4b6f7c';
const [sample] = scope.service.gates.filter((gate) => gate.name === 'error-rate');
if (sample === undefined) throw new Error('no gate');
const gate = (kind: Gate['kind']): Gate => ({ ...sample, kind, of: 'limits' });

type Series = Readonly<Record<string, string>>;

/** Requests of one version by code: a counter that grows by so many each 15 s, as it is scraped. */
const requests = (hash: string, code: string, each: number): Series => ({
  [`istio_requests_total{reporter="destination",destination_workload_namespace="tbyte",destination_workload="${NAME}",rollouts_pod_template_hash="${hash}",response_code="${code}"}`]: `0+${each}x40`,
});
const latencies = (hash: string, fast: number, slow: number): Series => {
  const labels = `reporter="destination",destination_workload_namespace="tbyte",destination_workload="${NAME}",rollouts_pod_template_hash="${hash}"`;
  return {
    [`istio_request_duration_milliseconds_bucket{${labels},le="100"}`]: `0+${fast}x40`,
    [`istio_request_duration_milliseconds_bucket{${labels},le="1000"}`]: `0+${fast + slow}x40`,
    [`istio_request_duration_milliseconds_bucket{${labels},le="+Inf"}`]: `0+${fast + slow}x40`,
  };
};
const pod = (hash: string, suffix: string): string => `namespace="tbyte",pod="${NAME}-${hash}-${suffix}"`;
const ready = (hash: string, suffix: string, value: 0 | 1): Series => ({
  [`kube_pod_status_ready{${pod(hash, suffix)},condition="true"}`]: `${value}x40`,
});
const wanted = (hash: string, pods: number): Series => ({
  [`kube_replicaset_spec_replicas{namespace="tbyte",replicaset="${NAME}-${hash}"}`]: `${pods}x40`,
});
const restarts = (hash: string, suffix: string, count: number): Series => ({
  [`kube_pod_container_status_restarts_total{${pod(hash, suffix)},container="${NAME}"}`]: `${count}x40`,
});
const own = (hash: string): string => `${pod(hash, 'a')},container="${NAME}"`;

const badCanaryGoodStable = {
  ...requests(CANARY, '200', 70),
  ...requests(CANARY, '503', 30),
  ...requests(STABLE, '200', 9900),
};

const CASES: readonly (readonly [what: string, kind: Gate['kind'], series: Series, answer: number | undefined])[] = [
  ['a bad canary behind a good stable', 'errorRate', badCanaryGoodStable, 0.3],
  [
    'a good canary beside a bad stable',
    'errorRate',
    { ...requests(CANARY, '200', 100), ...requests(STABLE, '500', 900) },
    0,
  ],
  ['the same as success', 'successRate', badCanaryGoodStable, 0.7],
  ['nothing scraped', 'errorRate', requests(STABLE, '200', 100), undefined],
  [
    'a canary without requests',
    'errorRate',
    { ...requests(CANARY, '200', 0), ...requests(STABLE, '200', 100) },
    undefined,
  ],
  ['fewer requests than the gate wants', 'errorRate', requests(CANARY, '503', 4), undefined],
  ['just enough requests', 'errorRate', requests(CANARY, '503', 5), 1],
  ['failures only, as of a crash behind the proxy', 'errorRate', requests(CANARY, '503', 100), 1],
  [
    'a slow canary behind a fast stable',
    'latency',
    { ...requests(CANARY, '200', 100), ...latencies(CANARY, 0, 100), ...latencies(STABLE, 9900, 0) },
    0.955,
  ],
  ['latencies without requests', 'latency', latencies(CANARY, 100, 0), undefined],
  ['all pods ready', 'readyPods', { ...wanted(CANARY, 2), ...ready(CANARY, 'a', 1), ...ready(CANARY, 'b', 1) }, 1],
  [
    'a pod that was never created',
    'readyPods',
    { ...wanted(CANARY, 2), ...ready(CANARY, 'a', 1), ...ready(STABLE, 'b', 1) },
    0.5,
  ],
  ['no pod at all', 'readyPods', { ...wanted(CANARY, 2), ...ready(STABLE, 'b', 1) }, 0],
  ['no ReplicaSet known', 'readyPods', ready(CANARY, 'a', 1), undefined],
  ['a canary of no pods', 'readyPods', { ...wanted(CANARY, 0), ...ready(CANARY, 'a', 1) }, undefined],
  ['restarts of the canary only', 'restarts', { ...restarts(CANARY, 'a', 2), ...restarts(STABLE, 'b', 7) }, 2],
  ['no pod to restart', 'restarts', restarts(STABLE, 'b', 7), undefined],
  [
    'CPU as a share of the limit',
    'cpu',
    {
      [`container_cpu_usage_seconds_total{${own(CANARY)}}`]: '0+6x40',
      [`kube_pod_container_resource_limits{${own(CANARY)},resource="cpu"}`]: '0.5x40',
    },
    0.8,
  ],
  [
    'memory as a share of the limit',
    'memory',
    {
      [`container_memory_working_set_bytes{${own(CANARY)}}`]: '300x40',
      [`kube_pod_container_resource_limits{${own(CANARY)},resource="memory"}`]: '400x40',
    },
    0.75,
  ],
];

/** Asks Prometheus' own engine; undefined: no answer. */
function expectAnswer(expr: string, series: Series, answer: number | undefined): void {
  const folder = mkdtempSync(join(tmpdir(), 'cutover-answer-'));
  try {
    // Rounded: rates are extrapolated to the window.
    const rounded = `round((${expr}) * 1000) / 1000`;
    const unit = {
      evaluation_interval: '15s',
      tests: [
        {
          interval: '15s',
          input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
          promql_expr_test: [
            {
              expr: rounded,
              eval_time: '5m',
              exp_samples: answer === undefined ? [] : [{ labels: '{}', value: answer }],
            },
          ],
        },
      ],
    };
    writeFileSync(join(folder, 'test.yaml'), toYaml(unit));
    execFileSync(promtool ?? '', ['test', 'rules', join(folder, 'test.yaml')], { encoding: 'utf8', stdio: 'pipe' });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describeWith(promtool === undefined ? ['promtool'] : [])('the answer of a gate', () => {
  test.each(CASES)('%s (%s)', (_what, kind, series, answer) =>
    expectAnswer(gateQuery(gate(kind), scope, 'step').replaceAll('{{args.canary-hash}}', CANARY), series, answer),
  );
});

describeWith(promtool === undefined ? ['promtool'] : [])('the answer of a gate that compares', () => {
  const relative = { ...gate('errorRate'), relative: true };
  const inExperiment = gateQuery(relative, scope, 'experiment')
    .replaceAll('{{args.canary-hash}}', CANARY)
    .replaceAll('{{args.baseline-hash}}', STABLE);
  const variant = {
    ...scope,
    service: { ...scope.service, name: `${NAME}-b`, strategy: { ...rolling(), comparedWith: NAME } },
  };
  const besideRelease = gateQuery(relative, variant, 'background').replaceAll('{{args.canary-hash}}', CANARY);
  const ofVariant = (code: string, each: number): Series => ({
    [`istio_requests_total{reporter="destination",destination_workload_namespace="tbyte",destination_workload="${NAME}-b",rollouts_pod_template_hash="${CANARY}",response_code="${code}"}`]: `0+${each}x40`,
  });

  test.each([
    ['both as good', { ...requests(CANARY, '200', 100), ...requests(STABLE, '200', 100) }, 0],
    ['the canary worse', { ...badCanaryGoodStable }, 0.3],
    ['both as bad', { ...requests(CANARY, '503', 100), ...requests(STABLE, '503', 100) }, 0],
    ['no baseline', requests(CANARY, '200', 100), undefined],
    ['no canary', requests(STABLE, '200', 100), undefined],
  ] as const)('in an experiment: %s', (_, series, answer) => expectAnswer(inExperiment, series, answer));

  test('beside the release of a variant: its new version against all of the control', () => {
    const series = { ...ofVariant('503', 10), ...ofVariant('200', 90), ...requests(STABLE, '200', 100) };
    expectAnswer(besideRelease, series, 0.1);
  });

  test('while a test lasts: all of the variant against all of the control', () => {
    const control = { ...requests(STABLE, '200', 95), ...requests(STABLE, '503', 5) };
    expectAnswer(
      comparison(relative, variant, NAME),
      { ...ofVariant('503', 20), ...ofVariant('200', 80), ...control },
      0.15,
    );
  });
});

describeWith(promtool === undefined ? ['promtool'] : [])('the answer of a gate from metrics of the application', () => {
  const requestMetrics = {
    kind: 'application',
    requests: 'http_requests_total',
    codeLabel: 'status',
    failedCodes: '5..',
    durationBuckets: 'http_request_seconds_bucket',
  } as const;
  const own = { ...scope, service: { ...scope.service, requestMetrics } };
  const ask = (kind: Gate['kind']) => gateQuery(gate(kind), own, 'step').replaceAll('{{args.canary-hash}}', CANARY);
  const told = (hash: string, status: string, each: number): Series => ({
    [`http_requests_total{namespace="tbyte",pod="${NAME}-${hash}-a",rollouts_pod_template_hash="${hash}",status="${status}"}`]: `0+${each}x40`,
  });
  const both = { ...told(CANARY, '200', 80), ...told(CANARY, '500', 20), ...told(STABLE, '200', 900) };

  test('which share failed', () => expectAnswer(ask('errorRate'), both, 0.2));
  test('nothing told', () => expectAnswer(ask('errorRate'), told(STABLE, '200', 100), undefined));
  test('how long, in seconds', () => {
    const bucket = (le: string, each: number): Series => ({
      [`http_request_seconds_bucket{namespace="tbyte",rollouts_pod_template_hash="${CANARY}",le="${le}"}`]: `0+${each}x40`,
    });
    expectAnswer(ask('latency'), { ...both, ...bucket('0.1', 0), ...bucket('1', 100), ...bucket('+Inf', 100) }, 0.955);
  });
});

function rolling(): RollingStrategy {
  const { antiAffinity, minReadySeconds, progressDeadlineSeconds, revisionHistoryLimit, rollbackWindowRevisions } =
    scope.service.strategy;
  return {
    kind: 'rolling',
    antiAffinity,
    minReadySeconds,
    progressDeadlineSeconds,
    revisionHistoryLimit,
    rollbackWindowRevisions,
    maxSurge: '25%',
    maxUnavailable: 0,
    background: undefined,
    comparedWith: undefined,
  };
}
