import { type Case, edited } from './case';
import { APPLICATION, AUTOSCALER, CONFIG, DEPLOYMENT, ROLLOUT, SERVICE } from './manifests';

/** What Argo CD does with it, and what is no change at all. */
export const ARGO: readonly Case[] = [
  {
    name: 'nothing is pruned any more',
    before: APPLICATION,
    after: edited(APPLICATION, ['    automated:\n      prune: true', '    automated:\n      prune: false']),
    verdict: ['changed Application/web: warning DIF140 spec.syncPolicy.automated.prune'],
  },
  {
    name: 'nothing is healed any more',
    before: APPLICATION,
    after: edited(APPLICATION, ['      selfHeal: true\n', '']),
    verdict: ['changed Application/web: warning DIF140 spec.syncPolicy.automated.selfHeal'],
  },
  {
    name: 'it does not sync by itself any more',
    before: APPLICATION,
    after: edited(APPLICATION, ['    automated:\n      prune: true\n      selfHeal: true\n', '']),
    verdict: ['changed Application/web: warning DIF140 spec.syncPolicy.automated'],
  },
  {
    name: 'lists are frozen',
    before: APPLICATION,
    after: edited(APPLICATION, [
      '      - ApplyOutOfSyncOnly=true',
      '      - ApplyOutOfSyncOnly=true\n      - RespectIgnoreDifferences=true',
    ]),
    verdict: ['changed Application/web: error DIF140 spec.syncPolicy.syncOptions'],
  },
  {
    name: 'weights are not ignored any more',
    before: APPLICATION,
    after: edited(APPLICATION, [
      '  ignoreDifferences:\n    - group: networking.istio.io\n      kind: VirtualService\n      jqPathExpressions:\n        - .spec.http[]?.route[]?.weight\n',
      '',
    ]),
    verdict: ['changed Application/web: warning DIF141 spec.ignoreDifferences'],
  },
  {
    name: 'another folder',
    before: APPLICATION,
    after: edited(APPLICATION, ['path: dist/web', 'path: dist/shop']),
    verdict: ['changed Application/web: warning DIF142 spec.source.path'],
  },
  {
    name: 'another cluster',
    before: APPLICATION,
    after: edited(APPLICATION, ['name: production', 'name: staging']),
    verdict: ['changed Application/web: warning DIF142 spec.destination.name'],
  },
  {
    name: 'an Application goes',
    before: APPLICATION,
    after: '',
    verdict: ['removed Application/web: error DIF143 (root)'],
  },
  {
    name: 'an Application without a finalizer goes',
    before: edited(APPLICATION, ['  finalizers:\n    - resources-finalizer.argocd.argoproj.io\n', '']),
    after: '',
    verdict: ['removed Application/web: warning DIF143 (root)'],
  },
  {
    name: 'another wave',
    before: edited(CONFIG, [
      '  namespace: shop\n',
      '  namespace: shop\n  annotations:\n    argocd.argoproj.io/sync-wave: "1"\n',
    ]),
    after: edited(CONFIG, [
      '  namespace: shop\n',
      '  namespace: shop\n  annotations:\n    argocd.argoproj.io/sync-wave: "2"\n',
    ]),
    verdict: ['changed ConfigMap/web-config: info DIF144 metadata.annotations["argocd.argoproj.io/sync-wave"]'],
  },
  {
    name: 'comments and the order of fields',
    before: SERVICE,
    after: `# a comment\n${edited(SERVICE, ['apiVersion: v1\nkind: Service\n', 'kind: Service\napiVersion: v1\n'])}`,
    verdict: [],
  },
  {
    name: 'another way to write YAML',
    before: CONFIG,
    after:
      '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "web-config", "namespace": "shop"}, "data": {"LEVEL": "info", "URL": "http://api"}}',
    verdict: [],
  },
  {
    name: 'in a List',
    before: CONFIG,
    after: `apiVersion: v1\nkind: List\nitems:\n  - ${CONFIG.trimEnd().replaceAll('\n', '\n    ')}\n`,
    verdict: [],
  },
  {
    name: 'a quantity in another form',
    before: DEPLOYMENT,
    after: edited(DEPLOYMENT, ['cpu: "1"', 'cpu: 1000m']),
    verdict: ['changed Deployment/web: info DIF190 spec.template.spec.containers[name=web].resources.limits.cpu'],
  },
  {
    name: 'a default is written out',
    before: ROLLOUT,
    after: edited(ROLLOUT, [
      '    spec:\n      containers:',
      '    spec:\n      restartPolicy: Always\n      terminationGracePeriodSeconds: 30\n      containers:',
    ]),
    verdict: ['changed Rollout/web: info DIF190 spec.template.spec.restartPolicy'],
  },
  {
    name: 'the protocol of a port is written out',
    before: SERVICE,
    after: edited(SERVICE, ['      targetPort: http', '      targetPort: http\n      protocol: TCP']),
    verdict: ['changed Service/web: info DIF190 spec.ports[name=http].protocol'],
  },
  {
    name: 'a label of a chart',
    before: edited(CONFIG, ['  namespace: shop\n', '  namespace: shop\n  labels:\n    helm.sh/chart: web-1.0.0\n']),
    after: edited(CONFIG, ['  namespace: shop\n', '  namespace: shop\n  labels:\n    helm.sh/chart: web-1.0.1\n']),
    verdict: ['changed ConfigMap/web-config: info DIF190 metadata.labels["helm.sh/chart"]'],
  },
  {
    name: 'null is nothing',
    before: CONFIG,
    after: edited(CONFIG, ['  namespace: shop\n', '  namespace: shop\n  annotations:\n']),
    verdict: [],
  },
  {
    name: 'the order of ports of a Service',
    before: SERVICE,
    after: edited(
      SERVICE,
      ['    - name: http\n      port: 80\n      targetPort: http\n', ''],
      [
        '      targetPort: 9090\n',
        '      targetPort: 9090\n    - name: http\n      port: 80\n      targetPort: http\n',
      ],
    ),
    verdict: ['moved Service/web: info DIF190 spec.ports[name=http]'],
  },
  {
    name: 'the version of an API',
    before: edited(AUTOSCALER, ['apiVersion: autoscaling/v2\n', 'apiVersion: autoscaling/v2beta2\n']),
    after: AUTOSCALER,
    verdict: ['changed HorizontalPodAutoscaler/web: info DIF180 apiVersion'],
  },
];
