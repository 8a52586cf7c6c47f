import { type Case, edited } from './case';
import {
  AUTOSCALER,
  BINDING,
  BUDGET,
  DEPLOYMENT,
  INGRESS,
  NAMESPACE,
  POLICY,
  PROJECT,
  ROLE,
  SERVICE,
} from './manifests';

/** Who may do what, and how many pods there are. */
export const ACCESS: readonly Case[] = [
  {
    name: 'a policy lets one more in',
    before: POLICY,
    after: edited(POLICY, [
      '      ports:',
      '        - namespaceSelector:\n            matchLabels:\n              name: other\n      ports:',
    ]),
    verdict: ['changed NetworkPolicy/web: warning DIF110 spec.ingress'],
  },
  {
    name: 'a policy lets fewer in',
    before: edited(POLICY, [
      '      ports:',
      '        - namespaceSelector:\n            matchLabels:\n              name: other\n      ports:',
    ]),
    after: POLICY,
    verdict: ['changed NetworkPolicy/web: info DIF180 spec.ingress[0].from[1]'],
  },
  {
    name: 'a policy is for another port',
    before: POLICY,
    after: edited(POLICY, ['port: 8080', 'port: 9090']),
    verdict: ['changed NetworkPolicy/web: warning DIF110 spec.ingress'],
  },
  {
    name: 'a policy lets everybody in',
    before: POLICY,
    after: edited(POLICY, [
      '    - from:\n        - namespaceSelector:\n            matchLabels:\n              name: gateway\n      ports:\n        - port: 8080',
      '    - {}',
    ]),
    verdict: ['changed NetworkPolicy/web: warning DIF110 spec.ingress'],
  },
  {
    name: 'a policy goes',
    before: POLICY,
    after: '',
    verdict: ['removed NetworkPolicy/web: warning DIF110 (root)'],
  },
  {
    name: 'a role allows more',
    before: ROLE,
    after: edited(ROLE, ['      - list', '      - list\n      - delete']),
    verdict: ['changed Role/web: warning DIF111 rules'],
  },
  {
    name: 'a role allows less',
    before: ROLE,
    after: edited(ROLE, ['      - list\n', '']),
    verdict: ['changed Role/web: info DIF180 rules[0].verbs[1]'],
  },
  {
    name: 'a role in another order',
    before: ROLE,
    after: edited(ROLE, ['      - get\n      - list\n', '      - list\n      - get\n']),
    verdict: ['moved Role/web: info DIF190 rules[0].verbs[1]'],
  },
  {
    name: 'one more has a role',
    before: BINDING,
    after: `${BINDING}  - kind: ServiceAccount\n    name: other\n    namespace: shop\n`,
    verdict: ['changed RoleBinding/web: warning DIF111 subjects'],
  },
  {
    name: 'a container is privileged',
    before: DEPLOYMENT,
    after: edited(DEPLOYMENT, [
      '            allowPrivilegeEscalation: false',
      '            privileged: true\n            allowPrivilegeEscalation: false',
    ]),
    verdict: [
      'changed Deployment/web: warning DIF021 spec.template.spec.containers[name=web].securityContext.privileged',
      'changed Deployment/web: warning DIF112 spec.template.spec.containers[name=web].securityContext.privileged',
    ],
  },
  {
    name: 'a container may run as root',
    before: DEPLOYMENT,
    after: edited(DEPLOYMENT, ['        runAsNonRoot: true', '        runAsNonRoot: false']),
    verdict: [
      'changed Deployment/web: warning DIF021 spec.template.spec.securityContext.runAsNonRoot',
      'changed Deployment/web: warning DIF112 spec.template.spec.containers[name=web].securityContext.runAsNonRoot',
    ],
  },
  {
    name: 'a container gets a capability',
    before: DEPLOYMENT,
    after: edited(DEPLOYMENT, [
      '              drop:\n                - ALL',
      '              drop:\n                - ALL\n              add:\n                - NET_ADMIN',
    ]),
    verdict: [
      'changed Deployment/web: warning DIF021 spec.template.spec.containers[name=web].securityContext.capabilities.add',
      'changed Deployment/web: warning DIF112 spec.template.spec.containers[name=web].securityContext.capabilities.add',
    ],
  },
  {
    name: 'a file system may be written to',
    before: DEPLOYMENT,
    after: edited(DEPLOYMENT, ['            readOnlyRootFilesystem: true\n', '']),
    verdict: [
      'changed Deployment/web: warning DIF021 spec.template.spec.containers[name=web].securityContext.readOnlyRootFilesystem',
      'changed Deployment/web: warning DIF112 spec.template.spec.containers[name=web].securityContext.readOnlyRootFilesystem',
    ],
  },
  {
    name: 'a path of the node',
    before: DEPLOYMENT,
    after: edited(DEPLOYMENT, [
      '      containers:',
      '      volumes:\n        - name: run\n          hostPath:\n            path: /run\n      containers:',
    ]),
    verdict: [
      'changed Deployment/web: warning DIF021 spec.template.spec.volumes',
      'changed Deployment/web: warning DIF113 spec.template.spec.volumes[name=run]',
    ],
  },
  {
    name: 'the network of the node',
    before: DEPLOYMENT,
    after: edited(DEPLOYMENT, ['      containers:', '      hostNetwork: true\n      containers:']),
    verdict: [
      'changed Deployment/web: warning DIF021 spec.template.spec.hostNetwork',
      'changed Deployment/web: warning DIF113 spec.template.spec.hostNetwork',
    ],
  },
  {
    name: 'a Service gets an address of its own',
    before: SERVICE,
    after: edited(SERVICE, ['type: ClusterIP', 'type: LoadBalancer']),
    verdict: ['changed Service/web: warning DIF114 spec.type'],
  },
  {
    name: 'a Service loses its address outside',
    before: edited(SERVICE, ['type: ClusterIP', 'type: LoadBalancer']),
    after: SERVICE,
    verdict: ['changed Service/web: info DIF180 spec.type'],
  },
  {
    name: 'an Ingress faces the internet',
    before: INGRESS,
    after: edited(INGRESS, ['scheme: internal', 'scheme: internet-facing']),
    verdict: [
      'changed Ingress/web: warning DIF080 metadata.annotations["alb.ingress.kubernetes.io/scheme"]',
      'changed Ingress/web: warning DIF114 metadata.annotations',
    ],
  },
  {
    name: 'a project allows every repository',
    before: PROJECT,
    after: edited(PROJECT, [
      '    - https://git.example.org/shop.git',
      "    - https://git.example.org/shop.git\n    - '*'",
    ]),
    verdict: ['changed AppProject/shop: warning DIF115 spec.sourceRepos'],
  },
  {
    name: 'a namespace enforces less',
    before: NAMESPACE,
    after: edited(NAMESPACE, ['enforce: restricted', 'enforce: baseline']),
    verdict: ['changed Namespace/shop: warning DIF116 metadata.labels'],
  },
  {
    name: 'a namespace leaves the mesh',
    before: NAMESPACE,
    after: edited(NAMESPACE, ['    istio.io/rev: stable\n', '']),
    verdict: ['changed Namespace/shop: warning DIF116 metadata.labels'],
  },
  {
    name: 'an autoscaler keeps fewer',
    before: AUTOSCALER,
    after: edited(AUTOSCALER, ['minReplicas: 3', 'minReplicas: 1']),
    verdict: ['changed HorizontalPodAutoscaler/web: warning DIF130 spec.minReplicas'],
  },
  {
    name: 'an autoscaler may make more',
    before: AUTOSCALER,
    after: edited(AUTOSCALER, ['maxReplicas: 10', 'maxReplicas: 20']),
    verdict: ['changed HorizontalPodAutoscaler/web: info DIF131 spec.maxReplicas'],
  },
  {
    name: 'an autoscaler goes',
    before: AUTOSCALER,
    after: '',
    verdict: ['removed HorizontalPodAutoscaler/web: warning DIF130 (root)'],
  },
  {
    name: 'a budget lets more go',
    before: BUDGET,
    after: edited(BUDGET, ['maxUnavailable: 1', 'maxUnavailable: 2']),
    verdict: ['changed PodDisruptionBudget/web: warning DIF132 spec.maxUnavailable'],
  },
  {
    name: 'a budget says it the other way',
    before: BUDGET,
    after: edited(BUDGET, ['maxUnavailable: 1', 'minAvailable: 1']),
    verdict: ['changed PodDisruptionBudget/web: info DIF180 spec.maxUnavailable'],
  },
  {
    name: 'a budget goes',
    before: BUDGET,
    after: '',
    verdict: ['removed PodDisruptionBudget/web: warning DIF132 (root)'],
  },
];
