import type { BadCatalog } from '../bad-catalog';
import { API, GATE, WEB } from './places';

/** Faults of different layers and phases in one catalog: every one of them is told in the same run. */
export const TOGETHER: readonly BadCatalog[] = [
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
