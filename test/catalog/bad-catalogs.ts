import type { BadCatalog } from './bad-catalog';
import { STRATEGIES_AND_ROUTERS } from './bad-strategies';

const WEB = 'services/web';
const API = 'services/api';
const GATE = `${WEB}/gates/errors`;
const MIGRATIONS = 'migrations/api';

const SYNTAX: readonly BadCatalog[] = [
  { name: 'nothing', text: () => '', told: [['CAT001', '(root)']], at: [1, 1], says: 'a value is expected' },
  { name: 'a comment', text: (t) => `// ours\n${t}`, told: [['CAT001', '(root)']], at: [1, 1], says: 'a comment' },
  {
    name: 'a comma behind the last item',
    text: (t) => t.replace('"shop",', '"shop",,'),
    told: [['CAT001', 'platform']],
    at: [3, 20],
  },
  { name: 'text behind the end', text: (t) => `${t}\n{}`, told: [['CAT001', '(root)']], says: 'text after the end' },
  {
    name: 'two broken places at once',
    text: (t) => t.replace('"shop",', 'shop,').replace('"info"', 'info'),
    told: [
      ['CAT001', 'platform.name'],
      ['CAT001', 'services.web.config.LOG_LEVEL'],
    ],
    at: [3, 13],
    says: 'an unknown word',
  },
  { name: 'a byte order mark', text: (t) => `\ufeff${t}`, told: [['CAT001', '(root)']], says: 'a byte order mark' },
  {
    name: 'bytes that are not UTF-8',
    text: (t) => Buffer.from(t.replace('info', 'inf\u00f6'), 'latin1'),
    told: [['CAT009', '(root)']],
    hint: 'save it as UTF-8',
  },
  {
    name: 'half of a surrogate pair in a text and in a key',
    text: (t) => t.replace('"info"', '"in\\ud83dfo"').replace('"LOG_LEVEL"', '"\\uDC00"'),
    told: [
      ['CAT008', 'services.web.config["\\udc00"]'],
      ['CAT012', 'services.web.config["\\udc00"]'],
      ['CAT008', 'services.web.config["\\udc00"]'],
    ],
  },
  {
    name: 'half of a surrogate pair where any text may stand',
    text: (t) => t.replace('"info"', '"in\\ud83dfo"'),
    told: [['CAT008', 'services.web.config.LOG_LEVEL']],
    says: 'one half of a surrogate pair',
    hint: 'write the character itself',
  },
  {
    name: 'the same key twice in one object',
    text: (t) => t.replace('"namespace": "shop",', '"namespace": "other", "namespace": "shop",'),
    told: [['CAT002', 'environments.production.namespace']],
    at: [25, 29],
    hint: 'keep one of them',
  },
  {
    name: 'the same key twice, once escaped, with another fault elsewhere',
    edit: { [`${WEB}/replicas`]: 'three' },
    text: (t) => t.replace('"LOG_LEVEL": "info"', '"LOG_LEVEL": "info", "LOG\\u005fLEVEL": "debug"'),
    told: [
      ['CAT002', 'services.web.config.LOG_LEVEL'],
      ['CAT005', 'services.web.replicas'],
    ],
  },
  {
    name: '100 000 brackets in a value',
    text: (t) => t.replace('"info"', `${'['.repeat(100_000)}${']'.repeat(100_000)}`),
    told: [['CAT013', '(root)']],
  },
  {
    name: '100 000 brackets that never close',
    text: () => '['.repeat(100_000),
    told: [['CAT013', '(root)']],
    at: [1, 101],
  },
  { name: 'a list', text: () => '[]', told: [['CAT005', '(root)']], says: 'a list stands where an object is expected' },
  { name: 'null', text: () => 'null', told: [['CAT005', '(root)']], says: 'null stands where' },
];

