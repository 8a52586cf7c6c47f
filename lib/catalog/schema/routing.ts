import { Type } from '@sinclair/typebox';
import { LOAD_BALANCERS, ROUTERS } from '../kinds';
import { DNS_LABEL, fields, flag, hostname, integer, name, oneOf, removable, seconds } from './scalars';

const header = fields(
  {
    name: Type.String({ pattern: '^[A-Za-z0-9-]{1,128}$', description: 'Header name.', default: 'canary' }),
    value: Type.String({ pattern: '^[\\x21-\\x7e]{1,256}$', description: 'Exact value.', default: 'true' }),
  },
  {
    description:
      'Requests with this header always go to the canary (blue/green: to the preview), so that it can be tried before anybody else gets it. With splitting by subset they are never served by the stable version instead, so they fail while the canary of a release has no ready pod.',
  },
);

const retries = fields(
  {
    attempts: integer(0, 10, { description: 'Retries of one request.', default: 2 }),
    perTryTimeoutSeconds: seconds(1, {
      description: 'Time that one try may take, in seconds. Left out: as long as the request.',
    }),
    retryOn: Type.String({
      pattern: '^[a-z0-9-]+(,[a-z0-9-]+)*$',
      description: "Envoy's retry conditions.",
      default: 'connect-failure,refused-stream,unavailable',
    }),
  },
  { description: 'Retries by the proxy. The default repeats only what the server never began to work on.' },
);

const connectionPool = fields(
  {
    maxConnections: integer(1, 1_000_000, { description: 'TCP connections to the whole service, per proxy.' }),
    http1MaxPendingRequests: integer(1, 1_000_000, { description: 'HTTP/1.1 requests waiting for a connection.' }),
    http2MaxRequests: integer(1, 1_000_000, { description: 'Requests in flight.' }),
    maxRequestsPerConnection: integer(1, 1_000_000, { description: 'Requests after which a connection is closed.' }),
    connectTimeoutSeconds: seconds(1, { description: 'Time that opening a connection may take, in seconds.' }),
  },
  { description: 'Limits of the connections that each proxy opens.' },
);

const outlierDetection = fields(
  {
    consecutive5xxErrors: integer(1, 1000, {
      description: 'Errors in a row after which a pod is left out.',
      default: 5,
    }),
    intervalSeconds: seconds(1, { description: 'Time between two sweeps, in seconds.', default: 10 }),
    baseEjectionTimeSeconds: seconds(1, {
      description: 'Shortest time that a pod is left out, in seconds.',
      default: 30,
    }),
    maxEjectionPercent: integer(0, 100, { description: 'Most pods left out at once, in %.', default: 10 }),
  },
  { description: 'Leaves failing pods out of load balancing.' },
);

const alb = fields(
  {
    groupName: Type.String({
      pattern: '^[a-z0-9]([-.a-z0-9]{0,61}[a-z0-9])?$',
      description: 'Ingresses of the same group share one load balancer; each service has its own Ingress in it.',
      default: '<platform.name>-<environment>, with -public when it is internet-facing',
    }),
    scheme: oneOf(['internal', 'internet-facing'], { description: 'Who reaches it.', default: 'internal' }),
    certificates: Type.Array(
      Type.String({
        pattern: '^arn:aws[a-z-]*:acm:[a-z0-9-]+:[0-9]{12}:certificate/[A-Za-z0-9-]+$',
        description: 'ARN of an ACM certificate.',
      }),
      { uniqueItems: true, maxItems: 25, description: 'With one it listens on 443, without on 80.', default: [] },
    ),
    healthCheckPath: Type.String({
      pattern: '^/[\\x21-\\x7e]*$',
      maxLength: 1024,
      description: 'What the load balancer asks; it must answer 200.',
      default:
        'gRPC: its health check; else with alb the path of the readiness probe where that is HTTP, else /; with albTargetGroups /health',
    }),
    deregistrationDelaySeconds: integer(0, 3600, {
      description: 'Time that requests in flight get at a target that leaves, in seconds; preStop must cover it.',
      default: 10,
    }),
    pingPong: flag({
      description:
        'Two Services that take turns in being stable, so that no target is exchanged at the end of a release (canary).',
      default: true,
    }),
  },
  { description: 'AWS Load Balancer Controller (routers alb and albTargetGroups).' },
);

