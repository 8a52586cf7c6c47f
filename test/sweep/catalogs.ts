import fc from 'fast-check';
import { can, PAIRS } from '../../lib/catalog/capabilities';
import { ROUTERS, STRATEGIES } from '../../lib/catalog/kinds';
import type { ServiceSettings } from '../../lib/catalog/schema/catalog';
import { PRESETS } from '../../lib/catalog/schema/steps';
import type { RouterKind, StrategyKind } from '../../lib/catalog/service';

type Strategy = NonNullable<ServiceSettings['strategy']>;
type Steps = NonNullable<Strategy['steps']>;
type Gates = NonNullable<ServiceSettings['gates']>;

/** Catalogs of one service, of every pair that is carried, with whatever else a service may say; each is valid. */
export function catalogs(): fc.Arbitrary<object> {
  const pairs = STRATEGIES.flatMap((strategy) =>
    ROUTERS.filter((router) => 'can' in PAIRS[strategy][router]).map((router) => ({ strategy, router })),
  );
  return fc.constantFrom(...pairs).chain(({ strategy, router }) => service(strategy, router).map(catalogOf));
}

const catalogOf = (service: object): object => ({
  platform: {
    name: 'shop',
    registry: 'registry.example.com/shop',
    prometheus: { address: 'http://prometheus.monitoring:9090' },
    istio: { gateways: ['istio-ingress/public'] },
    alb: { sourceCidrs: ['10.0.0.0/20'] },
    gatewayApi: { gateways: ['gateway-system/public'] },
    argocd: { repository: 'https://git.example.com/shop/platform.git' },
  },
  environments: { production: { namespace: 'shop', cluster: { name: 'production' }, versions: { web: '1.9.0' } } },
  services: { web: service },
});

/** Gates by where they can be asked; those about requests need somebody who counts them. */
const POD_GATES: Gates = {
  restarts: { kind: 'restarts', failureLimit: 0, intervalSeconds: 10 },
  'ready-pods': { kind: 'readyPods', atLeast: 0.8, count: 4, intervalSeconds: 15 },
  cpu: { kind: 'cpu', atMost: 0.9, of: 'requests' },
  memory: { kind: 'memory', atMost: 0.9, initialDelaySeconds: 30 },
  own: { kind: 'query', query: 'sum(queue_length{rollouts_pod_template_hash="{{args.canary-hash}}"})', atMost: 10 },
};
const REQUEST_GATES: Gates = {
  errors: { kind: 'errorRate', atMost: 0.02, minRequests: 5 },
  good: { kind: 'successRate', atLeast: 0.98, windowSeconds: 120 },
  latency: { kind: 'latency', atMostSeconds: 0.4, quantile: 0.99 },
};
const RELATIVE: Gates = {
  worse: { kind: 'errorRate', atMost: 0.01, relative: true, failureLimit: 0 },
  slower: { kind: 'latency', atMostSeconds: 0.1, relative: true, failureLimit: 0 },
};
const ALL_GATES: Gates = { ...POD_GATES, ...REQUEST_GATES, ...RELATIVE };
const POD_NAMES = Object.keys(POD_GATES);
const COUNTED = [...POD_NAMES, ...Object.keys(REQUEST_GATES)];

const some = (names: readonly string[]): fc.Arbitrary<string[]> =>
  fc.subarray([...names], { minLength: 1, maxLength: 3 });
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
const between = (min: number, max: number) => fc.integer({ min, max });

/** A record without the fields that were left out. */
const compact = (record: object): object =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));

function service(strategy: StrategyKind, router: RouterKind): fc.Arbitrary<object> {
  return fc
    .record({
      strategy: strategyOf(strategy, router),
      routing: routingOf(strategy, router),
      surroundings: surroundings(router),
      replicas: router === 'none' ? fc.constantFrom(10, 20) : between(4, 20),
      autoscaled: fc.boolean(),
    })
    .map(({ strategy: release, routing, surroundings: around, replicas, autoscaled }) => {
      const text = JSON.stringify(release);
      const gates = Object.entries(ALL_GATES).filter(([name]) =>
        text.includes('"preset"') ? COUNTED.includes(name) : text.includes(`"${name}"`),
      );
      // An experiment on Istio wants one port, of plain HTTP.
      const onePort = text.includes('experiment') ? { ports: { http: { port: 80, metricsPath: '/metrics' } } } : {};
      // An autoscaler's pods are not known, so that no share of them can be asked for.
      const scale =
        autoscaled && !text.includes('canaryScale') && router !== 'none'
          ? { autoscaling: { minReplicas: replicas, maxReplicas: replicas + 10, targetCpuPercent: 70 } }
          : { replicas };
      return { ...around, ...onePort, ...scale, strategy: release, routing, gates: Object.fromEntries(gates) };
    });
}