const SCHEMA: readonly BadCatalog[] = [
  {
    name: 'an empty object',
    text: () => '{}',
    told: [
      ['CAT004', '(root)'],
      ['CAT004', '(root)'],
      ['CAT004', '(root)'],
    ],
    hint: 'add "environments"',
  },
  {
    name: 'a misspelt field at the top',
    edit: { services: undefined, servics: {} },
    told: [['CAT003', 'servics']],
    hint: 'did you mean "services"?',
  },
  {
    name: 'a misspelt field',
    edit: { [`${WEB}/replica`]: 3 },
    told: [['CAT003', 'services.web.replica']],
    hint: 'did you mean "replicas"?',
  },
  {
    name: 'a misspelt field with a swap',
    edit: { [`${WEB}/ports/http/prot`]: 3 },
    told: [['CAT003', 'services.web.ports.http.prot']],
    hint: 'did you mean "port"?',
  },
  {
    name: 'a misspelt field does not make its gate unknown',
    edit: { [`${WEB}/gates`]: undefined, [`${WEB}/gatse`]: { errors: { kind: 'errorRate', atMost: 0.05 } } },
    told: [['CAT003', 'services.web.gatse']],
    hint: 'did you mean "gates"?',
  },
  {
    name: 'a misspelt bound does not make it missing',
    edit: { [`${GATE}/atMost`]: undefined, [`${GATE}/atMots`]: 0.05 },
    told: [['CAT003', 'services.web.gates.errors.atMots']],
    hint: 'did you mean "atMost"?',
  },
  {
    name: 'misspelt versions do not make every version missing',
    edit: { 'environments/staging/versions': undefined, 'environments/staging/verisons': { web: '1.0.0' } },
    told: [['CAT003', 'environments.staging.verisons']],
    hint: 'did you mean "versions"?',
  },
  {
    name: 'a field that nothing resembles',
    edit: { 'environments/staging/helmValues': {} },
    told: [['CAT003', 'environments.staging.helmValues']],
    hint: 'the fields are: cluster, namespace, overrides, requireDigests, services, versions',
  },
  {
    name: 'a field called __proto__',
    edit: { [`${WEB}/__proto__`]: { replicas: 3 } },
    told: [['CAT003', 'services.web.__proto__']],
  },
  {
    name: 'a field called constructor',
    edit: { 'platform/constructor': { prototype: {} } },
    told: [['CAT003', 'platform.constructor']],
  },
  {
    name: 'a key of 64 KiB',
    edit: { [`${WEB}/${'k'.repeat(65_536)}`]: 1 },
    told: [['CAT003', `services.web["${'k'.repeat(80)}…"]`]],
  },
  { name: 'text for a number', edit: { [`${WEB}/replicas`]: '3' }, told: [['CAT005', 'services.web.replicas']] },
  {
    name: 'a fraction of a pod',
    edit: { [`${WEB}/replicas`]: 2.5 },
    told: [['CAT005', 'services.web.replicas']],
    says: 'a fraction stands where a whole number is expected',
  },
  {
    name: 'a number beyond all bounds',
    text: (t) => t.replace('0.05', '1e999'),
    told: [['CAT005', 'services.web.gates.errors.atMost']],
    says: 'a number beyond all bounds',
  },
  {
    name: 'a number where a word is expected is one fault, not two',
    edit: { [`${WEB}/strategy/kind`]: 5 },
    told: [['CAT005', 'services.web.strategy.kind']],
  },
  {
    name: 'a null that takes nothing away',
    edit: { [`${WEB}/replicas`]: null },
    told: [['CAT005', 'services.web.replicas']],
    says: 'null stands where a whole number is expected',
  },
  {
    name: 'a whole service of the wrong type',
    edit: { [API]: 'api' },
    told: [['CAT005', 'services.api']],
  },
  {
    name: 'services of the wrong type',
    edit: { services: [] },
    told: [['CAT005', 'services']],
  },
  {
    name: 'a version of the wrong type is not also missing',
    edit: { 'environments/staging/versions/web': 1.4 },
    told: [['CAT005', 'environments.staging.versions.web']],
  },
  {
    name: 'a port of the wrong type',
    edit: { [`${WEB}/ports/http/port`]: '80' },
    told: [['CAT005', 'services.web.ports.http.port']],
  },
  {
    name: 'two ports of the wrong type do not clash',
    edit: { [`${API}/ports/http/port`]: '80', [`${API}/ports/grpc/port`]: '90' },
    told: [
      ['CAT005', 'services.api.ports.grpc.port'],
      ['CAT005', 'services.api.ports.http.port'],
    ],
  },
  {
    name: 'a wrong word near a right one',
    edit: { [`${GATE}/kind`]: 'errorrate' },
    told: [['CAT006', 'services.web.gates.errors.kind']],
    hint: 'did you mean "errorRate"?',
  },
  {
    name: 'a strategy that there is not',
    edit: { [`${WEB}/strategy/kind`]: 'recreate' },
    told: [['CAT006', 'services.web.strategy.kind']],
    hint: 'use one of these words',
  },
  {
    name: 'more than all of the traffic',
    edit: { [`${WEB}/strategy/steps/0/setWeight`]: 150 },
    told: [['CAT007', 'services.web.strategy.steps[0].setWeight']],
    says: 'is above the maximum 100',
  },
  {
    name: 'less than no pods',
    edit: { [`${WEB}/replicas`]: -1 },
    told: [['CAT007', 'services.web.replicas']],
    says: 'is below the minimum 1',
  },
  { name: 'no steps', edit: { [`${WEB}/strategy/steps`]: [] }, told: [['CAT007', 'services.web.strategy.steps']] },
  {
    name: 'an analysis of nothing',
    edit: { [`${WEB}/strategy/steps/2/analysis`]: [] },
    told: [['CAT007', 'services.web.strategy.steps[2].analysis']],
  },
  {
    name: 'too many steps',
    edit: { [`${WEB}/strategy/steps`]: Array.from({ length: 101 }, () => ({ setWeight: 10 })) },
    told: [['CAT007', 'services.web.strategy.steps']],
    says: 'has more than 100 items',
  },
  {
    name: 'an environment variable of more than 64 KiB',
    edit: { [`${WEB}/config/LOG_LEVEL`]: 'x'.repeat(65_537) },
    told: [['CAT007', 'services.web.config.LOG_LEVEL']],
    says: 'is longer than 65536 characters',
  },
  {
    name: 'an empty version',
    edit: { 'environments/staging/versions/web': '' },
    told: [['CAT007', 'environments.staging.versions.web']],
  },
  {
    name: 'no environments',
    edit: { environments: {} },
    told: [['CAT007', 'environments']],
    says: 'must not be empty',
  },
  {
    name: 'a malformed CPU',
    edit: { [`${WEB}/resources`]: { requests: { cpu: '1,5' } } },
    told: [['CAT008', 'services.web.resources.requests.cpu']],
  },
  {
    name: 'a malformed limit does not fall below the request',
    edit: { [`${WEB}/resources`]: { requests: { memory: '512Mi' }, limits: { memory: '1GB' } } },
    told: [['CAT008', 'services.web.resources.limits.memory']],
  },
  {
    name: 'quotes in a host name',
    edit: { [`${WEB}/routing/hosts`]: ['www.example.com"}) or vector(1) #'] },
    told: [['CAT008', 'services.web.routing.hosts[0]']],
  },
  {
    name: '64 KiB of a host name',
    edit: { [`${WEB}/routing/hosts`]: ['a'.repeat(65_536)] },
    told: [
      ['CAT007', 'services.web.routing.hosts[0]'],
      ['CAT008', 'services.web.routing.hosts[0]'],
    ],
  },
  {
    name: 'migrations from outside of the repository',
    edit: { [`${API}/migrations/directory`]: '../elsewhere' },
    told: [['CAT008', 'services.api.migrations.directory']],
  },
  {
    name: 'an address of Prometheus without a scheme',
    edit: { 'platform/prometheus/address': 'prometheus:9090' },
    told: [['CAT008', 'platform.prometheus.address']],
  },
  {
    name: 'a step of two kinds',
    edit: { [`${WEB}/strategy/steps/1`]: { setWeight: 5, pause: {} } },
    told: [['CAT010', 'services.web.strategy.steps[1]']],
    hint: 'set exactly one of: analysis, canaryScale, experiment, headerRoute, mirrorRoute, pause, setWeight',
    says: 'has 2 of the fields pause, setWeight',
  },
  {
    name: 'a step of no kind',
    edit: { [`${WEB}/strategy/steps/1`]: {} },
    told: [['CAT010', 'services.web.strategy.steps[1]']],
  },
  {
    name: 'a cluster by name and by address',
    edit: { 'environments/staging/cluster/server': 'https://10.0.0.1' },
    told: [['CAT010', 'environments.staging.cluster']],
    hint: 'set exactly one of: name, server',
  },
  {
    name: 'a secret from nowhere',
    edit: { [`${WEB}/secrets/TOKEN`]: {} },
    told: [['CAT010', 'services.web.secrets.TOKEN']],
    hint: 'set exactly one of: existing, external',
  },
  {
    name: 'a secret from two places',
    edit: { [`${WEB}/secrets/TOKEN/external`]: { key: 'web/token' } },
    told: [['CAT010', 'services.web.secrets.TOKEN']],
  },
  {
    name: 'replicas beside an autoscaler',
    edit: { [`${WEB}/replicas`]: 3, [`${WEB}/autoscaling`]: { minReplicas: 2, maxReplicas: 4, targetCpuPercent: 60 } },
    told: [['CAT010', 'services.web.replicas']],
    hint: 'keep one of them',
  },
  {
    name: 'the same host twice',
    edit: { [`${WEB}/routing/hosts`]: ['www.example.com', 'shop.example.com', 'www.example.com'] },
    told: [['CAT011', 'services.web.routing.hosts']],
    says: 'items 0 and 2 are the same',
  },
  {
    name: 'a service in capitals',
    edit: { 'services/Web2': {} },
    told: [['CAT012', 'services.Web2']],
    hint: 'it must match ^[a-z]',
  },
  {
    name: 'an environment variable with a dash',
    edit: { [`${WEB}/config/LOG-LEVEL`]: 'info' },
    told: [['CAT012', 'services.web.config.LOG-LEVEL']],
  },
  {
    name: 'a port in capitals leaves no second fault behind',
    edit: { [`${WEB}/ports`]: { HTTP: { port: 80 } } },
    told: [['CAT012', 'services.web.ports.HTTP']],
  },
];

