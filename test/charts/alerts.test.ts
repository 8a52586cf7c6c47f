import { ALERTS } from '../../charts/parts/alerts';
import { jobNames } from '../../charts/parts/alerts/alert';
import { latestMinutes, longestPauseSeconds } from '../../charts/parts/alerts/plan';
import { prometheusRule } from '../../charts/parts/monitoring';
import { edited, MINIMAL } from '../catalog/minimal';
import { only, releasesOf, rendered, sampleScope, workloadOf } from '../tools/catalog';
import { describeWith, findCommand } from '../tools/commands';
import { type Case, fires, over, Promtool, quiet, rulesOf, type Series } from './promtool';

// What the rendered alerts say on Prometheus' own engine, over series as the controllers tell them.
const promtool = findCommand('promtool');
const scope = workloadOf(sampleScope('backend'));
const NAME = scope.service.name;
const CANARY = '6d5f7c9b8';
const STABLE = '55d4b6f7c';
const LATEST = latestMinutes(scope.service);
const PAUSE_MINUTES = Math.ceil(longestPauseSeconds(scope.service) / 60);
const DEADLINE_MINUTES = scope.service.strategy.progressDeadlineSeconds / 60;
const JOBS = jobNames(rendered(scope));
/** The stable version has been there for longer than a release takes when this begins, in minutes. */
const BEGIN = LATEST + 10;

const ALWAYS = over([1, 300]);

const phase = (name: string, values: string, label = 'namespace'): Series => ({
  [`rollout_info{${label}="tbyte",name="${NAME}",phase="${name}",strategy="canary",traffic_router="Istio"}`]: values,
});
const pods = (hash: string, wanted: string, ready: string): Series => ({
  [`kube_replicaset_spec_replicas{namespace="tbyte",replicaset="${NAME}-${hash}"}`]: wanted,
  [`kube_replicaset_status_ready_replicas{namespace="tbyte",replicaset="${NAME}-${hash}"}`]: ready,
});
const restarts = (hash: string, values: string): Series => ({
  [`kube_pod_container_status_restarts_total{namespace="tbyte",pod="${NAME}-${hash}-a2b4c",container="${NAME}"}`]:
    values,
});
const requests = (hash: string, values: string): Series => ({
  [`istio_requests_total{reporter="destination",destination_workload_namespace="tbyte",destination_workload="${NAME}",rollouts_pod_template_hash="${hash}",response_code="200"}`]:
    values,
});
const gate = (run: string, outcome: string, values: string, dryRun = false): Series => ({
  [`analysis_run_metric_phase{namespace="tbyte",name="${NAME}-${run}",metric="success-rate",type="Prometheus",dry_run="${dryRun}",phase="${outcome}"}`]:
    values,
});
const job = (name: string, condition: string, values: string): Series => ({
  [`kube_job_failed{namespace="tbyte",job_name="${name}",condition="${condition}"}`]: values,
});
const application = (status: string, values: string): Series => ({
  [`argocd_app_info{namespace="argocd",name="tbyte-production-backend",dest_namespace="tbyte",sync_status="${status}"}`]:
    values,
});
const podReady = (hash: string, condition: string, values: string): Series => ({
  [`kube_pod_status_ready{namespace="tbyte",pod="${NAME}-${hash}-a2b4c",condition="${condition}"}`]: values,
});

const before = phase('Completed', over([1, BEGIN]));
const progressing = { ...before, ...phase('Progressing', over(['gone', BEGIN], [1, 200])) };
const stable = pods(STABLE, over([4, 300]), over([4, 300]));

const oldRun = (outcome: string): Series => gate('7f6d5c4b3-8-2', outcome, ALWAYS);
const failedCanary = { ...stable, ...pods(CANARY, over(['gone', BEGIN], [1, 200]), over(['gone', BEGIN], [0, 200])) };
const bothServed = { ...requests(STABLE, '0+90x600'), ...requests(CANARY, `${over(['gone', BEGIN])} 0+10x400`) };

