import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { WorkloadScope } from '../../charts/names';
import { prometheusRule } from '../../charts/parts/monitoring';
import { RELEASE_METRICS } from '../../charts/parts/release-metrics';
import { renderEnvironment } from '../../charts/render';
import { listAt, numberAt, textAt } from '../../lib/manifest/object';
import { edited } from '../catalog/minimal';
import { only, ROOT, releasesOf, rendered, workloadOf } from '../tools/catalog';
import { describeWith, findCommand } from '../tools/commands';
import { type Case, fires, over, Promtool, quiet, rulesOf, type Series } from './promtool';

// Whether the weights of the router are those of the step, over series as kube-state-metrics 2.20.0 makes them of the rendered
// configuration, and with the steps of the rendered Rollout.

const promtool = findCommand('promtool');
const example: unknown = JSON.parse(readFileSync(join(ROOT, 'docs/examples/services.json'), 'utf8'));

function scopeOf(key: string, edits: Readonly<Record<string, unknown>> = {}): WorkloadScope {
  const on = { 'platform/alerts': { customResourceState: {} } };
  const [release] = releasesOf(JSON.stringify(edited(example, { ...on, ...edits })));
  const service = release?.services.find((one) => one.key === key);
  if (release === undefined || service === undefined) throw new Error(`no ${key}`);
  return workloadOf({ ...release, service });
}

const of = (name: string): string => `namespace="shop",name="${name}"`;

/** The canary's part of the routes of each router, as the labels of its series say it. */
const ROUTERS: readonly (readonly [key: string, weightSeries: (name: string) => string | undefined])[] = [
  [
    'canary-istio',
    (name) => `${RELEASE_METRICS.virtualService}{${of(name)},route="primary",host="${name}",subset="canary"}`,
  ],
  [
    'canary-istio-host',
    (name) =>
      `${RELEASE_METRICS.virtualService}{${of(name)},route="primary",host="${name}-canary.shop.svc.cluster.local"}`,
  ],
  ['canary-gateway-api', (name) => `${RELEASE_METRICS.httpRoute}{${of(name)},route="primary",host="${name}-canary"}`],
  ['canary-alb', () => undefined],
];

/** Where the routes of each stand. */
const PLACES: Readonly<Record<string, readonly [kind: string, path: string]>> = {
  'canary-istio': ['VirtualService', 'spec.http'],
  'canary-istio-host': ['VirtualService', 'spec.http'],
  'canary-gateway-api': ['HTTPRoute', 'spec.rules'],
};

/** Minutes before the release begins, and those that each of its steps takes. */
const BEGIN = 5;

