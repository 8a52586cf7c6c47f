import type { BUILT_IN } from '../../built-in';
import { PAIRS } from '../../capabilities';
import type { ServiceSettings } from '../../schema/catalog';
import type { CommonRouting, Image, RouterKind, StrategyKind } from '../../service';
import type { Context, Defaulted } from '../context';

export type RoutingSettings = NonNullable<ServiceSettings['routing']>;

/** What completing any router works with. */
export interface RoutingScope {
  readonly context: Context;
  /** The merged settings, with Cutover's own defaults below them. */
  readonly given: Defaulted<RoutingSettings, keyof typeof BUILT_IN.routing>;
  readonly strategy: StrategyKind;
  readonly common: CommonRouting;
  /** The service's image in this environment. */
  readonly image: Image;
}

const COMMON: readonly (keyof RoutingSettings)[] = ['router', 'port', 'hosts', 'mesh', 'route53'];

/** The fields of each router beside those of all. */
const FIELDS: { readonly [R in RouterKind]: readonly (keyof RoutingSettings)[] } = {
  istio: [
    'gateways',
    'splitting',
    'canaryHeader',
    'timeoutSeconds',
    'retries',
    'connectionPool',
    'loadBalancer',
    'outlierDetection',
  ],
  alb: ['alb'],
  albTargetGroups: ['alb', 'targetGroups'],
  gatewayApi: ['gateways', 'canaryHeader', 'timeoutSeconds'],
  none: [],
};

/** The fields that a router has. */
export const routingFields = (router: RouterKind): readonly (keyof RoutingSettings)[] => [...COMMON, ...FIELDS[router]];

/** What was said of this service and belongs to another router; what all services share is passed over. */
export function refuseForeignRouting({ context, given, strategy }: RoutingScope): void {
  const { router } = given;
  if (context.refused(['routing', 'router'], ['strategy', 'kind']) || 'refused' in PAIRS[strategy][router]) return;
  // A header is refused where it is completed, with its reason.
  const own = [...routingFields(router), 'canaryHeader'];
  for (const field of Object.keys(context.settings.routing ?? {})) {
    const path = ['routing', field];
    if (!context.isOwn(path)) continue;
    if (!own.includes(field)) {
      context.fault(
        'CAT049',
        path,
        `the router ${router} has no "${field}"`,
        `it has: ${routingFields(router).join(', ')}`,
      );
    } else if (field === 'splitting' && strategy !== 'canary') {
      context.fault('CAT049', path, `the strategy ${strategy} splits nothing`, 'leave it out');
    }
  }
}
