import { analysisTemplate } from '../../charts/parts/gates/analysis-template';
import type { Gate } from '../../lib/catalog/service';
import { gatesOf, judge, type Verdict } from '../../lib/manifest/gate';
import { textAt } from '../../lib/manifest/object';
import { groupOf } from '../../lib/manifest/rule';
import { gateWith } from '../plan/cases';
import { sampleScope, workloadOf } from '../tools/catalog';
import { describeWith, findCommand } from '../tools/commands';
import { Prometheus, type Scraped } from './prometheus';

// Every kind of gate as it is rendered: its query on a Prometheus that was started with the series of a case, and its conditions as
// Argo Rollouts evaluates them.
const prometheus = findCommand('prometheus');
const promtool = findCommand('promtool');
const scope = workloadOf(sampleScope('frontend'));
const NAME = scope.service.name;

const EVERY_SECONDS = 15;
const SCRAPES = 41;
/** Some hours ago, so that the blocks are closed. */
const BEGIN = Math.floor(Date.now() / 1000 / EVERY_SECONDS) * EVERY_SECONDS - 4 * 3600;
const TIMES = Array.from({ length: SCRAPES }, (_, i) => BEGIN + i * EVERY_SECONDS);
/** Between two scrapes. */
const NOW = BEGIN + (SCRAPES - 1) * EVERY_SECONDS + 4;

type Samples = readonly (number | undefined)[];
const scrapes = (sample: (i: number) => number | undefined): Samples =>
  Array.from({ length: SCRAPES }, (_, i) => sample(i));
/** A counter that grows by so many from scrape to scrape. */
const growing = (each: number): Samples => scrapes((i) => i * each);
const constant = (value: number): Samples => scrapes(() => value);
/** A pod that was started again in the last window: its counters begin anew. */
const restarted = (each: number): Samples => scrapes((i) => (i < SCRAPES - 2 ? i : i - (SCRAPES - 2)) * each);
/** A pod that is there since the last three scrapes. */
const young = (each: number): Samples => scrapes((i) => (i < SCRAPES - 3 ? undefined : (i - (SCRAPES - 4)) * each));
/** A pod that was scraped once. */
const newborn = (each: number): Samples => scrapes((i) => (i < SCRAPES - 1 ? undefined : each));

/** The series of one case; each case has hashes of its own, so that one Prometheus holds all of them. */
interface Pods {
  readonly canary: string;
  readonly stable: string;
}
type Series = (pods: Pods) => readonly Scraped[];
type Side = keyof Pods;

const proxy = (hash: string) =>
  `reporter="destination",destination_workload_namespace="tbyte",destination_workload="${NAME}",rollouts_pod_template_hash="${hash}"`;
const requests =
  (side: Side, code: string, samples: Samples, pod = 'a'): Series =>
  (pods) => [{ series: `istio_requests_total{${proxy(pods[side])},response_code="${code}",pod="${pod}"}`, samples }];
/** Latencies: so many up to 0.1 s, so many up to 1 s, so many up to 10 s, from scrape to scrape. */
const latencies =
  (side: Side, fast: number, slow: number, slowest = 0, grow: (each: number) => Samples = growing): Series =>
  (pods) => {
    const bucket = (le: string, each: number): Scraped => ({
      series: `istio_request_duration_milliseconds_bucket{${proxy(pods[side])},le="${le}"}`,
      samples: grow(each),
    });
    const all = fast + slow + slowest;
    return [bucket('100', fast), bucket('1000', fast + slow), bucket('10000', all), bucket('+Inf', all)];
  };
const kube =
  (metric: string, labels: (pods: Pods) => string, samples: Samples): Series =>
  (pods) => [{ series: `${metric}{namespace="tbyte",${labels(pods)}}`, samples }];
const pod = (side: Side, suffix: string) => (pods: Pods) => `pod="${NAME}-${pods[side]}-${suffix}"`;
const own = (side: Side, suffix: string) => (pods: Pods) => `${pod(side, suffix)(pods)},container="${NAME}"`;
const wanted = (side: Side, count: number) =>
  kube('kube_replicaset_spec_replicas', (pods) => `replicaset="${NAME}-${pods[side]}"`, constant(count));
const ready = (side: Side, suffix: string, value: 0 | 1) =>
  kube('kube_pod_status_ready', (pods) => `${pod(side, suffix)(pods)},condition="true"`, constant(value));
const restarts = (side: Side, count: number) =>
  kube('kube_pod_container_status_restarts_total', own(side, 'a'), constant(count));
const cpu = (side: Side, each: number) => kube('container_cpu_usage_seconds_total', own(side, 'a'), growing(each));
const memory = (side: Side, bytes: number) =>
  kube('container_memory_working_set_bytes', own(side, 'a'), constant(bytes));
