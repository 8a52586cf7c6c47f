const ports = { http: { port: 80, containerPort: 8080, metricsPath: '/metrics' } };
const arn =
  'arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/zqlistenerz/50dc6c495c0c9188/f2f7dc8efc522ab2';
const certificate = 'arn:aws:acm:eu-central-1:123456789012:certificate/zqcertificatez';
const pause = { pause: { durationSeconds: 120 } };

const SERVICES = {
  zqsteppedz: {
    ports,
    replicas: 4,
    strategy: {
      steps: [
        { canaryScale: { replicas: 1 } },
        { headerRoute: { route: 'zqearlyz', header: { name: 'zq-early', value: 'zqearlyvaluez' } } },
        { mirrorRoute: { route: 'zqshadowz', percent: 20 } },
        pause,
        { experiment: { durationSeconds: 300, replicas: 1, weight: 5, gates: ['zqslowerz'] } },
        { canaryScale: { matchWeight: true } },
        { setWeight: 25 },
        pause,
      ],
    },
    gates: { zqslowerz: { kind: 'latency', atMostSeconds: 0.05, relative: true } },
    routing: {
      hosts: ['zqsteppedhostz.example.com'],
      route53: { setIdentifier: 'zqsetz', weight: 100, target: 'zqtargetz.example.com' },
    },
  },
  zqbluegreenz: {
    ports,
    strategy: {
      kind: 'blueGreen',
      blueGreen: { prePromotionGates: ['zqbeforez'], postPromotionGates: ['zqafterz'] },
      scaleDownDelaySeconds: 300,
    },
    gates: { zqbeforez: { kind: 'restarts' }, zqafterz: { kind: 'restarts' } },
  },
  zqtestedz: {
    ports,
    replicas: 4,
    strategy: {
      kind: 'abTest',
      abTest: {
        cookie: { name: 'zqcookiez' },
        variants: {
          zqvariantz: {
            version: '1.9.0-zqvariantversionz',
            repository: 'zqvariantsz.example/zqvariantimagez',
            percent: 20,
            header: { name: 'zq-variant', value: 'zqvariantvaluez' },
            cookie: { name: 'zqbetaz', value: 'zqbetavaluez' },
          },
        },
        gates: ['zqworsez'],
      },
    },
    gates: { zqworsez: { kind: 'errorRate', atMost: 0.01, relative: true, failureLimit: 0 } },
    routing: { hosts: ['zqtestedhostz.example.com'] },
  },
  zqrollingz: {
    ports,
    replicas: 3,
    strategy: { kind: 'rolling', maxSurge: '17%', maxUnavailable: '19%' },
    routing: {
      router: 'alb',
      hosts: ['zqrollinghostz.example.com'],
      alb: { groupName: 'zqgroupz', certificates: [certificate], healthCheckPath: '/zqhealthz' },
    },
  },
  zqgroupsz: {
    ports,
    replicas: 3,
    strategy: { kind: 'blueGreen' },
    routing: {
      router: 'albTargetGroups',
      hosts: ['zqgroupshostz.example.com'],
      targetGroups: {
        managedBy: 'terraform',
        weights: { blue: 0, green: 100 },
        colours: { blue: { version: '1.8.2-zqbluez' }, green: { version: '1.9.0-zqgreenz' } },
        terraform: { vpcId: 'vpc-0a1b2c3d4e5f60718', listenerArn: arn, priority: 120 },
      },
    },
  },
  zqmeasuredz: {
    ports,
    replicas: 4,
    strategy: { steps: [{ setWeight: 25 }, pause, { analysis: ['zqerrorsz'] }, { setWeight: 50 }, pause] },
    gates: { zqerrorsz: { kind: 'errorRate', atMost: 0.02 }, zqlatencyz: { kind: 'latency', atMostSeconds: 0.5 } },
    requestMetrics: {
      requests: 'zqrequestsz',
      codeLabel: 'zqcodez',
      failedCodes: 'zqfailedz',
      durationBuckets: 'zqbucketsz',
    },
    routing: { router: 'none' },
  },
} as const;

/**
 * A catalog of the strategies and routers that the full one has not, apart from it so that each stays small. Its texts are told
 * from each other in the same way.
 */
export const FULL_ROUTERS = {
  platform: {
    name: 'zqplatformz',
    registry: 'zqregistryz.example/zq',
    prometheus: { address: 'http://zqprometheusz:9090' },
    istio: { gateways: ['zqgatewaynsz/zqsharedz'] },
    alb: { ingressClass: 'zqclassz', sourceCidrs: ['10.78.0.0/16'] },
    gatewayApi: { gateways: ['zqhttpnsz/zqhttpz'], gatewayNamespace: 'zqhttppodsz' },
    externalDns: { annotationPrefix: 'zqdnsz.example/' },
    argocd: { repository: 'https://zqgitz.example/zq.git' },
  },
  environments: {
    zqenvironmentz: {
      namespace: 'zqnamespacez',
      cluster: { name: 'zqclusterz' },
      versions: Object.fromEntries(Object.keys(SERVICES).map((key, i) => [key, `4.3.${i}`])),
    },
  },
  services: SERVICES,
} as const;
