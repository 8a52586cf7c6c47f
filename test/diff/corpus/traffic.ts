import { type Case, edited, together } from './case';
import { APPLICATION, DESTINATION_RULE, INGRESS, RECORD, ROLLOUT, SERVICE, VIRTUAL_SERVICE } from './manifests';

/** What is live at once, for everybody. */
export const TRAFFIC: readonly Case[] = [
  {
    name: 'a timeout',
    before: VIRTUAL_SERVICE,
    after: edited(VIRTUAL_SERVICE, ['timeout: 10s', 'timeout: 2s']),
    verdict: ['changed VirtualService/web: warning DIF080 spec.http[name=primary].timeout'],
  },
  {
    name: 'weights of a route that nobody drives',
    before: VIRTUAL_SERVICE,
    after: edited(VIRTUAL_SERVICE, ['weight: 100', 'weight: 80'], ['weight: 0', 'weight: 20']),
    verdict: [
      'changed VirtualService/web: warning DIF084 spec.http[name=primary].route[destination.subset=stable].weight',
    ],
  },
  {
    name: 'weights of a route of a Rollout',
    before: together(ROLLOUT, VIRTUAL_SERVICE, DESTINATION_RULE),
    after: together(
      ROLLOUT,
      edited(VIRTUAL_SERVICE, ['weight: 100', 'weight: 80'], ['weight: 0', 'weight: 20']),
      DESTINATION_RULE,
    ),
    verdict: [
      'changed VirtualService/web: warning DIF084 spec.http[name=primary].route[destination.subset=stable].weight',
    ],
  },
  {
    name: 'weights that Argo CD ignores',
    before: together(APPLICATION, VIRTUAL_SERVICE),
    after: together(APPLICATION, edited(VIRTUAL_SERVICE, ['weight: 100', 'weight: 80'], ['weight: 0', 'weight: 20'])),
    verdict: [
      'changed VirtualService/web: info DIF191 spec.http[name=primary].route[destination.subset=stable].weight',
    ],
  },
  {
    name: 'weights that Argo CD ignores, and a timeout',
    before: together(APPLICATION, VIRTUAL_SERVICE),
    after: together(
      APPLICATION,
      edited(
        VIRTUAL_SERVICE,
        ['weight: 100', 'weight: 80'],
        ['weight: 0', 'weight: 20'],
        ['timeout: 10s', 'timeout: 2s'],
      ),
    ),
    verdict: [
      'changed VirtualService/web: warning DIF080 spec.http[name=primary].timeout',
      'changed VirtualService/web: warning DIF084 spec.http[name=primary].route[destination.subset=stable].weight',
    ],
  },
  {
    name: 'routes change their places',
    before: VIRTUAL_SERVICE,
    after: edited(
      VIRTUAL_SERVICE,
      [
        '    - name: admin\n      match:\n        - uri:\n            prefix: /admin\n      route:\n        - destination:\n            host: web\n            subset: stable\n',
        '',
      ],
      [
        '      timeout: 10s\n',
        '      timeout: 10s\n    - name: admin\n      match:\n        - uri:\n            prefix: /admin\n      route:\n        - destination:\n            host: web\n            subset: stable\n',
      ],
    ),
    verdict: ['moved VirtualService/web: warning DIF080 spec.http[name=admin]'],
  },
  {
    name: 'another host',
    before: VIRTUAL_SERVICE,
    after: edited(VIRTUAL_SERVICE, ['    - web\n', '    - web\n    - www.example.org\n']),
    verdict: [
      'changed VirtualService/web: warning DIF080 spec.hosts[1]',
      'changed VirtualService/web: warning DIF114 spec',
    ],
  },
  {
    name: 'a route of a Rollout is called otherwise',
    before: together(ROLLOUT, VIRTUAL_SERVICE, DESTINATION_RULE),
    after: together(ROLLOUT, edited(VIRTUAL_SERVICE, ['name: primary', 'name: main']), DESTINATION_RULE),
    verdict: [
      'changed VirtualService/web: error DIF072 spec.http[name=primary]',
      'changed VirtualService/web: warning DIF080 spec.http[name=primary]',
    ],
  },
  {
    name: 'the VirtualService of a Rollout goes',
    before: together(ROLLOUT, VIRTUAL_SERVICE, DESTINATION_RULE),
    after: together(ROLLOUT, DESTINATION_RULE),
    verdict: ['removed VirtualService/web: error DIF050 (root)'],
  },
  {
    name: 'a limit of connections',
    before: DESTINATION_RULE,
    after: edited(DESTINATION_RULE, ['maxConnections: 100', 'maxConnections: 10']),
    verdict: ['changed DestinationRule/web: warning DIF081 spec.trafficPolicy.connectionPool.tcp.maxConnections'],
  },
  {
    name: 'a subset in use goes',
    before: together(ROLLOUT, VIRTUAL_SERVICE, DESTINATION_RULE),
    after: together(
      ROLLOUT,
      VIRTUAL_SERVICE,
      edited(DESTINATION_RULE, ['    - name: canary\n      labels:\n        app: web\n', '']),
    ),
    verdict: ['changed DestinationRule/web: error DIF071 spec.subsets[name=canary]'],
  },
  {
    name: 'a subset of nobody goes',
    before: together(
      ROLLOUT,
      VIRTUAL_SERVICE,
      edited(DESTINATION_RULE, ['  subsets:', '  subsets:\n    - name: old\n      labels:\n        app: web']),
    ),
    after: together(ROLLOUT, VIRTUAL_SERVICE, DESTINATION_RULE),
    verdict: ['changed DestinationRule/web: info DIF180 spec.subsets[name=old]'],
  },
  {
    name: 'a subset and its route come together',
    before: together(
      edited(DESTINATION_RULE, ['    - name: canary\n      labels:\n        app: web\n', '']),
      edited(VIRTUAL_SERVICE, [
        '        - destination:\n            host: web\n            subset: canary\n          weight: 0\n',
        '',
      ]),
    ),
    after: together(DESTINATION_RULE, VIRTUAL_SERVICE),
    verdict: [
      'changed DestinationRule/web: info DIF180 spec.subsets[name=canary]',
      'changed VirtualService/web: warning DIF080 spec.http[name=primary].route[destination.subset=canary]',
      'changed VirtualService/web: warning DIF086 spec.http',
    ],
  },
  {
    name: 'a subset comes a wave before its route',
    before: together(
      edited(
        DESTINATION_RULE,
        ['    - name: canary\n      labels:\n        app: web\n', ''],
        ['  namespace: shop\n', '  namespace: shop\n  annotations:\n    argocd.argoproj.io/sync-wave: "1"\n'],
      ),
      edited(
        VIRTUAL_SERVICE,
        ['        - destination:\n            host: web\n            subset: canary\n          weight: 0\n', ''],
        ['  namespace: shop\n', '  namespace: shop\n  annotations:\n    argocd.argoproj.io/sync-wave: "2"\n'],
      ),
    ),
    after: together(
      edited(DESTINATION_RULE, [
        '  namespace: shop\n',
        '  namespace: shop\n  annotations:\n    argocd.argoproj.io/sync-wave: "1"\n',
      ]),
      edited(VIRTUAL_SERVICE, [
        '  namespace: shop\n',
        '  namespace: shop\n  annotations:\n    argocd.argoproj.io/sync-wave: "2"\n',
      ]),
    ),
    verdict: [
      'changed DestinationRule/web: info DIF180 spec.subsets[name=canary]',
      'changed VirtualService/web: warning DIF080 spec.http[name=primary].route[destination.subset=canary]',
    ],
  },
  {
    name: 'the order of subsets',
    before: DESTINATION_RULE,
    after: edited(
      DESTINATION_RULE,
      ['    - name: stable\n      labels:\n        app: web\n', ''],
      [
        '    - name: canary\n      labels:\n        app: web\n',
        '    - name: canary\n      labels:\n        app: web\n    - name: stable\n      labels:\n        app: web\n',
      ],
    ),
    verdict: ['moved DestinationRule/web: info DIF190 spec.subsets[name=canary]'],
  },
  {
    name: 'a Service selects other pods',
    before: SERVICE,
    after: edited(SERVICE, ['    app: web', '    app: shop']),
    verdict: ['changed Service/web: warning DIF083 spec.selector.app'],
  },
  {
    name: 'a Service sends to another port',
    before: SERVICE,
    after: edited(SERVICE, ['targetPort: http', 'targetPort: 8081']),
    verdict: ['changed Service/web: warning DIF083 spec.ports[name=http].targetPort'],
  },
  {
    name: 'a Service drops a port in use',
    before: together(SERVICE, INGRESS),
    after: together(edited(SERVICE, ['port: 80\n', 'port: 8000\n']), INGRESS),
    verdict: [
      'changed Service/web: error DIF073 spec.ports',
      'changed Service/web: warning DIF083 spec.ports[name=http].port',
    ],
  },
  {
    name: 'a Service drops a port of nobody',
    before: SERVICE,
    after: edited(SERVICE, ['    - name: metrics\n      port: 9090\n      targetPort: 9090\n', '']),
    verdict: ['changed Service/web: warning DIF083 spec.ports[name=metrics]'],
  },
  {
    name: 'a Service in use goes',
    before: together(SERVICE, INGRESS),
    after: INGRESS,
    verdict: ['removed Service/web: error DIF050 (root)'],
  },
  {
    name: 'a target group is deleted',
    before: INGRESS,
    after: edited(INGRESS, ['                name: web\n', '                name: shop\n']),
    verdict: [
      'changed Ingress/web: error DIF070 spec.rules',
      'changed Ingress/web: warning DIF080 spec.rules[host=web.example.org].http.paths[path=/].backend.service.name',
    ],
  },
  {
    name: 'a target group of another type',
    before: INGRESS,
    after: edited(INGRESS, ['target-type: ip', 'target-type: instance']),
    verdict: [
      'changed Ingress/web: error DIF070 metadata.annotations',
      'changed Ingress/web: warning DIF080 metadata.annotations["alb.ingress.kubernetes.io/target-type"]',
    ],
  },
  {
    name: 'a target group goes with its Ingress',
    before: INGRESS,
    after: '',
    verdict: ['removed Ingress/web: error DIF070 (root)'],
  },
  {
    name: 'a path more',
    before: INGRESS,
    after: edited(INGRESS, [
      '          - path: /\n',
      '          - path: /new\n            pathType: Prefix\n            backend:\n              service:\n                name: web\n                port:\n                  number: 80\n          - path: /\n',
    ]),
    verdict: ['changed Ingress/web: warning DIF080 spec.rules[host=web.example.org].http.paths[path=/new]'],
  },
  {
    name: 'records move traffic',
    before: RECORD,
    after: edited(RECORD, ['value: "100"', 'value: "50"']),
    verdict: [
      'changed DNSEndpoint/web: warning DIF085 spec.endpoints[dnsName=web.example.org,setIdentifier=blue].providerSpecific[name=aws/weight].value',
    ],
  },
  {
    name: 'a subset and its route go together',
    before: together(DESTINATION_RULE, VIRTUAL_SERVICE),
    after: together(
      edited(DESTINATION_RULE, ['    - name: canary\n      labels:\n        app: web\n', '']),
      edited(VIRTUAL_SERVICE, [
        '        - destination:\n            host: web\n            subset: canary\n          weight: 0\n',
        '',
      ]),
    ),
    verdict: [
      'changed DestinationRule/web: warning DIF087 spec.subsets[name=canary]',
      'changed VirtualService/web: warning DIF080 spec.http[name=primary].route[destination.subset=canary]',
    ],
  },
];