const limit = (side: Side, resource: 'cpu' | 'memory', value: number) =>
  kube(
    'kube_pod_container_resource_limits',
    (pods) => `${own(side, 'a')(pods)},resource="${resource}"`,
    constant(value),
  );

const GOOD_STABLE: readonly Series[] = [
  requests('stable', '200', growing(9900)),
  latencies('stable', 9900, 0),
  wanted('stable', 5),
  ready('stable', 'a', 1),
  restarts('stable', 0),
  cpu('stable', 1),
  limit('stable', 'cpu', 0.5),
  memory('stable', 100),
  limit('stable', 'memory', 400),
];
const BAD_STABLE: readonly Series[] = [
  requests('stable', '500', growing(900)),
  latencies('stable', 0, 0, 900),
  restarts('stable', 9),
];

const ERRORS = gateWith({});
const SUCCESSES = gateWith({ kind: 'successRate', bound: { direction: 'atLeast', value: 0.95 } });
const WORSE = gateWith({ relative: true, bound: { direction: 'atMost', value: 0.02 } });
const SLOW = gateWith({ kind: 'latency', bound: { direction: 'atMost', value: 0.5 } });
const READY = gateWith({ kind: 'readyPods', bound: { direction: 'atLeast', value: 0.8 } });
const RESTARTS = gateWith({ kind: 'restarts', bound: { direction: 'atMost', value: 0 } });
const CPU = gateWith({ kind: 'cpu', bound: { direction: 'atMost', value: 0.8 } });
const MEMORY = gateWith({ kind: 'memory', bound: { direction: 'atMost', value: 0.9 } });
const QUERY = gateWith({
  kind: 'query',
  query: `sum(rate(istio_requests_total{rollouts_pod_template_hash="{{args.canary-hash}}"}[60s])) / 0`,
});

const good = requests('canary', '200', growing(100));
const bad = [requests('canary', '200', growing(70)), requests('canary', '503', growing(30))];
const fast = latencies('canary', 100, 0);
const slow = latencies('canary', 10, 60, 30);

