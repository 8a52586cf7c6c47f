import type { BadCatalog } from '../bad-catalog';
import { API, GATE, WEB } from './places';

/** Values that exclude each other, or name what is not there. */
export const VALUES: readonly BadCatalog[] = [
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
  {
    name: 'a notification that goes nowhere',
    edit: { [`${WEB}/notifications`]: { team: {} } },
    told: [['CAT010', 'services.web.notifications.team']],
    hint: 'slack, webhook',
  },
  {
    name: 'a webhook that is called as Slack is',
    edit: { [`${WEB}/notifications`]: { team: { webhook: 'slack' } } },
    told: [['CAT115', 'services.web.notifications.team.webhook']],
    hint: 'another name',
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
];
