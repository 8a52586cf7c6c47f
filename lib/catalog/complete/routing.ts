import { compareText } from '../../diagnostic/format';
import { nearest } from '../../diagnostic/nearest';
import { BUILT_IN, ITEM_DEFAULTS } from '../built-in';
import { can, PAIRS, whyNot } from '../capabilities';
import type {
  CommonRouting,
  Image,
  Port,
  RequestMetrics,
  RouterKind,
  Routing,
  Service,
  StrategyKind,
} from '../service';
import type { Context } from './context';
import { completeAlb, completeAlbTargetGroups } from './routing/alb';
import { type RoutingScope, refuseForeignRouting } from './routing/common';
import { completeGatewayApi } from './routing/gateway-api';
import { completeIstio } from './routing/istio';
import { pickPort } from './workload';

/** One function for each router; a new one does not compile until it is here. */
const COMPLETE: {
  readonly [R in RouterKind]: (scope: RoutingScope) => Extract<Routing, { readonly router: R }>;
} = {
  istio: completeIstio,
  alb: completeAlb,
  albTargetGroups: completeAlbTargetGroups,
  gatewayApi: completeGatewayApi,
  none: ({ common }) => ({ router: 'none', ...common }),
};

/** Routing with the port resolved; hosts and gateways in the order of their names. `image` is what a colour runs by default. */
export function completeRouting(context: Context, ports: readonly Port[], image: Image): Routing {
  const given = { ...BUILT_IN.routing, ...context.settings.routing };
  const strategy = context.settings.strategy?.kind ?? BUILT_IN.strategy.kind;
  const common: CommonRouting = {
    port: httpPort(context, ports, given.port),
    hosts: [...given.hosts].sort(compareText),
    mesh: given.mesh ?? given.router === 'istio',
    timeoutSeconds: given.timeoutSeconds,
    canaryHeader: canaryHeader(context, strategy, given.router),
    route53: undefined,
  };
  if (given.router === 'istio' && !common.mesh && !context.refused(['routing', 'mesh'])) {
    context.fault(
      'CAT051',
      ['routing', 'mesh'],
      'the router istio splits by weight between pods with a sidecar',
      'leave mesh out, or take another router',
    );
  }
  const scope: RoutingScope = {
    context,
    given,
    strategy,
    common: { ...common, route53: route53(context, common) },
    image,
  };
  refuseForeignRouting(scope);
  const routing = COMPLETE[given.router](scope);
  checkHosts(scope);
  return routing;
}

function httpPort(context: Context, ports: readonly Port[], name: string | undefined): Port {
  const port = pickPort(context, ports, name, ['routing', 'port']);
  const router = context.settings.routing?.router ?? BUILT_IN.routing.router;
  if (port.protocol === 'tcp' && router !== 'none') {
    context.fault(
      'CAT044',
      ['routing', 'port'],
      `port "${port.name}" speaks tcp, and only HTTP and gRPC can be split by weight`,
      'set its protocol to http, http2 or grpc, or route another port',
    );
  }
  return port;
}

/** Proxies compare header names in lower case. */
function canaryHeader(context: Context, strategy: StrategyKind, router: RouterKind): CommonRouting['canaryHeader'] {
  const given = context.settings.routing?.canaryHeader;
  if (!given) return undefined;
  if (!can(strategy, router, 'header') || strategy === 'abTest') {
    const refused =
      context.refused(['routing', 'router'], ['strategy', 'kind']) || 'refused' in PAIRS[strategy][router];
    if (context.isOwn(['routing', 'canaryHeader']) && !refused) {
      context.fault(
        'CAT051',
        ['routing', 'canaryHeader'],
        strategy === 'canary' || strategy === 'blueGreen'
          ? `the router ${router} cannot lead by a header: ${whyNot(strategy, router, 'header')}`
          : `the strategy ${strategy} has no canary that a header could lead to`,
        'leave it out, or take another router or strategy',
      );
    }
    return undefined;
  }
  const header = { ...ITEM_DEFAULTS.canaryHeader, ...given };
  return { ...header, name: header.name.toLowerCase() };
}

