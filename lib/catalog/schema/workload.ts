import { Type } from '@sinclair/typebox';
import {
  cpu,
  DNS_LABEL,
  fields,
  flag,
  integer,
  mapOf,
  memory,
  name,
  oneOf,
  REPOSITORY,
  removable,
  seconds,
  subdomain,
  text,
} from './scalars';

/** How a port speaks; it becomes the Service's `appProtocol` and port name, without which Istio treats it as plain TCP (P9). */
export const PORT_PROTOCOLS = ['http', 'http2', 'grpc', 'tcp'] as const;

const port = (told: { description: string; examples?: number[] }) => integer(1, 65_535, told);

const quantities = (what: string) =>
  fields(
    {
      cpu: cpu({ description: `CPU ${what}: cores or millicores.` }),
      memory: memory({ description: `Memory ${what}.` }),
    },
    { description: `The container's ${what}.` },
  );

const probe = (what: string) =>
  fields(
    {
      kind: oneOf(['http', 'grpc', 'tcp'], { description: 'How it is asked.', default: 'http' }),
      path: Type.String({ pattern: '^/[\\x21-\\x7e]*$', maxLength: 1024, description: 'HTTP path.', default: '/' }),
      port: name({ description: "Name of one of the service's ports.", default: 'the main port' }),
      initialDelaySeconds: seconds(0, { description: 'Wait before the first probe, in seconds.', default: 0 }),
      periodSeconds: seconds(1, { description: 'Time between two probes, in seconds.', default: 10 }),
      timeoutSeconds: seconds(1, { description: 'Time that one answer may take, in seconds.', default: 1 }),
      failureThreshold: integer(1, 1000, { description: 'Failures in a row that count.', default: 3 }),
      successThreshold: integer(1, 100, {
        description: 'Successes in a row that count (1 but for readiness).',
        default: 1,
      }),
    },
    { description: what },
  );

export const image = fields(
  {
    repository: Type.String({
      pattern: REPOSITORY,
      maxLength: 255,
      description: 'Image without tag or digest. The version is named per environment.',
      default: '<platform.registry>/<name>',
      examples: ['registry.example.com/shop/frontend'],
    }),
    pullPolicy: oneOf(['IfNotPresent', 'Always'], { description: 'When the kubelet pulls.', default: 'IfNotPresent' }),
  },
  { description: 'Where the image is.' },
);

export const ports = mapOf(
  '^[a-z]([-a-z0-9]{0,13}[a-z0-9])?$',
  fields(
    {
      port: port({ description: 'Port of the Service.', examples: [80] }),
      containerPort: port({ description: 'Port that the container listens on.', examples: [8080] }),
      protocol: oneOf(PORT_PROTOCOLS, { description: 'What is spoken on it.', default: 'http' }),
      metricsPath: Type.String({
        pattern: '^/[\\x21-\\x7e]*$',
        maxLength: 1024,
        description:
          "Path of the application's own Prometheus metrics, for gates with a query of their own. Left out: not scraped.",
        examples: ['/metrics'],
      }),
    },
    { description: 'One port.' },
  ),
  { description: 'Ports by name (at most 15 characters).', examples: [{ http: { port: 80, protocol: 'http' } }] },
);

export const autoscaling = removable(
  fields(
    {
      minReplicas: integer(1, 10_000, { description: 'Fewest pods.' }),
      maxReplicas: integer(1, 10_000, { description: 'Most pods of the steady state; a release adds its canary.' }),
      targetCpuPercent: integer(1, 1000, { description: 'Mean CPU use to steer to, in % of the request.' }),
      targetMemoryPercent: integer(1, 1000, { description: 'Mean memory use to steer to, in % of the request.' }),
      scaleDownStabilizationSeconds: integer(0, 3600, {
        description: 'Time that fewer pods must suffice before any is taken, in seconds.',
        default: 300,
      }),
    },
    {
      description:
        'HorizontalPodAutoscaler; it takes the place of `replicas` (the one set nearest to the service wins).',
    },
  ),
);

export const resources = fields(
  { requests: quantities('requests'), limits: quantities('limits') },
  {
    description: 'What the container asks for and may use.',
    examples: [{ requests: { cpu: '100m', memory: '128Mi' } }],
  },
);

export const probes = fields(
  {
    readiness: probe('Asked to decide whether the pod gets traffic.'),
    liveness: removable(probe('Asked to decide whether the container is restarted.')),
    startup: removable(probe('Asked until it first succeeds; the other two wait for it.')),
  },
  { description: 'Health checks.' },
);

const ENVIRONMENT_VARIABLE = '^[A-Za-z_][A-Za-z0-9_]*$';

export const config = mapOf(
  ENVIRONMENT_VARIABLE,
  removable(Type.String({ maxLength: 65_536, description: 'Value; always a string.' })),
  {
    description:
      'Environment variables, kept in a ConfigMap whose name carries the hash of its content, so that a change is a release.',
    examples: [{ LOG_LEVEL: 'info' }],
  },
);

export const secret = fields(
  {
    external: fields(
      {
        key: text({ description: 'Key in the external store.', examples: ['tbyte/production/backend'] }),
        property: text({ description: 'Property of that key.' }),
      },
      { description: 'Fetched from the external store of the platform by External Secrets.' },
    ),
    existing: fields(
      {
        name: subdomain({ description: 'Name of a Secret that exists in the namespace.' }),
        key: text({ description: 'Key in it.' }),
      },
      { description: 'Read from a Secret that somebody else manages.' },
    ),
  },
  {
    description: 'Where one secret value comes from: `external` or `existing`. The value itself is never written here.',
  },
);

export const secrets = mapOf(ENVIRONMENT_VARIABLE, removable(secret), {
  description: 'Environment variables whose values are secret, by reference.',
});

export const security = fields(
  {
    runAsUser: integer(1, 4_294_967_295, { description: 'User id of the process; never 0.', default: 65532 }),
    runAsGroup: integer(1, 4_294_967_295, { description: 'Group id of the process.', default: 65532 }),
    writablePaths: Type.Array(
      Type.String({ pattern: '^(/[A-Za-z0-9][A-Za-z0-9._-]*)+$', maxLength: 60, description: 'Absolute path.' }),
      {
        uniqueItems: true,
        maxItems: 20,
        description: 'Directories that get an empty volume; the rest of the file system is read-only.',
        default: ['/tmp'],
      },
    ),
  },
  { description: 'The pod runs under the restricted Pod Security Standard; these are its free choices.' },
);

export const shutdown = fields(
  {
    preStopSeconds: integer(1, 600, {
      description:
        'Time that a leaving pod goes on serving while its address is taken out of every proxy and load balancer, in seconds.',
      default: 15,
    }),
    drainSeconds: integer(1, 3600, {
      description: 'Time that requests in flight get after SIGTERM, in seconds.',
      default: 30,
    }),
  },
  { description: 'terminationGracePeriodSeconds is computed: preStop + drain + 5.' },
);

export const allowedCallers = fields(
  {
    services: Type.Array(name({ description: 'Key of a service of this catalog.' }), {
      uniqueItems: true,
      description: 'Services of the same environment.',
      default: [],
    }),
    namespaces: Type.Array(Type.String({ pattern: DNS_LABEL, maxLength: 63, description: 'Namespace.' }), {
      uniqueItems: true,
      description: 'Whole namespaces.',
      default: [],
    }),
    gateway: flag({
      description: "The platform's ingress gateway.",
      default: 'true when routing.hosts names a public host',
    }),
  },
  { description: 'Who may open connections; a NetworkPolicy refuses everybody else.' },
);