const colour = (what: string) =>
  fields(
    {
      version: Type.String({
        minLength: 1,
        maxLength: 200,
        description: 'Tag, tag@sha256:… or sha256:….',
        default: "the environment's version of the service",
      }),
      replicas: integer(1, 10_000, { description: 'Its pods.', default: 'as the service' }),
    },
    { description: what },
  );

const targetGroups = fields(
  {
    managedBy: oneOf(['ingress', 'terraform'], {
      description:
        'Who makes the target groups and the rule: an Ingress with a weighted `forward` action, or Terraform, from dist/<environment>/terraform/<service>.tf.json.',
      default: 'ingress',
    }),
    weights: fields(
      {
        blue: integer(0, 100, { description: 'Share of requests of blue, in %.', default: 100 }),
        green: integer(0, 100, { description: 'Share of requests of green, in %.', default: 0 }),
      },
      { description: 'They move by commit; together they are 100.' },
    ),
    colours: fields(
      { blue: colour('The blue workload.'), green: colour('The green workload.') },
      { description: 'Two workloads that both stay; each has its own version.' },
    ),
    terraform: fields(
      {
        vpcId: Type.String({ pattern: '^vpc-[0-9a-f]{8,17}$', description: 'VPC of the target groups.' }),
        listenerArn: Type.String({
          pattern:
            '^arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:[0-9]{12}:listener/app/[A-Za-z0-9-]+/[0-9a-f]+/[0-9a-f]+$',
          description: 'Listener that gets the rule.',
        }),
        priority: integer(1, 50_000, { description: 'Priority of the rule in its listener.' }),
      },
      { description: 'What Terraform needs (managedBy terraform).' },
    ),
  },
  { description: 'Blue/green between two permanent target groups (router albTargetGroups).' },
);

const route53 = fields(
  {
    setIdentifier: Type.String({
      pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$',
      description: 'Tells the records of one name apart; each cluster or load balancer has its own.',
      default: "the environment's name",
    }),
    weight: integer(0, 255, { description: 'Weight of this record against the others of the same name.' }),
    target: hostname({ description: 'Host name of the load balancer.' }),
    ttlSeconds: seconds(1, { description: 'Time that resolvers keep an answer, in seconds.', default: 60 }),
  },
  {
    description:
      'Weighted DNS records of the public hosts, written by external-dns. They move by commit and time to live: no step of a release and no abort changes them.',
  },
);

export const routing = fields(
  {
    router: oneOf(ROUTERS, { description: 'What splits the traffic.', default: 'istio' }),
    port: name({ description: 'Name of the port that is routed.', default: 'the only port, or `http`' }),
    hosts: Type.Array(hostname({ description: 'Public host name.' }), {
      uniqueItems: true,
      maxItems: 50,
      description: 'Public host names; the in-mesh name is always routed.',
      default: [],
    }),
    gateways: Type.Array(
      Type.String({
        pattern: `${DNS_LABEL.slice(0, -1)}/[a-z0-9]([-a-z0-9]*[a-z0-9])?$`,
        maxLength: 127,
        description: '<namespace>/<name> of an Istio Gateway, or of a Gateway of the Gateway API.',
      }),
      {
        uniqueItems: true,
        maxItems: 10,
        description: 'Gateways that serve the public hosts.',
        default: 'platform.istio.gateways, or platform.gatewayApi.gateways',
      },
    ),
    splitting: oneOf(['subset', 'host'], {
      description:
        'Whether Istio tells the versions apart by subsets of one DestinationRule or by Services (router istio, canary).',
      default: 'subset',
    }),
    mesh: flag({
      description: "Whether its pods have Istio's sidecar, whose metrics the gates about requests ask for.",
      default: 'true with the router istio',
    }),
    canaryHeader: removable(header),
    timeoutSeconds: seconds(1, {
      description:
        'Time that a request may take with all its retries, in seconds. Left out: no limit, as streams need.',
    }),
    retries,
    connectionPool,
    loadBalancer: oneOf(LOAD_BALANCERS, {
      description: 'How a proxy picks a pod.',
      default: 'LEAST_REQUEST',
    }),
    outlierDetection: removable(outlierDetection),
    alb,
    targetGroups,
    route53: removable(route53),
  },
  { description: 'How requests reach the pods.' },
);
