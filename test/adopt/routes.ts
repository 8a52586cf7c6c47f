import { toYamlDocuments } from '../../lib/manifest/yaml';

// Deployments that people have routed by hand, in the ways that the documents of Istio and of AWS show.

const deployment = (name: string, labels: object, tag: string) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace: 'shop' },
  spec: {
    replicas: 3,
    selector: { matchLabels: labels },
    template: {
      metadata: { labels },
      spec: {
        containers: [
          {
            name: 'web',
            image: `registry.example.com/web:${tag}`,
            ports: [{ name: 'http', containerPort: 8080 }],
            readinessProbe: { httpGet: { path: '/ready', port: 'http' } },
            resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '64Mi' } },
            securityContext: { runAsUser: 1000 },
          },
        ],
      },
    },
  },
});

const service = (name: string, selector: object) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'shop' },
  spec: { selector, ports: [{ name: 'http', port: 80, targetPort: 8080 }] },
});

export const TRAFFIC_POLICY = {
  connectionPool: { tcp: { maxConnections: 100, connectTimeout: '2s' }, http: { http1MaxPendingRequests: 50 } },
  loadBalancer: { simple: 'ROUND_ROBIN' },
  outlierDetection: { consecutive5xxErrors: 7, interval: '30s', baseEjectionTime: '60s', maxEjectionPercent: 20 },
};

const destinationRule = (host: string, more: object = {}) => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'DestinationRule',
  metadata: { name: host, namespace: 'shop' },
  spec: { host: `${host}.shop.svc.cluster.local`, trafficPolicy: TRAFFIC_POLICY, ...more },
});

export const POLICIES = { timeout: '15s', retries: { attempts: 3, perTryTimeout: '2s', retryOn: '5xx' } };

const virtualService = (http: readonly object[]) => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { hosts: ['web', 'www.example.com'], gateways: ['mesh', 'istio-ingress/public'], http },
});

const subset = (name: string) => ({ destination: { host: 'web', subset: name } });

/** Two Deployments of one Service, by subsets of labels, with a header for testers. */
export const BY_SUBSET = toYamlDocuments([
  service('web', { app: 'web' }),
  deployment('web-v1', { app: 'web', version: 'v1' }, '1.0.0'),
  deployment('web-v2', { app: 'web', version: 'v2' }, '1.1.0'),
  destinationRule('web', {
    subsets: ['v1', 'v2'].map((name) => ({ name, labels: { version: name } })),
  }),
  virtualService([
    { name: 'try', match: [{ headers: { 'x-canary': { exact: 'yes' } } }], route: [subset('v2')] },
    {
      name: 'all',
      route: [
        { ...subset('v1'), weight: 90 },
        { ...subset('v2'), weight: 10 },
      ],
      ...POLICIES,
    },
  ]),
]);

/** A Service for each of the two; the canary comes first in the route. */
export const BY_HOST = toYamlDocuments([
  service('web-canary', { app: 'web', track: 'canary' }),
  service('web-stable', { app: 'web', track: 'stable' }),
  deployment('web-canary', { app: 'web', track: 'canary' }, '1.1.0'),
  deployment('web-stable', { app: 'web', track: 'stable' }, '1.0.0'),
  virtualService([
    {
      route: [
        { destination: { host: 'web-canary' }, weight: 5 },
        { destination: { host: 'web-stable' }, weight: 95 },
      ],
    },
  ]),
]);

/** All requests to one Deployment, with what proxies are told beside it. */
export const BESIDE = toYamlDocuments([
  service('web', { app: 'web' }),
  deployment('web', { app: 'web' }, '1.0.0'),
  destinationRule('web', {
    trafficPolicy: { ...TRAFFIC_POLICY, loadBalancer: { simple: 'PASSTHROUGH' }, tls: { mode: 'DISABLE' } },
  }),
]);

const ALB = 'alb.ingress.kubernetes.io';
export const CERTIFICATE = 'arn:aws:acm:eu-central-1:123456789012:certificate/0b1c2d3e';

/** An Ingress of the AWS Load Balancer Controller. */
export const BEHIND_ALB = toYamlDocuments([
  service('web', { app: 'web' }),
  deployment('web', { app: 'web' }, '1.0.0'),
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      name: 'web',
      namespace: 'shop',
      annotations: {
        [`${ALB}/group.name`]: 'shared',
        [`${ALB}/scheme`]: 'internet-facing',
        [`${ALB}/target-type`]: 'ip',
        [`${ALB}/certificate-arn`]: CERTIFICATE,
        [`${ALB}/healthcheck-path`]: '/ready',
        [`${ALB}/target-group-attributes`]: 'deregistration_delay.timeout_seconds=60',
      },
    },
    spec: {
      ingressClassName: 'alb',
      rules: ['www.example.com', 'shop.example.com'].map((host, i) => ({
        host,
        http: {
          paths: [
            {
              path: i === 0 ? '/' : '/shop',
              pathType: 'Prefix',
              backend: { service: { name: 'web', port: { number: 80 } } },
            },
          ],
        },
      })),
    },
  },
]);