function strategyOf(kind: StrategyKind, router: RouterKind): fc.Arbitrary<object> {
  const common = fc.record({
    antiAffinity: maybe(fc.constantFrom('none', 'preferred', 'required')),
    minReadySeconds: between(10, 60),
    progressDeadlineSeconds: between(120, 1200),
    revisionHistoryLimit: between(3, 10),
    rollbackWindowRevisions: maybe(between(1, 3)),
  });
  const pace = fc.record({
    maxSurge: maybe(fc.constantFrom('1', '25%', '100%')),
    maxUnavailable: maybe(fc.constantFrom('0', '1', '10%')),
  });
  const delays = fc.record({
    scaleDownDelaySeconds: maybe(between(200, 900)),
    abortScaleDownDelaySeconds: fc.constant(1),
  });
  const join = (...parts: readonly fc.Arbitrary<object>[]): fc.Arbitrary<object> =>
    fc.tuple(...parts).map((values) => compact(Object.assign({ kind }, ...values.map(compact))));
  switch (kind) {
    case 'rolling':
      return join(common, pace, fc.record({ background: maybe(fc.constant({ gates: ['restarts'] })) }));
    case 'blueGreen':
      return router === 'albTargetGroups' ? join(common, pace) : join(common, delays, blueGreen());
    case 'canary':
      return join(common, router === 'none' ? pace : delays, canary(router));
    case 'abTest':
      return join(common, pace, abTest(router));
  }
}

const blueGreen = () =>
  fc
    .record({
      promotion: maybe(fc.constantFrom('automatic', 'manual')),
      previewReplicas: maybe(between(1, 4)),
      prePromotionGates: maybe(some(POD_NAMES)),
      postPromotionGates: maybe(some(COUNTED)),
    })
    .map((one) => ({
      blueGreen: compact(one),
      ...(one.postPromotionGates === undefined ? {} : { scaleDownDelaySeconds: 600 }),
    }));

function canary(router: RouterKind): fc.Arbitrary<object> {
  // Without a router only whole pods are shares.
  const weight = router === 'none' ? fc.constantFrom(10, 20, 30, 50, 100) : between(1, 100);
  const round = fc
    .tuple(weight, between(60, 600), maybe(some(COUNTED)))
    .map(
      ([setWeight, durationSeconds, analysis]): Steps => [
        { setWeight },
        { pause: { durationSeconds } },
        ...(analysis === undefined ? [] : [{ analysis }]),
      ],
    );
  const rounds = fc.array(round, { minLength: 1, maxLength: 4 }).map((list) => list.flat());
  const steps = fc.tuple(opening(router), rounds).map(([first, rest]) => ({ steps: [...first, ...rest] }));
  const preset = fc.constantFrom(...PRESETS).map((name) => ({ preset: name }));
  const background = maybe(fc.constantFrom(['restarts'], ['restarts', 'errors'])).map((gates) =>
    gates === undefined ? {} : { background: { gates } },
  );
  return fc
    .tuple(router === 'none' ? steps : fc.oneof({ weight: 3, arbitrary: steps }, preset), background)
    .map(([main, beside]) => ({ ...main, ...beside }));
}

/** What a router can do before it splits. */
function opening(router: RouterKind): fc.Arbitrary<Steps> {
  const parts: Steps[number][] = [];
  const add = (capability: Parameters<typeof can>[2], step: Steps[number]) => {
    if (can('canary', router, capability)) parts.push(step);
  };
  add('headerRoute', { headerRoute: { route: 'early', header: { name: 'x-early', value: 'yes' } } });
  add('mirror', { mirrorRoute: { route: 'shadow', percent: 20 } });
  const weighted = router === 'istio' ? { weight: 5 } : {};
  add('experiment', { experiment: { durationSeconds: 300, gates: ['worse', 'slower'], ...weighted } });
  const scaled = can('canary', router, 'canaryScale');
  return fc
    .subarray(parts)
    .map((chosen) =>
      scaled && chosen.length > 0
        ? [{ canaryScale: { replicas: 1 } }, ...chosen, { canaryScale: { matchWeight: true } }]
        : chosen,
    );
}

function abTest(router: RouterKind): fc.Arbitrary<object> {
  const able = (capability: Parameters<typeof can>[2]) => can('abTest', router, capability);
  const variant = (name: string) =>
    fc.record({
      version: fc.constantFrom('1.9.0-b1', `1.8.0@sha256:${'0'.repeat(64)}`),
      replicas: maybe(between(3, 9)),
      percent: able('sticky') ? maybe(between(1, 40)) : fc.constant(undefined),
      header: fc.constant({ name: 'x-variant', value: name }),
      cookie: able('cookie') ? maybe(fc.constant({ name: 'beta', value: name })) : fc.constant(undefined),
    });
  return fc
    .record({
      variants: fc
        .tuple(variant('a'), maybe(variant('b')))
        .map(([a, b]) => compact({ a: compact(a), b: b && compact(b) })),
      cookie: maybe(fc.record({ name: fc.constant('test-1'), secure: fc.boolean() })),
      gates: maybe(fc.constantFrom(['worse'], ['slower'], ['worse', 'slower'])),
    })
    .map((test) => ({ abTest: compact(test) }));
}

