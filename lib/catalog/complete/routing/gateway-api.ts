import { compareText } from '../../../diagnostic/format';
import type { GatewayApiRouting } from '../../service';
import type { RoutingScope } from './common';

/** An HTTPRoute only means something below a Gateway, so that one is wanted even without a host name. */
export function completeGatewayApi({ context, given, common }: RoutingScope): GatewayApiRouting {
  const gateways = [...(given.gateways ?? context.platform.gatewayApi.gateways)].sort(compareText);
  const refused = context.refused(['routing', 'gateways']) || context.refusedAt(['platform', 'gatewayApi']);
  if (gateways.length === 0 && !refused) {
    context.fault(
      'CAT038',
      ['routing'],
      'no Gateway carries the HTTPRoute',
      'set routing.gateways or platform.gatewayApi.gateways',
    );
  }
  if (common.port.protocol === 'grpc') {
    context.fault(
      'CAT044',
      ['routing', 'port'],
      `port "${common.port.name}" speaks gRPC, and an HTTPRoute promises HTTP only`,
      'route another port, or take the router istio',
    );
  }
  return { router: 'gatewayApi', ...common, gateways };
}
