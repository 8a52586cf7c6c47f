import { Type } from '@sinclair/typebox';
import { DNS_LABEL, fields, integer, mapOf, name, oneOf, REGISTRY, seconds, subdomain, text } from './scalars';

const LABEL_KEY = '^[A-Za-z0-9]([A-Za-z0-9._/-]{0,61}[A-Za-z0-9])?$';

export const platform = fields(
  {
    name: name({
      description: 'Name of the platform; the label app.kubernetes.io/part-of of every object.',
      examples: ['tbyte'],
    }),
    registry: Type.String({
      pattern: REGISTRY,
      maxLength: 200,
      description: 'Where images are by default.',
    }),
    prometheus: fields(
      {
        address: Type.String({
          pattern: '^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)?$',
          description: 'Where the gates ask.',
        }),
        namespace: Type.String({
          pattern: DNS_LABEL,
          maxLength: 63,
          description: 'Where Prometheus runs; it is let through the NetworkPolicies.',
          default: 'monitoring',
        }),
        scrapeIntervalSeconds: integer(5, 300, { description: 'Time between two scrapes, in seconds.', default: 15 }),
        labels: mapOf(LABEL_KEY, Type.String({ pattern: '^[A-Za-z0-9._-]{0,63}$', description: 'Value.' }), {
          description: 'Labels by which Prometheus finds PodMonitors and PrometheusRules.',
          examples: [{ release: 'monitoring' }],
        }),
      },
      { description: 'Prometheus.' },
    ),
    istio: fields(
      {
        gateways: Type.Array(Type.String({ pattern: '^[a-z0-9-]+/[a-z0-9-]+$', description: '<namespace>/<name>.' }), {
          description: 'Gateways that serve public hosts.',
          default: [],
        }),
        gatewayNamespace: Type.String({
          pattern: DNS_LABEL,
          maxLength: 63,
          description: 'Where the ingress gateway runs.',
          default: 'istio-ingress',
        }),
        clusterDomain: Type.String({
          pattern: '^[a-z0-9.-]+$',
          maxLength: 63,
          description: "The cluster's DNS domain.",
          default: 'cluster.local',
        }),
        revision: Type.String({
          pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
          maxLength: 63,
          description: 'Istio revision of the namespace; left out: the default injector.',
        }),
      },
      {
        description:
          'Istio, with its CNI plugin: the restricted Pod Security Standard refuses the init container that it replaces.',
      },
    ),
    alb: fields(
      {
        ingressClass: subdomain({ description: 'IngressClass of the controller.', default: 'alb' }),
        sourceCidrs: Type.Array(
          Type.String({
            pattern: '^([0-9]{1,3}\\.){3}[0-9]{1,3}/([89]|[12][0-9]|3[0-2])$',
            description: 'Addresses of its subnets.',
          }),
          {
            minItems: 1,
            maxItems: 20,
            uniqueItems: true,
            description: 'Where its load balancers connect from; they are let through the NetworkPolicies.',
            examples: [['10.0.0.0/20']],
          },
        ),
      },
      {
        description:
          'AWS Load Balancer Controller. With it the namespaces are labelled so that a pod is ready only when its target is.',
      },
    ),
    gatewayApi: fields(
      {
        gateways: Type.Array(Type.String({ pattern: '^[a-z0-9-]+/[a-z0-9-]+$', description: '<namespace>/<name>.' }), {
          description: 'Gateways that serve public hosts.',
          default: [],
        }),
        gatewayNamespace: Type.String({
          pattern: DNS_LABEL,
          maxLength: 63,
          description: "Where the gateways' pods run.",
          default: 'gateway-system',
        }),
      },
      { description: 'An implementation of the Gateway API, and the plugin of Argo Rollouts for it.' },
    ),
    externalDns: fields(
      {
        annotationPrefix: Type.String({
          pattern: '^[a-z0-9.-]+/$',
          maxLength: 100,
          description: 'Prefix of its annotations: external-dns before 0.22 knew `external-dns.alpha.kubernetes.io/`.',
          default: 'external-dns.kubernetes.io/',
        }),
      },
      { description: 'external-dns.' },
    ),
    argocd: fields(
      {
        namespace: Type.String({
          pattern: DNS_LABEL,
          maxLength: 63,
          description: 'Where Argo CD runs.',
          default: 'argocd',
        }),
        repository: Type.String({
          pattern: '^(https://|ssh://|git@)[A-Za-z0-9@._:/~-]+$',
          description: 'This repository, as Argo CD reaches it.',
        }),
        revision: Type.String({
          pattern: '^[A-Za-z0-9._/-]+$',
          maxLength: 200,
          description: 'Branch, tag or commit that is synced.',
          default: 'main',
        }),
        path: Type.String({
          pattern: '^[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*$',
          maxLength: 200,
          description: 'Folder of the rendered manifests, from the root of the repository.',
          default: 'dist',
        }),
        project: name({
          description: "Prefix of the AppProjects' names, one per environment.",
          default: 'platform.name',
        }),
        rootProject: name({
          description:
            "Argo CD project of the root Application; it creates Applications, so it belongs to the platform's administrators.",
          default: 'default',
        }),
      },
      { description: 'Argo CD.' },
    ),
    runbooks: fields(
      {
        url: Type.String({
          pattern: '^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~@%+-]+)*$',
          maxLength: 500,
          description:
            'Where people read the folder of the rendered manifests; the links of alerts begin with it. Left out: the page of argocd.path in argocd.repository as GitHub and GitLab show it.',
          examples: ['https://git.example.com/shop/platform/src/branch/main/dist'],
        }),
      },
      { description: 'The runbooks of the services: `<environment>/runbooks/<service>.md`.' },
    ),
    alerts: fields(
      {
        customResourceState: fields(
          {
            namespace: Type.String({
              pattern: DNS_LABEL,
              maxLength: 63,
              description: 'Where kube-state-metrics runs.',
              default: 'platform.prometheus.namespace',
            }),
            serviceAccount: subdomain({ description: 'Its service account.', default: 'kube-state-metrics' }),
          },
          {
            description:
              'kube-state-metrics with the rendered `<environment>/monitoring/release-metrics.yaml`: it tells steps and weights, and with it each canary has an alert on weights that differ from its step.',
          },
        ),
      },
      { description: 'What alerts can ask for beyond what every Prometheus has.' },
    ),
    grafana: fields(
      {
        label: Type.String({
          pattern: LABEL_KEY,
          description: 'Label by which the sidecar finds ConfigMaps with dashboards.',
          default: 'grafana_dashboard',
        }),
        labelValue: Type.String({
          pattern: '^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$',
          description: 'Its value.',
          default: '1',
        }),
        folder: Type.String({
          pattern: '^[A-Za-z0-9][A-Za-z0-9 ._-]{0,99}$',
          description: 'Folder of the dashboards; left out: that of the sidecar.',
          examples: ['Releases'],
        }),
        folderAnnotation: Type.String({
          pattern: LABEL_KEY,
          description: 'Annotation that tells the sidecar the folder: its setting `folderAnnotation`.',
          default: 'grafana_folder',
        }),
      },
      {
        description:
          'Grafana, with the sidecar for dashboards looking into the namespaces of the environments. With it each workload has a dashboard of its releases.',
      },
    ),
    externalSecrets: fields(
      {
        store: subdomain({ description: 'Name of the store.' }),
        storeKind: oneOf(['ClusterSecretStore', 'SecretStore'], {
          description: 'Kind of the store.',
          default: 'ClusterSecretStore',
        }),
        refreshIntervalSeconds: seconds(60, { description: 'Time between two readings, in seconds.', default: 3600 }),
      },
      { description: 'External Secrets.' },
    ),
    flyway: fields(
      { image: text({ description: 'Image with an immutable tag or a digest.', examples: ['flyway/flyway:13.12.0'] }) },
      { description: 'Flyway.' },
    ),
    topologyKeys: Type.Array(text({ description: 'Node label.' }), {
      uniqueItems: true,
      description: 'Node labels over which pods are spread.',
      default: ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'],
    }),
  },
  { description: 'What all services share.' },
);
