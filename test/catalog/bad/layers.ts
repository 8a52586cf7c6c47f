import type { BadCatalog } from '../bad-catalog';
import { WEB } from './places';

/** Faults that come together from several layers. */
export const LAYERS: readonly BadCatalog[] = [
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