const CASES: Readonly<Record<string, readonly Case[]>> = {
  ReleaseStuck: [
    fires('progressing for longer than the plan', LATEST + 1, progressing),
    fires('by turns progressing and paused for longer than the plan', LATEST + 1, {
      ...before,
      ...phase('Progressing', over(['gone', BEGIN], [1, 5], ['gone', 10], [1, 200])),
      ...phase('Paused', over(['gone', BEGIN], ['gone', 5], [1, 10])),
    }),
    fires('scraped without honorLabels', LATEST + 1, phase('Progressing', ALWAYS, 'exported_namespace')),
    quiet('as long as the plan', LATEST - 1, progressing),
    quiet('of another namespace', LATEST + 1, {
      'rollout_info{namespace="other",name="tbyte-microservices-backend",phase="Progressing"}': ALWAYS,
    }),
  ],
  ReleaseAborted: [
    fires('stopped', 12, { ...before, ...phase('Abort', over(['gone', BEGIN + 10], [1, 100])) }),
    quiet('refused', 12, { ...before, ...phase('InvalidSpec', over(['gone', BEGIN + 10], [1, 100])) }),
  ],
  ReleaseDegraded: [
    fires('refused', 12, { ...before, ...phase('InvalidSpec', over(['gone', BEGIN + 10], [1, 100])) }),
    fires('past its deadline', 12, { ...before, ...phase('Timeout', over(['gone', BEGIN + 10], [1, 100])) }),
    fires('no ReplicaSet', 12, { ...before, ...phase('Error', over(['gone', BEGIN + 10], [1, 100])) }),
    quiet('stopped', 12, { ...before, ...phase('Abort', over(['gone', BEGIN + 10], [1, 100])) }),
  ],
  ReleasePaused: [
    fires('for longer than any pause', PAUSE_MINUTES + 1, {
      ...before,
      ...phase('Paused', over(['gone', BEGIN], [1, 99])),
    }),
    quiet('for a step', 2, { ...before, ...phase('Paused', over(['gone', BEGIN], [1, 99])) }),
  ],
  GateUnanswered: [
    fires(
      'inconclusive',
      12,
      { ...progressing, ...gate(`${CANARY}-9-2`, 'Inconclusive', over(['gone', BEGIN], [0, 10], [1, 100])) },
      { metric: 'success-rate', phase: 'Inconclusive' },
    ),
    fires(
      'in error, of a background analysis, after the abort',
      12,
      {
        ...before,
        ...phase('Abort', over(['gone', BEGIN + 10], [1, 100])),
        ...gate(`${CANARY}-9`, 'Error', over(['gone', BEGIN], [0, 10], [1, 100])),
      },
      { metric: 'success-rate', phase: 'Error' },
    ),
    quiet('an earlier release', 12, { ...progressing, ...oldRun('Inconclusive'), ...oldRun('Error') }),
    quiet('failed, which is a verdict', 12, {
      ...progressing,
      ...gate(`${CANARY}-9-2`, 'Failed', over(['gone', BEGIN], [1, 100])),
    }),
    quiet('a gate that only looks on', 12, {
      ...progressing,
      ...gate(`${CANARY}-9-2`, 'Inconclusive', over(['gone', BEGIN], [1, 100]), true),
    }),
    quiet('a service whose name begins the same', 12, {
      ...progressing,
      ...gate(`admin-${CANARY}-9-2`, 'Inconclusive', over(['gone', BEGIN], [1, 100])),
    }),
  ],
  CanaryNotReady: [
    fires(
      'never ready',
      DEADLINE_MINUTES + 1,
      { ...progressing, ...failedCanary },
      { replicaset: `${NAME}-${CANARY}` },
    ),
    quiet('until the deadline', DEADLINE_MINUTES - 1, { ...progressing, ...failedCanary }),
    quiet('the stable version', DEADLINE_MINUTES + 1, {
      ...progressing,
      ...pods(STABLE, over([4, 300]), over([4, BEGIN], [3, 200])),
    }),
    quiet('no release', DEADLINE_MINUTES + 1, { ...phase('Completed', ALWAYS), ...failedCanary }),
  ],
  CanaryRestarting: [
    fires(
      'one restart',
      6,
      { ...progressing, ...stable, ...restarts(CANARY, over(['gone', BEGIN], [0, 4], [1, 100])) },
      { replicaset: `${NAME}-${CANARY}` },
    ),
    quiet('the stable version', 6, { ...progressing, ...stable, ...restarts(STABLE, over([0, BEGIN + 4], [1, 100])) }),
    quiet('none', 6, { ...progressing, ...stable, ...restarts(CANARY, over(['gone', BEGIN], [0, 100])) }),
  ],
  TrafficOnTwoVersions: [
    fires('after an abort', 18, { ...bothServed, ...before, ...phase('Abort', over(['gone', BEGIN + 10], [1, 100])) }),
    fires('without a release', 18, { ...bothServed, ...phase('Completed', ALWAYS) }),
    quiet('in a release', 18, { ...bothServed, ...progressing }),
    quiet('the last requests of the old version', 18, {
      ...phase('Completed', ALWAYS),
      ...requests(STABLE, `0+90x${(BEGIN + 12) * 2} ${over(['gone', 100])}`),
      ...requests(CANARY, `${over(['gone', BEGIN])} 0+10x400`),
    }),
  ],
  MigrationFailed: [
    fires('the Job of this release', 1, job(JOBS[0] ?? '', 'true', ALWAYS), { job_name: JOBS[0] ?? '' }),
    quiet('it did not fail', 1, {
      ...job(JOBS[0] ?? '', 'true', over([0, 300])),
      ...job(JOBS[0] ?? '', 'false', ALWAYS),
    }),
    quiet('the Job of another release', 1, job(`${NAME}-expand-0123456789`, 'true', ALWAYS)),
  ],
  ReleaseOutOfSync: [
    fires('for long', 12, { ...progressing, ...application('OutOfSync', ALWAYS) }),
    quiet('for a sync', 5, { ...progressing, ...application('OutOfSync', over(['gone', BEGIN], [1, 100])) }),
    quiet('synced', 12, { ...progressing, ...application('Synced', ALWAYS) }),
    quiet('no release', 12, { ...phase('Completed', ALWAYS), ...application('OutOfSync', ALWAYS) }),
  ],
  PodsRestarting: [
    fires('often', 6, restarts(STABLE, `${over([0, BEGIN])} 0+1x20`)),
    quiet('once', 6, restarts(STABLE, over([0, BEGIN + 3], [1, 100]))),
  ],
  PodsNotReady: [
    fires('for long', 12, podReady(STABLE, 'false', over([0, BEGIN], [1, 100]))),
    quiet('about to go', 12, {
      ...podReady(STABLE, 'false', over([0, BEGIN], [1, 100])),
      [`kube_pod_deletion_timestamp{namespace="tbyte",pod="${NAME}-${STABLE}-a2b4c"}`]: ALWAYS,
    }),
  ],
};

