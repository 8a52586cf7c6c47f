import { type Case, edited, together } from './case';
import { AUTOSCALER, BLUE_GREEN, DEPLOYMENT, ERRORS, JOB, ROLLOUT, STATEFUL_SET } from './manifests';

/** What makes new pods, and how. */
export const PODS: readonly Case[] = [
  {
    name: 'the image of a Deployment',
    before: DEPLOYMENT,
    after: edited(DEPLOYMENT, ['web:1.4.0', 'web:1.5.0']),
    verdict: ['changed Deployment/web: warning DIF021 spec.template.spec.containers[name=web].image'],
  },
  {
    name: 'the image of a Deployment that recreates',
    before: edited(DEPLOYMENT, ['  selector:', '  strategy:\n    type: Recreate\n  selector:']),
    after: edited(
      DEPLOYMENT,
      ['  selector:', '  strategy:\n    type: Recreate\n  selector:'],
      ['web:1.4.0', 'web:1.5.0'],
    ),
    verdict: ['changed Deployment/web: warning DIF021 spec.template.spec.containers[name=web].image'],
  },
  {
    name: 'a variable of a Deployment',
    before: DEPLOYMENT,
    after: edited(DEPLOYMENT, ['value: info', 'value: debug']),
    verdict: ['changed Deployment/web: warning DIF021 spec.template.spec.containers[name=web].env[name=LEVEL].value'],
  },
  {
    name: 'a variable more',
    before: DEPLOYMENT,
    after: edited(DEPLOYMENT, [
      '            - name: REGION',
      '            - name: ZONE\n              value: a\n            - name: REGION',
    ]),
    verdict: ['changed Deployment/web: warning DIF021 spec.template.spec.containers[name=web].env[name=ZONE]'],
  },
  {
    name: 'the order of variables: pods restart',
    before: DEPLOYMENT,
    after: edited(DEPLOYMENT, [
      '            - name: LEVEL\n              value: info\n            - name: REGION\n              value: eu\n',
      '            - name: REGION\n              value: eu\n            - name: LEVEL\n              value: info\n',
    ]),
    verdict: ['moved Deployment/web: warning DIF021 spec.template.spec.containers[name=web].env[name=LEVEL]'],
  },
  {
    name: 'an argument',
    before: DEPLOYMENT,
    after: edited(DEPLOYMENT, ['--verbose', '--quiet']),
    verdict: ['changed Deployment/web: warning DIF021 spec.template.spec.containers[name=web].args[1]'],
  },
  {
    name: 'an argument more',
    before: DEPLOYMENT,
    after: edited(DEPLOYMENT, ['            - --verbose', '            - --verbose\n            - --json']),
    verdict: ['changed Deployment/web: warning DIF021 spec.template.spec.containers[name=web].args[2]'],
  },
  {
    name: 'more pods of a Deployment',
    before: DEPLOYMENT,
    after: edited(DEPLOYMENT, ['replicas: 3', 'replicas: 5']),
    verdict: ['changed Deployment/web: info DIF131 spec.replicas'],
  },
  {
    name: 'fewer pods of a Deployment',
    before: DEPLOYMENT,
    after: edited(DEPLOYMENT, ['replicas: 3', 'replicas: 2']),
    verdict: ['changed Deployment/web: warning DIF130 spec.replicas'],
  },
  {
    name: 'no pod of a Deployment',
    before: DEPLOYMENT,
    after: edited(DEPLOYMENT, ['replicas: 3', 'replicas: 0']),
    verdict: ['changed Deployment/web: error DIF130 spec.replicas'],
  },
  {
    name: 'another memory limit',
    before: DEPLOYMENT,
    after: edited(DEPLOYMENT, ['memory: 1Gi', 'memory: 2Gi']),
    verdict: ['changed Deployment/web: warning DIF021 spec.template.spec.containers[name=web].resources.limits.memory'],
  },
  {
    name: 'a sidecar more',
    before: DEPLOYMENT,
    after: edited(DEPLOYMENT, [
      '            capabilities:\n              drop:\n                - ALL\n',
      '            capabilities:\n              drop:\n                - ALL\n        - name: proxy\n          image: registry.example.org/proxy:1.0.0\n          securityContext:\n            allowPrivilegeEscalation: false\n            readOnlyRootFilesystem: true\n            seccompProfile:\n              type: RuntimeDefault\n',
    ]),
    verdict: ['changed Deployment/web: warning DIF021 spec.template.spec.containers[name=proxy]'],
  },
  {
    name: 'the port of a container',
    before: DEPLOYMENT,
    after: edited(DEPLOYMENT, ['containerPort: 8080', 'containerPort: 8081']),
    verdict: [
      'changed Deployment/web: warning DIF021 spec.template.spec.containers[name=web].ports[name=http].containerPort',
    ],
  },
  {
    name: 'the image of a StatefulSet',
    before: STATEFUL_SET,
    after: edited(STATEFUL_SET, ['db:15.1', 'db:15.2']),
    verdict: ['changed StatefulSet/db: warning DIF021 spec.template.spec.containers[name=db].image'],
  },
  { name: 'a Deployment is new', before: '', after: DEPLOYMENT, verdict: ['added Deployment/web: info DIF060 (root)'] },
  {
    name: 'a Deployment goes',
    before: DEPLOYMENT,
    after: '',
    verdict: ['removed Deployment/web: warning DIF052 (root)'],
  },
  {
    name: 'a paused Deployment',
    before: edited(DEPLOYMENT, ['  replicas: 3', '  paused: true\n  replicas: 3']),
    after: edited(DEPLOYMENT, ['  replicas: 3', '  paused: true\n  replicas: 3'], ['web:1.4.0', 'web:1.5.0']),
    verdict: ['changed Deployment/web: info DIF180 spec.template.spec.containers[name=web].image'],
  },
  {
    name: 'the image of a Rollout',
    before: ROLLOUT,
    after: edited(ROLLOUT, ['web:1.4.0', 'web:1.5.0']),
    verdict: ['changed Rollout/web: info DIF020 spec.template.spec.containers[name=web].image'],
  },
  {
    name: 'the image of a Rollout with its gate known',
    before: together(ROLLOUT, ERRORS),
    after: together(edited(ROLLOUT, ['web:1.4.0', 'web:1.5.0']), ERRORS),
    verdict: ['changed Rollout/web: info DIF020 spec.template.spec.containers[name=web].image'],
  },
  {
    name: 'the image of a Rollout goes back within the window',
    before: ROLLOUT,
    after: edited(ROLLOUT, ['web:1.4.0', 'web:1.3.9']),
    verdict: ['changed Rollout/web: info DIF020 spec.template.spec.containers[name=web].image'],
  },
  {
    name: 'the image of a Rollout goes back without a window',
    before: edited(ROLLOUT, ['  rollbackWindow:\n    revisions: 3\n', '']),
    after: edited(ROLLOUT, ['  rollbackWindow:\n    revisions: 3\n', ''], ['web:1.4.0', 'web:1.3.9']),
    verdict: [
      'changed Rollout/web: warning DIF024 spec.template.spec.containers[name=web].image',
      'changed Rollout/web: info DIF020 spec.template.spec.containers[name=web].image',
    ],
  },
  {
    name: 'the image of a blue-green Rollout',
    before: BLUE_GREEN,
    after: edited(BLUE_GREEN, ['pay:2.0.0', 'pay:2.1.0']),
    verdict: ['changed Rollout/pay: info DIF020 spec.template.spec.containers[name=pay].image'],
  },
  {
    name: 'pods of a Rollout are restarted',
    before: ROLLOUT,
    after: edited(ROLLOUT, ['  minReadySeconds: 15', '  restartAt: "2026-11-28T18:00:00Z"\n  minReadySeconds: 15']),
    verdict: ['changed Rollout/web: warning DIF022 spec.restartAt'],
  },
  {
    name: 'fewer pods of a Rollout',
    before: ROLLOUT,
    after: edited(ROLLOUT, ['replicas: 5', 'replicas: 3']),
    verdict: ['changed Rollout/web: warning DIF130 spec.replicas'],
  },
  {
    name: 'more pods of a Rollout',
    before: ROLLOUT,
    after: edited(ROLLOUT, ['replicas: 5', 'replicas: 8']),
    verdict: ['changed Rollout/web: info DIF131 spec.replicas'],
  },
  {
    name: 'a Rollout leaves its number to an autoscaler',
    before: ROLLOUT,
    after: together(edited(ROLLOUT, ['  replicas: 5\n', '']), AUTOSCALER),
    verdict: [
      'changed Rollout/web: info DIF180 spec.replicas',
      'added HorizontalPodAutoscaler/web: info DIF060 (root)',
    ],
  },
  {
    name: 'a Rollout leaves its number to nobody',
    before: ROLLOUT,
    after: edited(ROLLOUT, ['  replicas: 5\n', '']),
    verdict: ['changed Rollout/web: warning DIF130 spec.replicas'],
  },
  {
    name: 'a commit in the pod template',
    before: edited(ROLLOUT, ['        team: shop', '        commit: 0a1b2c3d4e5f']),
    after: edited(ROLLOUT, ['        team: shop', '        commit: 5f4e3d2c1b0a']),
    verdict: [
      'changed Rollout/web: warning DIF025 spec.template.metadata.annotations.commit',
      'changed Rollout/web: info DIF020 spec.template.metadata.annotations.commit',
    ],
  },
  {
    name: 'a time in the pod template',
    before: edited(ROLLOUT, ['        team: shop', '        built: "2026-11-27T10:00:00Z"']),
    after: edited(ROLLOUT, ['        team: shop', '        built: "2026-11-28T10:00:00Z"']),
    verdict: [
      'changed Rollout/web: warning DIF025 spec.template.metadata.annotations.built',
      'changed Rollout/web: info DIF020 spec.template.metadata.annotations.built',
    ],
  },
  {
    name: 'a checksum of the configuration in the pod template',
    before: edited(ROLLOUT, ['        team: shop', '        checksum/config: 0a1b2c3d4e5f']),
    after: edited(ROLLOUT, ['        team: shop', '        checksum/config: 5f4e3d2c1b0a']),
    verdict: ['changed Rollout/web: info DIF020 spec.template.metadata.annotations["checksum/config"]'],
  },
  {
    name: 'the Deployment of a Rollout',
    before: together(
      edited(DEPLOYMENT, ['replicas: 3', 'replicas: 0']),
      edited(ROLLOUT, [
        '  selector:\n    matchLabels:\n      app: web\n  strategy',
        '  workloadRef:\n    apiVersion: apps/v1\n    kind: Deployment\n    name: web\n  strategy',
      ]),
    ),
    after: together(
      edited(DEPLOYMENT, ['replicas: 3', 'replicas: 0'], ['web:1.4.0', 'web:1.5.0']),
      edited(ROLLOUT, [
        '  selector:\n    matchLabels:\n      app: web\n  strategy',
        '  workloadRef:\n    apiVersion: apps/v1\n    kind: Deployment\n    name: web\n  strategy',
      ]),
    ),
    verdict: ['changed Deployment/web: info DIF020 spec.template.spec.containers[name=web].image'],
  },
  {
    name: 'a Job of another purpose is new',
    before: '',
    after: JOB,
    verdict: ['added Job/report: info DIF060 (root)'],
  },
  {
    name: 'a Rollout takes the place of a Deployment',
    before: DEPLOYMENT,
    after: ROLLOUT,
    verdict: ['removed Deployment/web: error DIF055 (root)', 'added Rollout/web: info DIF060 (root)'],
  },
  {
    name: 'a Rollout comes beside a Deployment',
    before: DEPLOYMENT,
    after: together(DEPLOYMENT, ROLLOUT),
    verdict: ['added Rollout/web: info DIF060 (root)'],
  },
  {
    name: 'pods are given less time to end',
    before: edited(DEPLOYMENT, [
      '      serviceAccountName: web',
      '      terminationGracePeriodSeconds: 60\n      serviceAccountName: web',
    ]),
    after: edited(DEPLOYMENT, [
      '      serviceAccountName: web',
      '      terminationGracePeriodSeconds: 10\n      serviceAccountName: web',
    ]),
    verdict: [
      'changed Deployment/web: warning DIF021 spec.template.spec.terminationGracePeriodSeconds',
      'changed Deployment/web: warning DIF098 spec.template.spec.terminationGracePeriodSeconds',
    ],
  },
  {
    name: 'a readiness probe goes',
    before: edited(ROLLOUT, [
      '          ports:',
      '          readinessProbe:\n            tcpSocket:\n              port: 8080\n          ports:',
    ]),
    after: ROLLOUT,
    verdict: [
      'changed Rollout/web: warning DIF098 spec.template.spec.containers[name=web].readinessProbe',
      'changed Rollout/web: info DIF020 spec.template.spec.containers[name=web].readinessProbe',
    ],
  },
];
