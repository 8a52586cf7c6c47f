import type { BadCatalog } from '../bad-catalog';
import { ALB, abTest, canary, PLAIN, ROLLING, TARGET_GROUPS } from './edits';
import { WEB } from './places';

/** What strategies and routers refuse. */
export const STRATEGIES_AND_ROUTERS: readonly BadCatalog[] = [
  {
    name: 'a field of another strategy',
    edit: { ...PLAIN, [`${WEB}/strategy`]: { kind: 'rolling', steps: [{ setWeight: 10 }] } },
    told: [['CAT049', 'services.web.strategy.steps']],
    says: 'the strategy rolling on the router istio has no "steps"',
  },
  {
    name: 'a field of another router',
    edit: { ...ROLLING, ...ALB, [`${WEB}/routing`]: { router: 'alb', hosts: ['a.example'], retries: { attempts: 1 } } },
    told: [['CAT049', 'services.web.routing.retries']],
  },
  {
    name: 'a first step of a rolling background',
    edit: {
      [`${WEB}/strategy`]: { kind: 'rolling', background: { gates: ['restarts'], startingStep: 1 } },
      [`${WEB}/gates`]: { restarts: { kind: 'restarts', failureLimit: 0 } },
    },
    told: [['CAT049', 'services.web.strategy.background.startingStep']],
  },
  {
    name: 'splitting where nothing is split',
    edit: { ...ROLLING, [`${WEB}/routing/splitting`]: 'host' },
    told: [['CAT049', 'services.web.routing.splitting']],
  },
  {
    name: 'blue/green on a load balancer that has a window without targets',
    edit: { ...PLAIN, ...ALB, [`${WEB}/strategy`]: { kind: 'blueGreen' }, [`${WEB}/routing/router`]: 'alb' },
    told: [['CAT050', 'services.web.strategy.kind']],
    hint: 'routers that carry blueGreen: istio, albTargetGroups, gatewayApi, none',
  },
  {
    name: 'a mirror where nothing copies requests',
    edit: {
      ...canary(
        { setWeight: 10 },
        { mirrorRoute: { route: 'shadow', percent: 10 } },
        { pause: { durationSeconds: 60 } },
      ),
      ...ALB,
      [`${WEB}/routing/router`]: 'alb',
    },
    told: [['CAT051', 'services.web.strategy.steps[1].mirrorRoute']],
    says: 'only Istio copies requests',
  },
  {
    name: 'a canary header on a load balancer',
    edit: {
      ...canary({ setWeight: 10 }, { pause: {} }),
      ...ALB,
      [`${WEB}/routing`]: { router: 'alb', hosts: ['a.example'], canaryHeader: {} },
    },
    told: [['CAT051', 'services.web.routing.canaryHeader']],
  },
  {
    name: 'gRPC behind a load balancer without HTTPS',
    edit: {
      ...ALB,
      'services/api/strategy': { kind: 'rolling' },
      'services/api/routing': { router: 'alb', port: 'grpc', hosts: ['api.example.com'] },
    },
    told: [['CAT051', 'services.api.routing.alb']],
    hint: 'routing.alb.certificates',
  },
  {
    name: 'one host of two services at one load balancer',
    edit: {
      ...ROLLING,
      ...ALB,
      'environments/staging': undefined,
      [`${WEB}/routing`]: { router: 'alb', hosts: ['a.example'] },
      'services/api/strategy': { kind: 'rolling' },
      'services/api/routing': {
        router: 'alb',
        port: 'http',
        hosts: ['a.example'],
        alb: { groupName: 'shop-production' },
      },
    },
    told: [['CAT046', 'services.web.routing.hosts[0]']],
    says: 'api in production and web in production both serve a.example',
  },
  {
    name: 'a router of proxies without proxies',
    edit: { ...ROLLING, [`${WEB}/routing/mesh`]: false },
    told: [['CAT051', 'services.web.routing.mesh']],
  },
  {
    name: 'an experiment that gets no requests',
    edit: {
      [`${WEB}/strategy`]: { steps: [{ experiment: { durationSeconds: 300, gates: ['errors'] } }, { setWeight: 10 }] },
    },
    told: [['CAT051', 'services.web.strategy.steps[0].experiment']],
    hint: 'set its weight',
  },
  {
    name: 'an experiment of a service with two ports',
    edit: {
      [`${WEB}/strategy`]: {
        steps: [{ experiment: { durationSeconds: 300, weight: 5, gates: ['errors'] } }, { setWeight: 10 }],
      },
      [`${WEB}/ports/admin`]: { port: 9000, protocol: 'tcp' },
    },
    told: [['CAT051', 'services.web.strategy.steps[0].experiment']],
    says: 'which of the ports is meant',
  },
  {
    name: 'an experiment of a service whose port does not say what it speaks',
    edit: {
      [`${WEB}/strategy`]: {
        steps: [{ experiment: { durationSeconds: 300, weight: 5, gates: ['errors'] } }, { setWeight: 10 }],
      },
      [`${WEB}/ports/http/protocol`]: 'grpc',
    },
    told: [['CAT051', 'services.web.strategy.steps[0].experiment']],
    hint: 'call the port grpc',
  },
  {
    name: 'a weight that three pods cannot give',
    edit: {
      ...canary({ setWeight: 10 }, { pause: {} }),
      [`${WEB}/routing`]: { router: 'none' },
      [`${WEB}/replicas`]: 3,
    },
    told: [['CAT052', 'services.web.strategy.steps[0].setWeight']],
    says: '10 % becomes 25 %: 1 of 4 pods; 3 pods give shares in steps of 33 %',
  },
  {
    name: 'an old version that is gone before the gates have spoken',
    edit: { [`${WEB}/strategy`]: { kind: 'blueGreen', blueGreen: { postPromotionGates: ['errors'] } } },
    told: [['CAT053', 'services.web.strategy.scaleDownDelaySeconds']],
    hint: 'use at least 90',
  },
  {
    name: 'gates about requests that nobody measures',
    edit: { [`${WEB}/routing`]: { router: 'none' }, [`${WEB}/replicas`]: 10 },
    told: [
      ['CAT054', 'services.web.strategy.steps[2].analysis[0]'],
      ['CAT054', 'services.web.strategy.background.gates[0]'],
    ],
  },
  {
    name: 'gates about requests that do not arrive',
    edit: { [`${WEB}/strategy`]: { kind: 'blueGreen', blueGreen: { prePromotionGates: ['errors'] } } },
    told: [['CAT054', 'services.web.strategy.blueGreen.prePromotionGates[0]']],
  },
  {
    name: 'metrics that nobody reads',
    edit: { [`${WEB}/requestMetrics`]: { requests: 'http_requests_total' } },
    told: [['CAT054', 'services.web.requestMetrics']],
  },
  {
    name: 'colours that are not a hundred',
    edit: {
      ...PLAIN,
      ...ALB,
      [`${WEB}/strategy`]: { kind: 'blueGreen' },
      [`${WEB}/routing`]: { ...TARGET_GROUPS, targetGroups: { weights: { blue: 90 }, colours: {} } },
      'environments/staging/services': { web: { routing: { targetGroups: { weights: { green: 20 } } } } },
    },
    told: [
      ['CAT055', 'environments.staging.services.web.routing.targetGroups.weights'],
      ['CAT055', 'services.web.routing.targetGroups.weights'],
    ],
  },
  {
    name: 'variants of more than all users',
    edit: abTest({ variants: { a: { version: '1', percent: 60 }, b: { version: '2', percent: 50 } } }),
    told: [['CAT055', 'services.web.strategy.abTest.variants']],
  },
  {
    name: 'a variant that nobody comes into',
    edit: abTest({ variants: { b: { version: '2' } } }),
    told: [['CAT056', 'services.web.strategy.abTest.variants.b']],
  },
  {
    name: 'two variants by one header',
    edit: abTest({
      variants: {
        a: { version: '1', header: { name: 'X-V', value: 'x' } },
        b: { version: '2', header: { name: 'x-v', value: 'x' } },
      },
    }),
    told: [['CAT056', 'services.web.strategy.abTest.variants.b']],
  },
  {
    name: 'a gate that does not compare a variant',
    edit: {
      [`${WEB}/strategy`]: {
        kind: 'abTest',
        abTest: { variants: { b: { version: '2', percent: 5 } }, gates: ['errors'] },
      },
    },
    told: [['CAT025', 'services.web.strategy.abTest.gates[0]']],
  },
  {
    name: 'a gate that compares with nothing',
    edit: {
      [`${WEB}/gates/errors/relative`]: true,
      [`${WEB}/strategy`]: { kind: 'blueGreen', blueGreen: { prePromotionGates: ['errors'] } },
    },
    told: [
      ['CAT025', 'services.web.strategy.blueGreen.prePromotionGates[0]'],
      ['CAT054', 'services.web.strategy.blueGreen.prePromotionGates[0]'],
    ],
    hint: 'ask it at the steps of a canary',
  },
  {
    name: 'a gate that compares with a stable version that gets nothing any more',
    edit: {
      [`${WEB}/gates/errors/relative`]: true,
      [`${WEB}/strategy/steps`]: [{ setWeight: 100 }, { pause: { durationSeconds: 60 } }, { analysis: ['errors'] }],
    },
    told: [
      ['CAT054', 'services.web.strategy.steps[2]'],
      ['CAT054', 'services.web.strategy.background.gates'],
    ],
    says: 'compares with the stable version, which gets no requests at 100 %',
  },
  {
    name: 'a pod that ends before its target',
    edit: {
      ...ROLLING,
      ...ALB,
      [`${WEB}/routing`]: { router: 'alb', hosts: ['a.example'], alb: { deregistrationDelaySeconds: 30 } },
    },
    told: [['CAT057', 'services.web.shutdown.preStopSeconds']],
    hint: 'use at least 35',
  },
  {
    name: 'a DNS record that lives for long',
    edit: { [`${WEB}/routing/route53`]: { weight: 10, target: 'lb.example.com', ttlSeconds: 300 } },
    told: [['CAT058', 'services.web.routing.route53.ttlSeconds']],
    says: 'no step of a release and no abort moves it',
  },
  {
    name: 'more requests than the pods of the canary can take',
    edit: { ...canary({ canaryScale: { replicas: 1 } }, { setWeight: 90 }, { pause: {} }), [`${WEB}/replicas`]: 10 },
    told: [['CAT059', 'services.web.strategy.steps[1].setWeight']],
    hint: '"matchWeight": true',
  },
  {
    name: 'a share of pods beside an autoscaler',
    edit: {
      ...canary({ canaryScale: { percent: 50 } }, { setWeight: 50 }, { pause: {} }),
      [`${WEB}/autoscaling`]: { minReplicas: 4, maxReplicas: 9, targetCpuPercent: 70 },
    },
    told: [['CAT059', 'services.web.strategy.steps[0].canaryScale']],
  },
  {
    name: 'a route before there is a pod',
    edit: canary({ headerRoute: { route: 'early', header: { name: 'x', value: 'y' } } }, { setWeight: 10 }),
    told: [['CAT032', 'services.web.strategy.steps[0]']],
  },
  {
    name: 'a route of a step that is called like one that is always there',
    edit: canary(
      { setWeight: 10 },
      { headerRoute: { route: 'primary', header: { name: 'x', value: 'y' } } },
      { pause: {} },
    ),
    told: [['CAT069', 'services.web.strategy.steps[1].headerRoute.route']],
  },
  {
    name: 'a variant that is called like another service',
    edit: { ...abTest({ variants: { b: { version: '2', percent: 5 } } }), 'services/api/name': 'web-b' },
    told: [['CAT069', 'services.web.strategy.abTest.variants.b']],
  },
  {
    name: 'a variant whose name is too long with that of the service',
    edit: { ...abTest({ variants: { b: { version: '2', percent: 5 } } }), [`${WEB}/name`]: `w${'e'.repeat(40)}` },
    told: [['CAT069', 'services.web.strategy.abTest.variants.b']],
  },
  {
    name: 'a Service of a release that is called like another service',
    edit: { ...PLAIN, [`${WEB}/strategy`]: { kind: 'blueGreen' }, 'services/api/name': 'web-preview' },
    told: [['CAT069', 'services.web.name']],
  },
  {
    name: 'a variant whose version cannot be compared with the release of a contract',
    edit: {
      'services/api/strategy': { kind: 'abTest', abTest: { variants: { b: { version: 'beta', percent: 5 } } } },
    },
    told: [
      ['CAT063', 'services.api.migrations.contracts["2"].release'],
      ['CAT063', 'services.api.migrations.contracts["2"].release'],
    ],
    says: 'version beta of api in production',
  },
  {
    name: 'a variant that is called like the control',
    edit: abTest({ variants: { control: { version: '2', percent: 5 } } }),
    told: [['CAT069', 'services.web.strategy.abTest.variants.control']],
  },
  {
    name: 'a pace at which nothing moves',
    edit: { ...PLAIN, [`${WEB}/strategy`]: { kind: 'rolling', maxSurge: '0%' } },
    told: [['CAT070', 'services.web.strategy.maxSurge']],
  },
  {
    name: 'a gate that a rolling release outruns',
    edit: { [`${WEB}/strategy`]: { kind: 'rolling', maxSurge: '100%', background: { gates: ['errors'] } } },
    told: [['CAT072', 'services.web.strategy.background.gates[0]']],
    says: 'gate "errors" needs 30 s to fail, and the pods are exchanged in 15 s',
  },
  {
    name: 'splitting by host with pods that stay after an abort',
    edit: { [`${WEB}/routing/splitting`]: 'host' },
    told: [['CAT071', 'services.web.strategy.abortScaleDownDelaySeconds']],
  },
  {
    name: 'a release that waits where lowOverhead has left no stable pod',
    edit: {
      ...canary({ setWeight: 50 }, { setWeight: 100 }, { pause: { durationSeconds: 60 } }),
      [`${WEB}/replicas`]: 5,
      [`${WEB}/strategy/optimizeFor`]: 'lowOverhead',
    },
    told: [['CAT110', 'services.web.strategy.steps[2]']],
    hint: 'optimize for fastRollback',
  },
  {
    name: 'old pods that are to stay, and that lowOverhead takes away',
    edit: {
      ...canary({ setWeight: 50 }, { pause: {} }),
      [`${WEB}/replicas`]: 5,
      [`${WEB}/strategy/optimizeFor`]: 'lowOverhead',
      [`${WEB}/strategy/scaleDownDelaySeconds`]: 60,
    },
    told: [['CAT111', 'services.web.strategy.scaleDownDelaySeconds']],
  },
  {
    name: 'replicas of which one is a large share for lowOverhead',
    edit: {
      ...canary({ setWeight: 50 }, { pause: {} }),
      [`${WEB}/replicas`]: 4,
      [`${WEB}/strategy/optimizeFor`]: 'lowOverhead',
    },
    told: [['CAT116', 'services.web.replicas']],
    says: 'with 4 replicas lowOverhead needs up to 1 more pod, 25 % of them',
    hint: 'with 5 replicas, or 10 and more',
  },
  {
    name: 'replicas of which none is a whole percent for lowOverhead',
    edit: {
      ...canary({ setWeight: 50 }, { pause: {} }),
      [`${WEB}/autoscaling`]: { minReplicas: 7, maxReplicas: 20, targetCpuPercent: 60 },
      [`${WEB}/replicas`]: undefined,
      [`${WEB}/resources`]: { requests: { cpu: '100m' } },
      [`${WEB}/strategy/optimizeFor`]: 'lowOverhead',
    },
    told: [['CAT116', 'services.web.autoscaling.minReplicas']],
    says: 'up to 2 more pods, 29 % of them',
  },
  {
    name: 'a step that brings more pods than lowOverhead is for',
    edit: {
      ...canary({ canaryScale: { replicas: 5 } }, { setWeight: 50 }, { pause: {} }),
      [`${WEB}/replicas`]: 10,
      [`${WEB}/strategy/optimizeFor`]: 'lowOverhead',
    },
    told: [['CAT117', 'services.web.strategy.steps[0]']],
    says: 'canaryScale brings 5 pods beside the 10 of the steady state, 50 % more',
  },
  {
    name: 'pods that follow the weight where the pods are the weight',
    edit: {
      ...canary({ setWeight: 50 }, { pause: {} }),
      [`${WEB}/routing`]: { router: 'none' },
      [`${WEB}/strategy/optimizeFor`]: 'lowOverhead',
    },
    told: [['CAT049', 'services.web.strategy.optimizeFor']],
  },
];