function routingOf(strategy: StrategyKind, router: RouterKind): fc.Arbitrary<object> {
  const hosts =
    router === 'none'
      ? fc.constant(undefined)
      : fc.subarray(['a.example.com', 'b.example.com'], { minLength: router === 'istio' ? 0 : 1 });
  const route53 = fc.constant({ weight: 10, target: 'lb.eu-central-1.elb.amazonaws.com' });
  // The plugin takes the rule of the header away where steps make routes.
  const header = can(strategy, router, 'header') && strategy !== 'abTest' && router !== 'gatewayApi';
  return fc
    .record({
      router: fc.constant(router),
      hosts,
      mesh: router === 'istio' ? fc.constant(undefined) : maybe(fc.boolean()),
      canaryHeader: header ? maybe(fc.constant({ name: 'X-Canary' })) : fc.constant(undefined),
      splitting:
        router === 'istio' && strategy === 'canary' ? maybe(fc.constantFrom('subset', 'host')) : fc.constant(undefined),
      timeoutSeconds: router === 'istio' || router === 'gatewayApi' ? maybe(between(1, 60)) : fc.constant(undefined),
      alb: router === 'alb' || router === 'albTargetGroups' ? albSettings(router) : fc.constant(undefined),
      targetGroups: router === 'albTargetGroups' ? targetGroups() : fc.constant(undefined),
      route53: maybe(route53),
    })
    .map((one) =>
      compact({ ...one, route53: one.hosts === undefined || one.hosts.length === 0 ? undefined : one.route53 }),
    );
}

const albSettings = (router: RouterKind) =>
  fc
    .record({
      // With them gRPC and HTTP/2 can be spoken.
      certificates: fc.constant(['arn:aws:acm:eu-central-1:123456789012:certificate/0b2c9a2e']),
      scheme: maybe(fc.constantFrom('internal', 'internet-facing')),
      deregistrationDelaySeconds: maybe(between(0, 10)),
      healthCheckPath: maybe(fc.constant('/ready')),
      // Without it a rule warns.
      pingPong: router === 'alb' ? maybe(fc.constant(true)) : fc.constant(undefined),
    })
    .map(compact);

const targetGroups = () =>
  fc
    .record({ managedBy: fc.constantFrom('ingress', 'terraform'), blue: between(0, 100), version: fc.boolean() })
    .map(({ managedBy, blue, version }) =>
      compact({
        managedBy,
        weights: { blue, green: 100 - blue },
        colours: { blue: version ? { version: '1.8.2' } : { replicas: 3 } },
        terraform:
          managedBy === 'terraform'
            ? {
                vpcId: 'vpc-0a1b2c3d',
                listenerArn:
                  'arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/public/50dc6c495c0c9188/f2f7dc8efc522ab2',
                priority: 10,
              }
            : undefined,
      }),
    );

/** The rest of a service: what any of them may say. */
function surroundings(router: RouterKind): fc.Arbitrary<object> {
  const protocol = fc.constantFrom(...(router === 'gatewayApi' ? ['http', 'http2'] : ['http', 'http2', 'grpc']));
  return fc
    .record({
      protocol,
      containerPort: fc.constantFrom(80, 8080),
      second: fc.boolean(),
      config: maybe(fc.constant({ LOG_LEVEL: 'info' })),
      secrets: maybe(fc.constant({ TOKEN: { existing: { name: 'web-token', key: 'token' } } })),
      preStopSeconds: between(15, 60),
      drainSeconds: between(10, 60),
      callers: fc.subarray(['batch', 'tools']),
      probe: fc.constantFrom('http', 'tcp', 'grpc'),
    })
    .map(({ protocol: spoken, containerPort, second, config, secrets, preStopSeconds, drainSeconds, callers, probe }) =>
      compact({
        ports: {
          http: { port: 80, containerPort, protocol: spoken, metricsPath: '/metrics' },
          ...(second ? { admin: { port: 9000, protocol: 'tcp' } } : {}),
        },
        requestMetrics: { requests: 'http_requests_total', durationBuckets: 'http_request_seconds_bucket' },
        resources: { requests: { cpu: '250m', memory: '256Mi' }, limits: { cpu: '1', memory: '512Mi' } },
        probes: { readiness: { kind: probe } },
        config,
        secrets,
        shutdown: { preStopSeconds, drainSeconds },
        allowedCallers: { namespaces: callers },
      }),
    );
}