/** Longer than this, and a change of a weight takes longer to be seen than most incidents may last. */
const LONG_TTL_SECONDS = 60;

function route53(context: Context, { hosts }: CommonRouting): CommonRouting['route53'] {
  const given = context.settings.routing?.route53;
  if (!given) return undefined;
  const at = (field: string) => ['routing', 'route53', field];
  const { setIdentifier = context.environment.name, ttlSeconds } = { ...ITEM_DEFAULTS.route53, ...given };
  if (hosts.length === 0 && !context.refused(['routing', 'hosts'])) {
    context.fault(
      'CAT004',
      ['routing', 'route53'],
      'routing.hosts is missing: there is no name to write records for',
      'name the public hosts',
    );
  }
  if (ttlSeconds > LONG_TTL_SECONDS && !context.refused(at('ttlSeconds'))) {
    context.fault(
      'CAT058',
      at('ttlSeconds'),
      `a change of the weight is a commit, and resolvers keep the old answer for ${ttlSeconds} s after it; no step of a release and no abort moves it`,
      `use ${LONG_TTL_SECONDS} or less`,
    );
  }
  return {
    setIdentifier,
    weight: context.need(at('weight'), given.weight, 0, 'the weight of this record'),
    target: context.need(at('target'), given.target, 'none.invalid', 'the host name of the load balancer'),
    ttlSeconds,
  };
}

/** Public hosts need somebody who serves them. */
function checkHosts({ context, given: { router }, common }: RoutingScope): void {
  if (router !== 'none' || common.hosts.length === 0 || common.route53 !== undefined) return;
  context.fault(
    'CAT038',
    ['routing', 'hosts'],
    `${common.hosts.join(', ')}: without a router nothing serves public hosts`,
    'set routing.router, or routing.route53 with the load balancer that you have',
  );
}

/** The callers by the names that their pods carry; one that this environment leaves out does not call here. */
export function completeCallers(context: Context, routing: Routing): Service['allowedCallers'] {
  const given = context.settings.allowedCallers ?? {};
  const services: string[] = [];
  for (const [i, key] of (given.services ?? []).entries()) {
    const names = context.workloads(key);
    services.push(...names);
    if (names.length === 0 && !context.keys.includes(key)) {
      const meant = nearest(key, context.keys);
      context.fault(
        'CAT022',
        ['allowedCallers', 'services', i],
        `there is no service "${key}"`,
        meant ? `did you mean "${meant}"?` : 'name a key of services',
      );
    }
  }
  return {
    services: services.sort(compareText),
    namespaces: [...(given.namespaces ?? [])].sort(compareText),
    gateway: given.gateway ?? routing.hosts.length > 0,
  };
}

/** Where gates about requests ask: the proxies where there are any, else what the application tells. */
export function completeRequestMetrics(
  context: Context,
  routing: Routing,
  ports: readonly Port[],
): RequestMetrics | undefined {
  const given = context.settings.requestMetrics;
  if (!given) return routing.mesh ? { kind: 'proxy' } : undefined;
  if (!ports.some(({ metricsPath }) => metricsPath !== undefined) && !context.refused(['ports'])) {
    context.fault(
      'CAT054',
      ['requestMetrics'],
      'no port has a metricsPath, so that nobody reads these metrics',
      'set metricsPath at the port that tells them',
    );
  }
  const { codeLabel, failedCodes } = { ...ITEM_DEFAULTS.requestMetrics, ...given };
  const requests = context.need(['requestMetrics', 'requests'], given.requests, 'none', 'the counter of the requests');
  return { kind: 'application', requests, codeLabel, failedCodes, durationBuckets: given.durationBuckets };
}
