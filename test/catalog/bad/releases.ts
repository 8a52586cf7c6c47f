import type { BadCatalog } from '../bad-catalog';
import { API, GATE, WEB } from './places';

/** The same, of gates, steps and migrations. */
export const RELEASES: readonly BadCatalog[] = [
  {
    name: 'a percentage for a share',
    edit: { [`${GATE}/atMost`]: 5 },
    told: [['CAT024', 'services.web.gates.errors.atMost']],
    hint: 'write 0.05 for 5 %',
  },
  {
    name: 'two bounds',
    edit: { [GATE]: { kind: 'query', query: 'up{hash="{{args.canary-hash}}"}', atMost: 1, atLeast: 0 } },
    told: [['CAT024', 'services.web.gates.errors']],
    says: 'has two bounds',
  },
  {
    name: 'a field of another kind of gate',
    edit: { [`${GATE}/quantile`]: 0.9 },
    told: [['CAT025', 'services.web.gates.errors.quantile']],
    hint: 'it has: atMost, windowSeconds, minRequests',
  },
  {
    name: 'a probe of a port that there is not',
    edit: { [`${WEB}/probes`]: { readiness: { port: 'htpp' } } },
    told: [['CAT026', 'services.web.probes.readiness.port']],
    hint: 'did you mean "http"?',
  },
  {
    name: 'routing of a port that there is not',
    edit: { [`${WEB}/routing/port`]: 'metrics' },
    told: [['CAT026', 'services.web.routing.port']],
    hint: 'the ports are: http',
  },
  { name: 'two services of one name', edit: { [`${WEB}/name`]: 'api' }, told: [['CAT027', 'services.web']] },
  {
    name: 'more pods at the least than at the most',
    edit: { [`${WEB}/autoscaling`]: { minReplicas: 5, maxReplicas: 3, targetCpuPercent: 60 } },
    told: [['CAT028', 'services.web.autoscaling.minReplicas']],
  },
  {
    name: 'a request above its limit, in other units',
    edit: { [`${WEB}/resources`]: { requests: { memory: '1Gi' }, limits: { memory: '1000M' } } },
    told: [['CAT029', 'services.web.resources.requests.memory']],
  },
  {
    name: 'an autoscaler without a target',
    edit: { [`${WEB}/autoscaling`]: { minReplicas: 2, maxReplicas: 3 } },
    told: [['CAT030', 'services.web.autoscaling']],
  },
  {
    name: 'one variable from two sources',
    edit: { [`${WEB}/config/TOKEN`]: 'x' },
    told: [['CAT031', 'services.web.secrets.TOKEN']],
  },
  {
    name: 'steps without traffic',
    edit: { [`${WEB}/strategy/steps`]: [{ pause: {} }, { setWeight: 0 }] },
    told: [['CAT032', 'services.web.strategy.steps']],
  },
  {
    name: 'a gate before there is traffic',
    edit: {
      [`${WEB}/strategy/steps`]: [{ analysis: ['errors'] }, { setWeight: 10 }],
      [`${WEB}/traffic`]: { requestsPerSecond: 100 },
    },
    told: [['CAT032', 'services.web.strategy.steps[0]']],
  },
  {
    name: 'a background behind the last step',
    edit: { [`${WEB}/strategy/background/startingStep`]: 3 },
    told: [['CAT033', 'services.web.strategy.background.startingStep']],
    hint: 'use at most 2',
  },
  {
    name: 'a window of less than two scrapes',
    edit: { [`${GATE}/windowSeconds`]: 20 },
    told: [['CAT034', 'services.web.gates.errors.windowSeconds']],
  },
  {
    name: 'a scrape interval longer than half a window, which is a default',
    edit: { 'platform/prometheus/scrapeIntervalSeconds': 60 },
    told: [['CAT034', 'services.web.gates.errors.windowSeconds']],
  },
  {
    name: 'a gate that forgives every failure',
    edit: { [`${GATE}/failureLimit`]: 3 },
    told: [['CAT035', 'services.web.gates.errors.failureLimit']],
    hint: 'use at most 2',
  },
  {
    name: 'a gate that passes without an answer',
    edit: { [`${GATE}/inconclusiveLimit`]: 2 },
    told: [['CAT036', 'services.web.gates.errors.inconclusiveLimit']],
    hint: 'use at most 1',
  },
  {
    name: 'two environments in one place',
    edit: { 'environments/staging/cluster/name': 'production' },
    told: [
      ['CAT037', 'environments.staging'],
      ['CAT046', 'services.web.routing.hosts[0]'],
    ],
  },
  {
    name: 'a host that no gateway serves',
    edit: { 'platform/istio': undefined },
    told: [['CAT038', 'services.web.routing.hosts']],
  },
  {
    name: 'a gate that nothing uses',
    edit: { [`${WEB}/gates/idle`]: { kind: 'restarts' } },
    told: [['CAT039', 'services.web.gates.idle']],
  },
  {
    name: 'a query that looks at both versions',
    edit: { [GATE]: { kind: 'query', query: 'sum(up{app="web"})', atMost: 1 } },
    told: [['CAT040', 'services.web.gates.errors.query']],
  },
  {
    name: 'a query of an argument that nothing passes',
    edit: { [GATE]: { kind: 'query', query: 'up{hash="{{args.canary-hash}}",ns="{{args.namespace}}"}', atMost: 1 } },
    told: [['CAT040', 'services.web.gates.errors.query']],
    says: '{{args.namespace}}',
  },
  {
    name: 'a query that asks nothing',
    edit: { [GATE]: { kind: 'query', atMost: 1 } },
    told: [['CAT004', 'services.web.gates.errors.query']],
  },
  {
    name: 'a deadline before readiness',
    edit: { [`${WEB}/strategy/minReadySeconds`]: 600 },
    told: [['CAT041', 'services.web.strategy.progressDeadlineSeconds']],
  },
  {
    name: 'a rollback beyond what is kept',
    edit: { [`${WEB}/strategy/revisionHistoryLimit`]: 2 },
    told: [['CAT042', 'services.web.strategy.rollbackWindowRevisions']],
  },
  {
    name: 'too few requests for a gate',
    edit: { [`${WEB}/traffic`]: { requestsPerSecond: 1 } },
    told: [['CAT043', 'services.web.strategy.steps[2].analysis']],
    says: 'about 6 requests in 60 s',
  },
  {
    name: 'a routed port that is plain TCP',
    edit: { [`${WEB}/ports/http/protocol`]: 'tcp' },
    told: [['CAT044', 'services.web.routing.port']],
  },
  {
    name: 'a liveness probe that must succeed twice',
    edit: { [`${WEB}/probes`]: { liveness: { successThreshold: 2 } } },
    told: [['CAT045', 'services.web.probes.liveness.successThreshold']],
  },
  {
    name: 'two ports of one number',
    edit: { [`${API}/ports/http/port`]: 9000 },
    told: [['CAT046', 'services.api.ports.http']],
  },
  {
    name: 'two services of one public host',
    edit: { [`${API}/routing`]: { hosts: ['www.example.com'] } },
    told: [
      ['CAT046', 'services.web.routing.hosts[0]'],
      ['CAT046', 'services.web.routing.hosts[0]'],
    ],
  },
  {
    name: 'more configuration than a ConfigMap holds',
    edit: {
      [`${WEB}/config`]: Object.fromEntries(Array.from({ length: 16 }, (_, i) => [`V${i}`, 'é'.repeat(32_768)])),
    },
    told: [['CAT047', 'services.web.config']],
  },
  {
    name: 'a share of a limit that there is not',
    edit: { defaults: {}, [GATE]: { kind: 'cpu', atMost: 0.8 } },
    told: [['CAT048', 'services.web.gates.errors']],
    hint: '"of": "requests"',
  },
];