describe.each(ROUTERS)('%s', (key, weightSeries) => {
  const scope = scopeOf(key);
  const { name } = scope.service;
  const objects = rendered(scope);
  const steps = listAt(only(objects, 'Rollout'), 'spec.strategy.canary.steps');
  const alert = rulesOf(prometheusRule(scope, [])).find((one) => one.alert === 'WeightsDiffer');
  const forMinutes = Number.parseInt(String(Reflect.get(alert ?? {}, 'for')), 10);
  /** Long enough for what is wrong in a step to be told in it. */
  const LONG = forMinutes + 4;
  const end = BEGIN + steps.length * LONG;

  /** What the controller gives at a step: the weight of the last setWeight (1.9.1, GetCurrentSetWeight). */
  const weightAt = (index: number): number =>
    numberAt(
      steps.slice(0, index + 1).findLast((step) => numberAt(step, 'setWeight') !== undefined),
      'setWeight',
    ) ?? 0;

  const phase = (which: string, values: string): Series => ({
    [`rollout_info{namespace="${scope.environment.namespace}",name="${name}",phase="${which}"}`]: values,
  });
  const stepSeries = (values: string): Series => ({ [`${RELEASE_METRICS.step}{${of(name)}}`]: values });
  const weights = (set: string, routed = set): Series => {
    const own = `${RELEASE_METRICS.set}{${of(name)}}`;
    const router = weightSeries(name);
    // Nobody tells what an Ingress has.
    return router === undefined ? { [own]: routed } : { [own]: set, [router]: routed };
  };
  const release: Series = {
    ...phase('Completed', over([1, BEGIN], ['gone', end - BEGIN], [1, 60])),
    ...phase('Progressing', over(['gone', BEGIN], [1, end - BEGIN], ['gone', 60])),
    ...stepSeries(over([steps.length, BEGIN], ...steps.map((_, i) => [i, LONG] as const), [steps.length, 60])),
  };
  /** Each setWeight waits for its pods for half of its time; `other` is another weight than that of the step, at one of them. */
  const course = (other?: { readonly at: number; readonly weight: number }): string =>
    over(
      [0, BEGIN],
      ...steps.flatMap((step, i) => {
        if (i === other?.at) return [[other.weight, LONG] as const];
        const before = numberAt(step, 'setWeight') === undefined ? weightAt(i) : weightAt(i - 1);
        return [[before, LONG / 2] as const, [weightAt(i), LONG / 2] as const];
      }),
      [0, 60],
    );
  const resting = (which: string, weight: number): Series => ({
    ...phase('Completed', over([1, BEGIN], ['gone', 200])),
    ...phase(which, over(['gone', BEGIN], [1, 200])),
    ...stepSeries(over([0, 200])),
    ...weights(over([weight, 200])),
  });
  const route: Series = weightSeries(name) === undefined ? {} : { route: 'primary' };

  const first = steps.findIndex((step) => numberAt(step, 'setWeight') !== undefined);
  const pause = steps.findIndex((step, i) => i > first && numberAt(step, 'setWeight') === undefined);
  const inStep = (index: number): number => BEGIN + (index + 1) * LONG - 1;

  const cases: readonly Case[] = [
    fires(
      'another weight in a step',
      inStep(pause),
      { ...release, ...weights(course({ at: pause, weight: 77 })) },
      route,
    ),
    fires(
      'another weight at a setWeight',
      inStep(first),
      { ...release, ...weights(course({ at: first, weight: 77 })) },
      route,
    ),
    fires(
      'a later step whose weight does not come',
      inStep(steps.length - 1),
      { ...release, ...weights(course({ at: steps.length - 1, weight: weightAt(first) })) },
      route,
    ),
    quiet('for as long as the controller may take', BEGIN + pause * LONG + forMinutes - 1, {
      ...release,
      ...weights(course({ at: pause, weight: 77 })),
    }),
    quiet('no pod of the new version is available, so that the controller takes its requests away', inStep(pause), {
      ...release,
      ...weights(course({ at: pause, weight: 0 })),
    }),
    quiet('paused by a person', inStep(pause), {
      ...release,
      ...weights(course()),
      ...phase('Progressing', over(['gone', 300])),
      ...phase('Paused', over(['gone', BEGIN], [1, 300])),
    }),
    quiet('stopped, and back', BEGIN + 40, resting('Abort', 0)),
    fires('stopped, and not back', BEGIN + LONG, resting('Abort', 20), route),
    quiet('stopped, and on the way back', BEGIN + forMinutes - 1, {
      ...resting('Abort', 20),
      ...weights(over([20, BEGIN + forMinutes - 2], [0, 200])),
    }),
    fires('no release, and a weight', BEGIN + LONG, resting('Completed', 20), route),
    quiet('all steps done, and the old version leaves', BEGIN + LONG, {
      ...resting('Progressing', 100),
      ...stepSeries(over([steps.length, 200])),
    }),
    quiet('refused', BEGIN + LONG, resting('InvalidSpec', 20)),
    quiet('nothing tells the steps', BEGIN + LONG, {
      ...resting('Progressing', 20),
      ...stepSeries(over(['gone', 200])),
    }),
  ];
  const setBack = fires(
    'set back by somebody',
    inStep(pause),
    { ...release, ...weights(course(), course({ at: pause, weight: 0 })) },
    route,
  );

  test('the canary is where the configuration looks for it', () => {
    const [kind, path] = PLACES[key] ?? [];
    if (kind === undefined || path === undefined) return;
    const routes = listAt(only(objects, kind), path).filter(
      (route) => !/^(early-access|shadow|canary-)/.test(textAt(route, 'name') ?? ''),
    );
    expect(routes.length).toBeGreaterThan(0);
    for (const one of routes) {
      const [, second] = [...listAt(one, 'route'), ...listAt(one, 'backendRefs')];
      const labels = ['destination.subset', 'destination.host', 'name'].map((field) => textAt(second, field) ?? '');
      expect(labels.some((label) => /(^|-)canary([.]|$)/.test(label))).toBe(true);
    }
  });

  describeWith(promtool === undefined ? ['promtool'] : [])('on Prometheus', () => {
    let prometheus: Promtool;
    beforeAll(() => {
      prometheus = new Promtool(promtool ?? '', prometheusRule(scope, []));
    });
    afterAll(() => prometheus.remove());

    test('what it tells, and what not', () => {
      const all = weightSeries(name) === undefined ? cases : [...cases, setBack];
      expect(prometheus.try('WeightsDiffer', 0, all)).toContain('SUCCESS');
    });

    test('a good release wakes nobody, whatever its steps are', () => {
      const minutes = Array.from({ length: end + 20 }, (_, minute) => minute);
      const expectations = minutes.map((at) => prometheus.expectation('WeightsDiffer', at, undefined));
      expect(prometheus.run({ series: { ...release, ...weights(course()) }, expectations })).toContain('SUCCESS');
    });

    test('two kube-state-metrics that overlap change nothing', () => {
      const doubled = (series: Series): Series =>
        Object.fromEntries(
          Object.entries(series).flatMap(([one, values]) => [
            [one, values],
            [one.replace('{', '{pod="second",'), values],
          ]),
        );
      const wrong = { ...release, ...weights(course({ at: pause, weight: 77 })) };
      const told = prometheus.expectation('WeightsDiffer', inStep(pause), route);
      expect(prometheus.run({ series: doubled(wrong), expectations: [told] })).toContain('SUCCESS');
    });
  });
});

describe('without the setting', () => {
  const scope = scopeOf('canary-istio', { 'platform/alerts': undefined });

  test('nothing is asked and nothing recorded', () => {
    const text = JSON.stringify(prometheusRule(scope, []));
    expect(text).not.toContain('WeightsDiffer');
    expect(text).not.toContain('step_weight');
    expect(text).toContain('TrafficOnTwoVersions');
  });

  test('with it the configuration stands where Argo CD does not look, and nothing is wrong with it', () => {
    const { platform, environment } = scopeOf('canary-istio');
    const file = renderEnvironment(platform, environment).find(({ path }) => path.includes('release-metrics'));
    expect([file?.path, file?.findings]).toEqual(['production/monitoring/release-metrics.yaml', []]);
    const kinds = parseAllDocuments(file?.text ?? '').map((document) => textAt(document.toJS(), 'kind'));
    expect(kinds).toEqual(['ConfigMap', 'ClusterRole', 'ClusterRoleBinding']);
  });

  test('no configuration is rendered', () => {
    const paths = renderEnvironment(scope.platform, scope.environment).map(({ path }) => path);
    expect(paths.filter((path) => path.includes('/monitoring/'))).toEqual([]);
  });
});