const CASES: readonly (readonly [what: string, gate: Gate, series: readonly Series[], verdict: Verdict])[] = [
  ['good', ERRORS, [good, ...GOOD_STABLE], 'pass'],
  ['good beside a bad stable version', ERRORS, [good, ...BAD_STABLE], 'pass'],
  ['bad behind a good stable version', ERRORS, [...bad, ...GOOD_STABLE], 'fail'],
  ['nothing but failures', ERRORS, [requests('canary', '503', growing(100))], 'fail'],
  ['no answer of the application at all', ERRORS, [requests('canary', '0', growing(100))], 'fail'],
  ['no series of the canary', ERRORS, GOOD_STABLE, 'inconclusive'],
  [
    'no request in the window: 0 / 0 is NaN',
    ERRORS,
    [requests('canary', '200', constant(500)), ...GOOD_STABLE],
    'inconclusive',
  ],
  ['too few requests, all of them good', ERRORS, [requests('canary', '200', growing(4))], 'inconclusive'],
  ['too few requests, all of them bad', ERRORS, [requests('canary', '503', growing(4))], 'inconclusive'],
  ['good counters that began anew', ERRORS, [requests('canary', '200', restarted(100))], 'pass'],
  [
    'bad counters that began anew',
    ERRORS,
    [requests('canary', '200', restarted(70)), requests('canary', '503', restarted(30))],
    'fail',
  ],
  ['a new good pod', ERRORS, [requests('canary', '200', young(100))], 'pass'],
  ['a new bad pod', ERRORS, [requests('canary', '200', young(70)), requests('canary', '503', young(30))], 'fail'],
  ['a new bad pod beside a good old one', ERRORS, [good, requests('canary', '503', young(100), 'b')], 'fail'],
  ['a pod that was scraped once', ERRORS, [requests('canary', '503', newborn(100))], 'inconclusive'],
  ['as good as the stable version', WORSE, [good, ...GOOD_STABLE], 'pass'],
  [
    'as bad as a bad stable version',
    WORSE,
    [...bad, requests('stable', '200', growing(700)), requests('stable', '503', growing(300))],
    'pass',
  ],
  ['worse than a good stable version', WORSE, [...bad, ...GOOD_STABLE], 'fail'],
  ['nothing to compare with', WORSE, [good], 'inconclusive'],
  ['nothing to compare', WORSE, GOOD_STABLE, 'inconclusive'],
  ['good', SUCCESSES, [good, ...GOOD_STABLE], 'pass'],
  ['bad behind a good stable version', SUCCESSES, [...bad, ...GOOD_STABLE], 'fail'],
  ['no series of the canary', SUCCESSES, GOOD_STABLE, 'inconclusive'],
  ['no request in the window: 0 / 0 is NaN', SUCCESSES, [requests('canary', '200', constant(500))], 'inconclusive'],
  ['too few requests, all of them bad', SUCCESSES, [requests('canary', '503', growing(4))], 'inconclusive'],
  ['fast', SLOW, [good, fast, ...GOOD_STABLE], 'pass'],
  ['fast beside a slow stable version', SLOW, [good, fast, ...BAD_STABLE], 'pass'],
  ['slow behind a fast stable version', SLOW, [good, slow, ...GOOD_STABLE], 'fail'],
  ['no series of the canary', SLOW, GOOD_STABLE, 'inconclusive'],
  ['buckets that do not grow: NaN', SLOW, [good, latencies('canary', 0, 0, 0)], 'inconclusive'],
  [
    'too few requests, all of them slow',
    SLOW,
    [requests('canary', '200', growing(4)), latencies('canary', 0, 0, 4)],
    'inconclusive',
  ],
  ['slow, in counters that began anew', SLOW, [good, latencies('canary', 10, 60, 30, restarted)], 'fail'],
  ['all pods ready', READY, [wanted('canary', 2), ready('canary', 'a', 1), ready('canary', 'b', 1)], 'pass'],
  [
    'no pod ready behind ready stable ones',
    READY,
    [wanted('canary', 1), ready('canary', 'a', 0), ...GOOD_STABLE],
    'fail',
  ],
  ['pods that were never made', READY, [wanted('canary', 2), ...GOOD_STABLE], 'fail'],
  ['nothing told of the ReplicaSet', READY, [ready('canary', 'a', 1), ...GOOD_STABLE], 'inconclusive'],
  ['none', RESTARTS, [restarts('canary', 0), ...BAD_STABLE], 'pass'],
  ['one, behind a stable version without any', RESTARTS, [restarts('canary', 1), ...GOOD_STABLE], 'fail'],
  ['no pod', RESTARTS, GOOD_STABLE, 'inconclusive'],
  ['little', CPU, [cpu('canary', 3), limit('canary', 'cpu', 0.5), ...GOOD_STABLE], 'pass'],
  ['much behind an idle stable version', CPU, [cpu('canary', 7), limit('canary', 'cpu', 0.5), ...GOOD_STABLE], 'fail'],
  ['no limit told', CPU, [cpu('canary', 7), ...GOOD_STABLE], 'inconclusive'],
  ['little', MEMORY, [memory('canary', 200), limit('canary', 'memory', 400), ...GOOD_STABLE], 'pass'],
  [
    'much behind a small stable version',
    MEMORY,
    [memory('canary', 390), limit('canary', 'memory', 400), ...GOOD_STABLE],
    'fail',
  ],
  ['no pod', MEMORY, GOOD_STABLE, 'inconclusive'],
  ['a query of your own that divides by 0', QUERY, [good], 'fail'],
  ['a query of your own without series', QUERY, GOOD_STABLE, 'inconclusive'],
];

const hashesOf = (index: number): Pods => ({
  canary: `c${index}x`.padEnd(9, '0'),
  stable: `s${index}x`.padEnd(9, '0'),
});

describeWith([...(prometheus ? [] : ['prometheus']), ...(promtool ? [] : ['promtool'])])(
  'the verdict on a canary',
  () => {
    let server: Prometheus;
    beforeAll(async () => {
      const scraped = CASES.flatMap(([, , series], i) => series.flatMap((one) => one(hashesOf(i))));
      server = await Prometheus.start({ prometheus: prometheus ?? '', promtool: promtool ?? '' }, scraped, TIMES);
    }, 60_000);
    afterAll(() => server?.stop());

    test.each(CASES.map(([what, gate, , verdict], i) => ({ what, gate, verdict, hashes: hashesOf(i) })))(
      '$gate.kind: $what',
      async ({ gate, verdict, hashes }) => {
        const template = analysisTemplate(scope, gate, 'step');
        const [rendered] = gatesOf(groupOf([JSON.parse(JSON.stringify(template))]));
        if (rendered === undefined) throw new Error('nothing was rendered');
        const query = textAt(rendered.metric, 'provider.prometheus.query') ?? '';
        const values = await server.ask(
          query.replaceAll('{{args.canary-hash}}', hashes.canary).replaceAll('{{args.stable-hash}}', hashes.stable),
          NOW,
        );
        expect([judge(rendered, values), values]).toEqual([verdict, values]);
      },
    );

    test('what is not there is never a success, and every kind of gate can pass and fail', () => {
      for (const kind of new Set(CASES.map(([, gate]) => gate.kind))) {
        const verdicts = CASES.filter(([, gate]) => gate.kind === kind).map(([, , , verdict]) => verdict);
        expect(verdicts).toContain('fail');
        expect(verdicts).toContain('inconclusive');
        if (kind !== 'query') expect(verdicts).toContain('pass');
      }
    });
  },
);
