import type { ManifestOf } from '../../imports/wire';

/** A Rollout as the charts write one: a canary on Istio, two containers, gates between the steps. */
export const rollout: ManifestOf<'argoproj.io/v1alpha1/Rollout'> = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Rollout',
  metadata: {
    name: 'frontend',
    namespace: 'shop',
    labels: {
      'app.kubernetes.io/name': 'frontend',
      'app.kubernetes.io/managed-by': 'cutover',
      'app.kubernetes.io/part-of': 'shop',
      team: 'web',
    },
    annotations: { 'argocd.argoproj.io/sync-wave': '2', 'example.com/owner': 'web@example.com' },
  },
  spec: {
    replicas: 10,
    revisionHistoryLimit: 3,
    progressDeadlineSeconds: 600,
    progressDeadlineAbort: true,
    minReadySeconds: 10,
    selector: { matchLabels: { 'app.kubernetes.io/name': 'frontend' } },
    strategy: {
      canary: {
        canaryService: 'frontend-canary',
        stableService: 'frontend',
        maxSurge: '25%',
        maxUnavailable: 0,
        abortScaleDownDelaySeconds: 30,
        dynamicStableScale: false,
        trafficRouting: {
          istio: {
            virtualService: { name: 'frontend', routes: ['primary'] },
            destinationRule: { name: 'frontend', canarySubsetName: 'canary', stableSubsetName: 'stable' },
          },
        },
        analysis: {
          startingStep: 1,
          templates: [{ templateName: 'frontend-errors' }, { templateName: 'frontend-latency' }],
          args: [
            { name: 'hash', valueFrom: { podTemplateHashValue: 'Latest' } },
            { name: 'service', value: 'frontend' },
          ],
        },
        steps: [
          { setWeight: 5 },
          { pause: { duration: '5m' } },
          { setWeight: 20 },
          { pause: { duration: 300 } },
          {
            analysis: {
              templates: [{ templateName: 'frontend-errors' }],
              args: [{ name: 'service', value: 'frontend' }],
            },
          },
          { setWeight: 50 },
          { pause: {} },
          { setWeight: 100 },
        ],
      },
    },
    template: {
      metadata: {
        labels: { 'app.kubernetes.io/name': 'frontend', 'app.kubernetes.io/part-of': 'shop', team: 'web' },
        annotations: { 'prometheus.io/scrape': 'true' },
      },
      spec: {
        serviceAccountName: 'frontend',
        automountServiceAccountToken: false,
        terminationGracePeriodSeconds: 45,
        enableServiceLinks: false,
        securityContext: {
          runAsNonRoot: true,
          runAsUser: 10001,
          fsGroup: 10001,
          seccompProfile: { type: 'RuntimeDefault' },
        },
        topologySpreadConstraints: [
          {
            maxSkew: 1,
            topologyKey: 'topology.kubernetes.io/zone',
            whenUnsatisfiable: 'ScheduleAnyway',
            labelSelector: { matchLabels: { 'app.kubernetes.io/name': 'frontend' } },
          },
        ],
        containers: [
          {
            name: 'frontend',
            image:
              'registry.example.com/shop/frontend@sha256:0f5e1a6b7c8d9e0f1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f7081',
            ports: [
              { name: 'http', containerPort: 8080, protocol: 'TCP' },
              { name: 'metrics', containerPort: 9090, protocol: 'TCP' },
            ],
            env: [
              { name: 'PORT', value: '8080' },
              { name: 'LOG_LEVEL', value: 'info' },
              { name: 'DB_URL', valueFrom: { secretKeyRef: { name: 'frontend-db', key: 'url' } } },
              { name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
            ],
            envFrom: [{ configMapRef: { name: 'frontend' } }],
            resources: { requests: { cpu: '250m', memory: '256Mi' }, limits: { memory: '512Mi' } },
            readinessProbe: {
              httpGet: { path: '/ready', port: 'http' },
              periodSeconds: 5,
              failureThreshold: 3,
              timeoutSeconds: 2,
            },
            livenessProbe: { httpGet: { path: '/live', port: 8080 }, periodSeconds: 10, failureThreshold: 6 },
            startupProbe: { httpGet: { path: '/ready', port: 'http' }, periodSeconds: 2, failureThreshold: 60 },
            lifecycle: { preStop: { sleep: { seconds: 15 } } },
            securityContext: {
              allowPrivilegeEscalation: false,
              readOnlyRootFilesystem: true,
              capabilities: { drop: ['ALL'] },
            },
            volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
          },
          {
            name: 'proxy',
            image: 'registry.example.com/shop/proxy:1.2.3',
            ports: [{ name: 'admin', containerPort: 15000, protocol: 'TCP' }],
            resources: { requests: { cpu: '50m', memory: '64Mi' } },
            securityContext: { allowPrivilegeEscalation: false },
          },
        ],
        volumes: [{ name: 'tmp', emptyDir: { sizeLimit: '64Mi' } }],
      },
    },
  },
};

export const service: ManifestOf<'v1/Service'> = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'frontend', namespace: 'shop', labels: { team: 'web' } },
  spec: { selector: { app: 'frontend' }, ports: [{ name: 'http', port: 80, targetPort: 'http', protocol: 'TCP' }] },
};

export const virtualService: ManifestOf<'networking.istio.io/v1/VirtualService'> = {
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: { name: 'frontend', namespace: 'shop' },
  spec: {
    hosts: ['frontend'],
    http: [
      {
        name: 'primary',
        match: [{ headers: { 'x-canary': { exact: 'true' } } }],
        route: [
          { destination: { host: 'frontend', subset: 'stable' }, weight: 100 },
          { destination: { host: 'frontend', subset: 'canary' }, weight: 0 },
        ],
        retries: { attempts: 2, perTryTimeout: '2s' },
      },
    ],
  },
};

export const analysisTemplate: ManifestOf<'argoproj.io/v1alpha1/AnalysisTemplate'> = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'AnalysisTemplate',
  metadata: { name: 'frontend-errors', namespace: 'shop' },
  spec: {
    args: [{ name: 'hash' }],
    metrics: [
      {
        name: 'errors',
        interval: '1m',
        count: 5,
        failureLimit: 1,
        successCondition: 'result[0] <= 0.01',
        provider: { prometheus: { address: 'http://prometheus:9090', query: 'sum(rate(errors[1m]))' } },
      },
    ],
  },
};