const VALUES: readonly BadCatalog[] = [
  {
    name: 'no address of Prometheus',
    edit: { 'platform/prometheus': undefined },
    told: [['CAT004', 'platform.prometheus.address']],
  },
  {
    name: 'no namespace',
    edit: { 'environments/staging/namespace': undefined },
    told: [['CAT004', 'environments.staging.namespace']],
  },
  {
    name: 'no cluster',
    edit: { 'environments/staging/cluster': undefined },
    told: [['CAT004', 'environments.staging.cluster']],
  },
  { name: 'no ports', edit: { [`${WEB}/ports`]: {} }, told: [['CAT004', 'services.web.ports']] },
  {
    name: 'no steps in any layer',
    edit: { [`${WEB}/strategy`]: undefined },
    told: [
      ['CAT004', 'services.web.strategy.steps'],
      ['CAT039', 'services.web.gates.errors'],
    ],
  },
  {
    name: 'an autoscaler without bounds',
    edit: { [`${WEB}/autoscaling`]: { targetCpuPercent: 60 } },
    told: [
      ['CAT004', 'services.web.autoscaling.maxReplicas'],
      ['CAT004', 'services.web.autoscaling.minReplicas'],
    ],
  },
  {
    name: 'an external secret without a store',
    edit: { 'platform/externalSecrets': undefined, [`${WEB}/secrets/TOKEN`]: { external: { key: 'k' } } },
    told: [
      ['CAT004', 'services.api.migrations.user'],
      ['CAT004', 'services.api.migrations.password'],
      ['CAT004', 'services.web.secrets.TOKEN'],
    ],
    hint: 'platform.externalSecrets',
  },
  {
    name: 'migrations without an image of Flyway',
    edit: { 'platform/flyway': undefined },
    told: [['CAT004', 'services.api.migrations']],
  },
  {
    name: 'an image from nowhere',
    edit: { 'platform/registry': undefined },
    told: [
      ['CAT004', 'services.api.image.repository'],
      ['CAT004', 'services.web.image.repository'],
    ],
  },
  {
    name: 'no version',
    edit: { 'environments/staging/versions/web': undefined },
    told: [['CAT020', 'environments.staging.versions.web']],
    hint: 'add "web" to environments.staging.versions',
  },
  {
    name: 'latest',
    edit: { 'environments/staging/versions/web': 'latest' },
    told: [['CAT021', 'environments.staging.versions.web']],
    at: [41, 9],
  },
  {
    name: 'Latest',
    edit: { 'environments/staging/versions/web': 'Latest' },
    told: [['CAT021', 'environments.staging.versions.web']],
  },
  {
    name: 'a moving tag',
    edit: { 'environments/staging/versions/web': 'main' },
    told: [['CAT021', 'environments.staging.versions.web']],
  },
  {
    name: 'an image in place of a version',
    edit: { 'environments/staging/versions/web': 'web:1.4.0' },
    told: [['CAT021', 'environments.staging.versions.web']],
  },
  {
    name: 'half a digest',
    edit: { 'environments/staging/versions/web': '1.4.0@sha256:abc' },
    told: [['CAT021', 'environments.staging.versions.web']],
  },
  {
    name: 'Flyway untagged',
    edit: { 'platform/flyway/image': 'flyway/flyway' },
    told: [['CAT021', 'platform.flyway.image']],
    says: 'has neither tag nor digest',
  },
  {
    name: 'images without a digest where digests are required',
    edit: { 'environments/staging/requireDigests': true },
    told: [
      ['CAT080', 'platform.flyway.image'],
      ['CAT080', 'environments.staging.versions.api'],
      ['CAT080', 'environments.staging.versions.web'],
    ],
    says: 'has no digest, and staging requires one',
    hint: 'docker buildx imagetools inspect flyway/flyway:13.12.0',
  },
  {
    name: 'a moving tag where digests are required',
    edit: {
      'environments/staging/requireDigests': true,
      'environments/staging/versions/web': 'latest',
      'environments/staging/versions/api': `2.1.0@sha256:${'0'.repeat(64)}`,
      'platform/flyway/image': 'flyway/flyway:latest',
    },
    told: [
      ['CAT021', 'platform.flyway.image'],
      ['CAT021', 'environments.staging.versions.web'],
    ],
  },
  {
    name: 'a repository with a tag',
    edit: { [`${WEB}/image`]: { repository: 'registry.example.com:5000/web:1' } },
    told: [['CAT008', 'services.web.image.repository']],
  },
  {
    name: 'a registry with two ports',
    edit: { 'platform/registry': 'registry.example.com:5000:1' },
    told: [['CAT008', 'platform.registry']],
  },
  {
    name: 'Flyway latest',
    edit: { 'platform/flyway/image': 'flyway/flyway:latest' },
    told: [['CAT021', 'platform.flyway.image']],
  },
  {
    name: 'a version of a service that there is not',
    edit: { 'environments/staging/versions/wbe': '1.0.0' },
    told: [['CAT022', 'environments.staging.versions.wbe']],
    hint: 'did you mean "web"?',
  },
  {
    name: 'an override of a service that there is not',
    edit: { 'environments/staging/services': { constructor: {} } },
    told: [['CAT022', 'environments.staging.services.constructor']],
    hint: 'the services are: api, web',
  },
  {
    name: 'a caller that there is not, told once for both environments',
    edit: { [`${API}/allowedCallers/services`]: ['web', 'wb'] },
    told: [['CAT022', 'services.api.allowedCallers.services[1]']],
    hint: 'did you mean "web"?',
  },
  {
    name: 'a gate that there is not',
    edit: { [`${WEB}/strategy/steps/2/analysis`]: ['errors', 'error'] },
    told: [['CAT023', 'services.web.strategy.steps[2].analysis[1]']],
    hint: 'did you mean "errors"?',
  },
  {
    name: 'a gate of the background that there is not',
    edit: { [`${WEB}/strategy/background/gates`]: ['latency'] },
    told: [['CAT023', 'services.web.strategy.background.gates[0]']],
    hint: 'the gates are: errors',
  },
  {
    name: 'no bound',
    edit: { [`${GATE}/atMost`]: undefined },
    told: [['CAT024', 'services.web.gates.errors']],
    hint: 'set exactly one of: atMost',
  },
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

const LAYERS: readonly BadCatalog[] = [
  {
    name: 'a fault of the defaults',
    edit: { defaults: { shutdown: { preStopSeconds: 0 } } },
    told: [['CAT007', 'defaults.shutdown.preStopSeconds']],
  },
  {
    name: 'a rule broken by the defaults is told there, once for all services',
    edit: { 'defaults/strategy': { revisionHistoryLimit: 1, rollbackWindowRevisions: 2 } },
    told: [['CAT042', 'defaults.strategy.rollbackWindowRevisions']],
  },
  {
    name: 'a rule broken by an environment is told there',
    edit: { 'environments/staging/overrides': { strategy: { progressDeadlineSeconds: 10 } } },
    told: [['CAT041', 'environments.staging.overrides.strategy.progressDeadlineSeconds']],
  },
  {
    name: 'a rule broken by a service in an environment is told there',
    edit: {
      'environments/staging/services': { web: { strategy: { steps: [{ setWeight: 5 }, { analysis: ['latency'] }] } } },
    },
    told: [['CAT023', 'environments.staging.services.web.strategy.steps[1].analysis[0]']],
  },
  {
    name: 'a gate taken away by an environment that steps still name',
    edit: { 'environments/staging/overrides': { gates: { errors: null } } },
    told: [
      ['CAT023', 'services.web.strategy.steps[2].analysis[0]'],
      ['CAT023', 'services.web.strategy.background.gates[0]'],
    ],
  },
  {
    name: 'a default gate that nothing uses is no fault',
    edit: { 'defaults/gates': { idle: { kind: 'restarts' } } },
    told: [],
  },
  {
    name: 'a service without a version that an environment leaves out is no fault',
    edit: {
      'environments/staging/versions/web': undefined,
      'environments/staging/services': { web: { enabled: false } },
    },
    told: [],
  },
  {
    name: 'variables called __proto__ and constructor are no fault',
    edit: { [`${WEB}/config`]: { constructor: 'a' } },
    text: (t) => t.replace('"constructor"', '"__proto__": "b", "constructor"'),
    told: [],
  },
  { name: 'CRLF is no fault', text: (t) => t.replaceAll('\n', '\r\n'), told: [] },
];

const FILES: readonly BadCatalog[] = [
  {
    name: 'no folder of migrations, and no word of its contracts',
    files: { [`${MIGRATIONS}/expand/V1__items.sql`]: undefined, [`${MIGRATIONS}/contract/V2__drop.sql`]: undefined },
    told: [['CAT060', 'services.api.migrations.directory']],
  },
  {
    name: 'a file in place of the folder',
    edit: { [`${API}/migrations/directory`]: 'services.json' },
    told: [['CAT060', 'services.api.migrations.directory']],
  },
  {
    name: 'a linked folder',
    files: { [`${MIGRATIONS}/backfill`]: { link: '/etc' } },
    told: [['CAT060', 'services.api.migrations.directory']],
    says: 'migrations/api/backfill is a symbolic link',
  },
  {
    name: 'a linked file',
    files: { [`${MIGRATIONS}/expand/V1.1__passwd.sql`]: { link: '/etc/passwd' } },
    told: [['CAT061', 'services.api.migrations.directory']],
    says: 'is not a plain file',
  },
  {
    name: 'a migration that is not UTF-8',
    files: { [`${MIGRATIONS}/expand/V1.1__x.sql`]: Buffer.from([0xff]) },
    told: [['CAT060', 'services.api.migrations.directory']],
  },
  {
    name: 'one underscore',
    files: { [`${MIGRATIONS}/expand/V1.1_x.sql`]: '' },
    told: [['CAT061', 'services.api.migrations.directory']],
    hint: 'V<version>__<words>.sql',
  },
  {
    name: 'a small v',
    files: { [`${MIGRATIONS}/expand/v1.1__x.sql`]: '' },
    told: [['CAT061', 'services.api.migrations.directory']],
  },
  {
    name: 'a conf of no migration',
    files: { [`${MIGRATIONS}/expand/V1.1__x.sql.conf`]: '' },
    told: [['CAT061', 'services.api.migrations.directory']],
  },
  {
    name: 'SQL beside the folders of phases',
    files: { [`${MIGRATIONS}/V1.1__x.sql`]: '' },
    told: [['CAT061', 'services.api.migrations.directory']],
    hint: 'the folders are: expand, backfill, contract',
  },
  {
    name: 'a misspelt phase',
    files: { [`${MIGRATIONS}/expnad/V1.1__x.sql`]: '' },
    told: [['CAT061', 'services.api.migrations.directory']],
  },
  {
    name: 'a file in place of a phase',
    files: { [`${MIGRATIONS}/backfill`]: '' },
    told: [['CAT061', 'services.api.migrations.directory']],
  },
  {
    name: 'a misnamed contract is not also missing',
    files: { [`${MIGRATIONS}/contract/V2__drop.sql`]: undefined, [`${MIGRATIONS}/contract/V2_drop.sql`]: '' },
    told: [['CAT061', 'services.api.migrations.directory']],
  },
  {
    name: 'the same version twice',
    files: { [`${MIGRATIONS}/backfill/V1__fill.sql`]: '' },
    told: [['CAT062', 'services.api.migrations.directory']],
  },
  {
    name: 'the same version in other digits',
    files: { [`${MIGRATIONS}/expand/V1.0__more.sql`]: '' },
    told: [['CAT062', 'services.api.migrations.directory']],
  },
  {
    name: 'the same repeatable migration twice',
    files: { [`${MIGRATIONS}/expand/R__view.sql`]: '', [`${MIGRATIONS}/backfill/R__view.sql`]: '' },
    told: [
      ['CAT062', 'services.api.migrations.directory'],
      ['CAT067', 'services.api.migrations.directory'],
    ],
  },
  {
    name: 'a contract release of no file',
    edit: { [`${API}/migrations/contracts/3`]: { release: '2.0.0' } },
    told: [['CAT063', 'services.api.migrations.contracts["3"]']],
    hint: 'the versions are: 2',
  },
  {
    name: 'one contract by two names',
    edit: { [`${API}/migrations/contracts`]: { '1.2': { release: '1.0.0' }, '1_2': { release: '1.0.0' } } },
    files: { [`${MIGRATIONS}/contract/V2__drop.sql`]: undefined, [`${MIGRATIONS}/contract/V1_2__drop.sql`]: '' },
    told: [['CAT063', 'services.api.migrations.contracts["1_2"]']],
  },
  {
    name: 'a contract against a version without numbers',
    edit: { 'environments/staging/versions/api': 'sha-3f2a' },
    told: [['CAT063', 'services.api.migrations.contracts["2"].release']],
    says: 'version sha-3f2a of api in staging',
  },
  {
    name: 'a contract against latest is one fault',
    edit: { 'environments/staging/versions/api': 'latest' },
    told: [['CAT021', 'environments.staging.versions.api']],
  },
  {
    name: 'a contract without a release',
    edit: { [`${API}/migrations/contracts`]: undefined },
    told: [['CAT064', 'services.api.migrations.contracts']],
    hint: 'add "2"',
  },
  {
    name: 'a contract with a malformed release',
    edit: { [`${API}/migrations/contracts/2/release`]: 'v2' },
    told: [['CAT008', 'services.api.migrations.contracts["2"].release']],
  },
  {
    name: 'a migration behind a contract before its release',
    edit: { [`${API}/migrations/contracts/2/release`]: '2.1.0' },
    files: { [`${MIGRATIONS}/expand/V3__next.sql`]: '' },
    told: [['CAT065', 'services.api.migrations']],
    says: 'waits for V2__drop.sql in production',
  },
  {
    name: 'migrations of more than a ConfigMap',
    files: { [`${MIGRATIONS}/expand/V1.1__big.sql`]: 'x'.repeat(1_048_576) },
    told: [['CAT066', 'services.api.migrations.directory']],
  },
  {
    name: 'a repeatable contract',
    files: { [`${MIGRATIONS}/contract/R__drop.sql`]: '' },
    told: [['CAT067', 'services.api.migrations.directory']],
  },
  {
    name: 'a certificate authority that nobody looks at',
    edit: { [`${API}/migrations/database/caCertificate`]: { configMap: 'ca', key: 'ca.crt' } },
    told: [['CAT068', 'services.api.migrations.database.caCertificate']],
  },
  {
    name: 'verification without a certificate authority',
    edit: { [`${API}/migrations/database/sslMode`]: 'verify-full' },
    told: [['CAT004', 'services.api.migrations.database.caCertificate']],
  },
];

/** Faults of different layers and phases in one catalog: every one of them is told in the same run. */
const TOGETHER: readonly BadCatalog[] = [
  {
    name: 'a schema fault, an unknown gate, an unknown caller, a moving tag, a missing file and a twin name',
    edit: {
      'platform/argocd/repository': 'ftp://x',
      'environments/production/versions/web': 'latest',
      'environments/staging/versions/ghost': '1.0.0',
      [`${API}/replicas`]: '4',
      [`${API}/allowedCallers/services`]: ['wbe'],
      [`${API}/migrations/directory`]: 'migrations/gone',
      [`${API}/resources`]: { requests: { cpu: '2' } },
      [`${WEB}/ports/http/colour`]: 'red',
      [`${WEB}/strategy/steps`]: [{ setWeight: 150 }, { analysis: ['error'] }, {}],
      [`${WEB}/strategy/background`]: { gates: ['errors'], startingStep: 9 },
      [`${WEB}/name`]: 'api',
    },
    told: [
      ['CAT008', 'platform.argocd.repository'],
      ['CAT021', 'environments.production.versions.web'],
      ['CAT022', 'environments.staging.versions.ghost'],
      ['CAT060', 'services.api.migrations.directory'],
      ['CAT022', 'services.api.allowedCallers.services[0]'],
      ['CAT005', 'services.api.replicas'],
      ['CAT029', 'services.api.resources.requests.cpu'],
      ['CAT027', 'services.web'],
      ['CAT003', 'services.web.ports.http.colour'],
      ['CAT007', 'services.web.strategy.steps[0].setWeight'],
      ['CAT023', 'services.web.strategy.steps[1].analysis[0]'],
      ['CAT010', 'services.web.strategy.steps[2]'],
    ],
  },
  {
    name: 'a faulty environment does not hide the services of another',
    edit: { 'environments/staging': { namespace: 'Shop', cluster: {} }, [`${GATE}/atMost`]: 5 },
    told: [
      ['CAT020', 'environments.staging.versions.api'],
      ['CAT020', 'environments.staging.versions.web'],
      ['CAT008', 'environments.staging.namespace'],
      ['CAT010', 'environments.staging.cluster'],
      ['CAT024', 'services.web.gates.errors.atMost'],
    ],
  },
];

export type { BadCatalog };
export const BAD_CATALOGS: readonly BadCatalog[] = [
  ...SYNTAX,
  ...SCHEMA,
  ...VALUES,
  ...STRATEGIES_AND_ROUTERS,
  ...LAYERS,
  ...FILES,
  ...TOGETHER,
];
