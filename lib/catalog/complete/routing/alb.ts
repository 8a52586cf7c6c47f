import { ITEM_DEFAULTS } from '../../built-in';
import type { AlbRouting, AlbSettings, AlbTargetGroupsRouting, Colour, ColourName } from '../../service';
import { defaultGroup } from '../../workload-names';
import { completeVariantImage } from '../image';
import type { RoutingScope } from './common';

/** Time between the moment that a pod begins to leave and the one at which the load balancer has heard of it, in seconds. */
const PROPAGATION_SECONDS = 5;

/** The method of gRPC's own health checks, which answers with status 0. */
const GRPC_HEALTH_CHECK = '/grpc.health.v1.Health/Check';

function completeSettings({ context, common, given }: RoutingScope): AlbSettings {
  const own = { ...ITEM_DEFAULTS.alb, ...given.alb };
  if (context.platform.alb === undefined && !context.refusedAt(['platform', 'alb'])) {
    context.fault(
      'CAT004',
      ['routing', 'router'],
      'platform.alb is missing, and this service is behind its load balancers',
      'name the subnets of the load balancers in platform.alb.sourceCidrs',
    );
  }
  if (common.hosts.length === 0 && !context.refused(['routing', 'hosts'])) {
    context.fault(
      'CAT038',
      ['routing'],
      'routing.hosts is missing: a rule without a host would take the requests of every other service of the load balancer',
      'name the public hosts',
    );
  }
  const { preStopSeconds = 15 } = context.settings.shutdown ?? {};
  const wanted = own.deregistrationDelaySeconds + PROPAGATION_SECONDS;
  if (preStopSeconds < wanted && !context.refused(['shutdown'], ['routing', 'alb'])) {
    context.fault(
      'CAT057',
      ['shutdown', 'preStopSeconds'],
      `a pod ends ${preStopSeconds} s after it begins to leave, and its target gets requests for up to ${wanted} s`,
      `use at least ${wanted}, or lower routing.alb.deregistrationDelaySeconds`,
    );
  }
  const readiness = context.settings.probes?.readiness;
  const asked = (readiness?.kind ?? 'http') === 'http' ? (readiness?.path ?? '/') : '/';
  const path = given.router === 'albTargetGroups' ? '/health' : asked;
  const { name, protocol } = common.port;
  const own443 = own.certificates.length > 0 || given.targetGroups?.managedBy === 'terraform';
  if ((protocol === 'grpc' || protocol === 'http2') && !own443 && !context.refused(['routing', 'alb'], ['ports'])) {
    // AWS: target groups of the protocol versions HTTP2 and gRPC support HTTPS listeners only.
    context.fault(
      'CAT051',
      ['routing', 'alb'],
      `port "${name}" speaks ${protocol}, and a load balancer speaks that only where it listens on HTTPS`,
      'name a certificate in routing.alb.certificates',
    );
  }
  return {
    groupName: own.groupName ?? defaultGroup(context.platform.name, context.environment.name, own.scheme),
    scheme: own.scheme,
    certificates: own.certificates,
    healthCheckPath: own.healthCheckPath ?? (protocol === 'grpc' ? GRPC_HEALTH_CHECK : path),
    deregistrationDelaySeconds: own.deregistrationDelaySeconds,
  };
}

export function completeAlb(scope: RoutingScope): AlbRouting {
  const { common, given } = scope;
  return {
    router: 'alb',
    ...common,
    alb: completeSettings(scope),
    pingPong: { ...ITEM_DEFAULTS.alb, ...given.alb }.pingPong,
  };
}

export function completeAlbTargetGroups(scope: RoutingScope): AlbTargetGroupsRouting {
  const { context, given, common, image } = scope;
  const groups = { ...ITEM_DEFAULTS.targetGroups, ...given.targetGroups };
  const weights = { ...ITEM_DEFAULTS.targetGroupWeights, ...groups.weights };
  const at = (...rest: readonly string[]) => ['routing', 'targetGroups', ...rest];
  if (weights.blue + weights.green !== 100 && !context.refused(at('weights'))) {
    context.fault(
      'CAT055',
      at('weights'),
      `blue ${weights.blue} % and green ${weights.green} % are not 100 together`,
      'write both',
    );
  }
  const colour = (name: ColourName): Colour => {
    const own = groups.colours?.[name] ?? {};
    const { version } = own;
    return {
      name,
      image: version === undefined ? image : completeVariantImage(context, { version }, at('colours', name)),
      replicas: own.replicas,
      weight: weights[name],
    };
  };
  return {
    router: 'albTargetGroups',
    ...common,
    alb: completeSettings(scope),
    colours: [colour('blue'), colour('green')],
    managedBy: groups.managedBy === 'terraform' ? terraform(scope) : { kind: 'ingress' },
  };
}

function terraform({ context, given }: RoutingScope): AlbTargetGroupsRouting['managedBy'] {
  const own = given.targetGroups?.terraform ?? {};
  const at = (field: string) => ['routing', 'targetGroups', 'terraform', field];
  return {
    kind: 'terraform',
    vpcId: context.need(at('vpcId'), own.vpcId, 'vpc-00000000', 'the VPC of the target groups'),
    listenerArn: context.need(at('listenerArn'), own.listenerArn, '', 'the ARN of the listener that gets the rule'),
    priority: context.need(at('priority'), own.priority, 1, 'the priority of the rule in its listener'),
  };
}