/** A canary of 20, 50 and 100 %, promoted after 9 minutes, with an old run and an old Job that failed, and Argo CD synced. */
const goodRelease: Series = {
  ...phase('Completed', over([1, BEGIN], ['gone', 9], [1, 100])),
  ...phase('Progressing', over(['gone', BEGIN], [1, 1], ['gone', 2], [1, 1], ['gone', 2], [1, 1], ['gone', 2])),
  ...phase('Paused', over(['gone', BEGIN + 1], [1, 2], ['gone', 1], [1, 2], ['gone', 1], [1, 2])),
  ...pods(STABLE, over([4, BEGIN + 10], [0, 100]), over([4, BEGIN + 10], [0, 100])),
  ...pods(
    CANARY,
    over(['gone', BEGIN], [1, 3], [2, 3], [4, 100]),
    over(['gone', BEGIN], [0, 1], [1, 3], [2, 3], [4, 100]),
  ),
  ...restarts(STABLE, over([1, 300])),
  ...restarts(CANARY, over(['gone', BEGIN], [0, 100])),
  ...requests(STABLE, `0+90x${(BEGIN + 10) * 2} ${over(['gone', 100])}`),
  ...requests(CANARY, `${over(['gone', BEGIN])} 0+10x400`),
  ...gate(`${CANARY}-9`, 'Running', over(['gone', BEGIN], [1, 9], [0, 100])),
  ...gate(`${CANARY}-9`, 'Inconclusive', over(['gone', BEGIN], [0, 100])),
  ...gate(`${CANARY}-9`, 'Successful', over(['gone', BEGIN], [0, 9], [1, 100])),
  ...oldRun('Inconclusive'),
  ...job(`${NAME}-expand-0123456789`, 'true', ALWAYS),
  ...application('OutOfSync', over([0, BEGIN], [1, 1])),
  ...application('Synced', over([1, BEGIN], ['gone', 1], [1, 100])),
  ...podReady(CANARY, 'false', over(['gone', BEGIN], [1, 1], [0, 100])),
};

