import { canary, example } from '../example';
import { type KubeObject, textAt } from '../object';
import { BLUE_GREEN, CANARY } from '../rollout';
import type { ManifestRule } from '../rule';

const service = (name: string): KubeObject => example('Service', name, { spec: { selector: { app: 'web' } } });
const blueGreen = (activeService: string, previewService: string): KubeObject =>
  example('Rollout', 'web', { spec: { strategy: { blueGreen: { activeService, previewService } } } });

/** The pairs that must differ, each with the field at which it is told. */
const PAIRS = [
  [`${CANARY}.canaryService`, `${CANARY}.stableService`],
  [`${CANARY}.pingPong.pongService`, `${CANARY}.pingPong.pingService`],
  [`${BLUE_GREEN}.previewService`, `${BLUE_GREEN}.activeService`],
] as const;

export const distinctServices: ManifestRule = {
  code: 'MAN014',
  severity: 'error',
  title: 'One Service for both versions: InvalidSpec, it could not tell them apart',
  reason:
    'The controller points each of the two Services at the pods of one version. One Service cannot point at both.',
  hint: 'give each version a Service of its own',
  source:
    'Argo Rollouts 1.9.1, pkg/apis/rollouts/validation/validation.go: ValidateRolloutStrategyCanary, ValidateRolloutStrategyBlueGreen; measured (same-service)',
  kinds: ['Rollout'],
  examples: () => ({
    bad: [
      {
        objects: [canary({ canaryService: 'web', stableService: 'web' }), service('web')],
        paths: [`${CANARY}.stableService`],
      },
      { objects: [blueGreen('web', 'web'), service('web')], paths: [`${BLUE_GREEN}.activeService`] },
    ],
    good: [
      [canary({ canaryService: 'web-canary', stableService: 'web' }), service('web'), service('web-canary')],
      [blueGreen('web', 'web-preview'), service('web'), service('web-preview')],
    ],
  }),
  check: ({ ofKind }, report) => {
    for (const object of ofKind('Rollout')) {
      for (const [other, path] of PAIRS) {
        const name = textAt(object, path);
        if (name && name === textAt(object, other)) {
          const field = other.slice(other.lastIndexOf('.') + 1);
          report(object, path, `"${name}" is ${field} too`);
        }
      }
    }
  },
};
