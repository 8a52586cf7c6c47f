import type { BadCatalog } from '../bad-catalog';
import { API, GATE, WEB } from './places';

/** What the schema refuses. */
export const SCHEMA: readonly BadCatalog[] = [
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