describeWith(promtool === undefined ? ['promtool'] : [])('on Prometheus', () => {
  let prometheus: Promtool;
  beforeAll(() => {
    prometheus = new Promtool(promtool ?? '', prometheusRule(scope, JOBS));
  });
  afterAll(() => prometheus.remove());

  // One start of promtool for each alert; it says of which time it speaks.
  test.each(Object.entries(CASES))('%s', (name, cases) => {
    expect(prometheus.try(name, BEGIN, cases)).toContain('SUCCESS');
  });

  const names = Object.keys(CASES);
  const minutes = (last: number) => Array.from({ length: last }, (_, minute) => minute);

  test('a good release wakes nobody', () => {
    const expectations = minutes(BEGIN + 40).flatMap((at) =>
      names.map((name) => prometheus.expectation(name, at, undefined)),
    );
    expect(prometheus.run({ series: goodRelease, expectations })).toContain('SUCCESS');
  });

  test('what is not scraped wakes nobody', () => {
    const expectations = minutes(90).flatMap((at) => names.map((name) => prometheus.expectation(name, at, undefined)));
    expect(prometheus.run({ series: { up: ALWAYS }, expectations })).toContain('SUCCESS');
  });

  test('and an expectation that does not hold is noticed', () => {
    const expectations = [prometheus.expectation('ReleaseStuck', BEGIN + LATEST + 1, undefined)];
    expect(() => prometheus.run({ series: progressing, expectations })).toThrow();
  });

  test('there is a case in which each fires, and one in which it does not', () => {
    const own = new Set(prometheus.rules.flatMap(({ alert }) => alert ?? []));
    expect(names).toEqual([...own]);
    for (const cases of Object.values(CASES)) {
      expect(cases.filter(({ tells }) => tells !== undefined).length).toBeGreaterThan(0);
      expect(cases.filter(({ tells }) => tells === undefined).length).toBeGreaterThan(0);
    }
    // Of a service that is no variant, on a platform whose kube-state-metrics tells no weights: alerts-weights and alerts-variant.
    const others = ['WeightsDiffer', 'VariantWorse'];
    expect(ALERTS.map(({ name }) => name).filter((name) => !others.includes(name))).toEqual(names);
  });
});

describe('what an alert leads to', () => {
  const urls = (platform: object) => {
    const [release] = releasesOf(
      JSON.stringify(edited(MINIMAL, { 'services/api/migrations': undefined, ...platform })),
    );
    const [service] = release?.services ?? [];
    if (release === undefined || service === undefined) throw new Error('no service');
    const rule = only(rendered({ ...release, service }), 'PrometheusRule');
    return rulesOf(rule).flatMap(({ annotations }) => annotations?.runbook_url ?? [])[0];
  };
  const page = 'production/runbooks/api.md#releasestuck';

  test.each([
    ['https://git.example.com/shop/platform.git', 'https://git.example.com/shop/platform/blob/main/dist'],
    ['https://git.example.com:8443/shop/platform', 'https://git.example.com:8443/shop/platform/blob/main/dist'],
    ['https://bot:s3cret@git.example.com/shop/platform.git', 'https://git.example.com/shop/platform/blob/main/dist'],
    ['git@github.com:shop/platform.git', 'https://github.com/shop/platform/blob/main/dist'],
    ['ssh://git@gitlab.example.com:2222/a/b/c.git', 'https://gitlab.example.com/a/b/c/-/blob/main/dist'],
    ['https://bitbucket.org/shop/platform.git', 'https://bitbucket.org/shop/platform/src/main/dist'],
  ])('%s', (repository, prefix) => {
    expect(urls({ 'platform/argocd': { repository } })).toBe(`${prefix}/${page}`);
  });

  test('where the catalog says', () => {
    expect(urls({ 'platform/runbooks': { url: 'https://wiki.example.com/x' } })).toBe(
      `https://wiki.example.com/x/${page}`,
    );
  });
});
