import { compareText } from '../../../diagnostic/format';
import { BUILT_IN, ITEM_DEFAULTS } from '../../built-in';
import type { IstioRouting } from '../../service';
import type { RoutingScope } from './common';

export function completeIstio({ context, given, common }: RoutingScope): IstioRouting {
  const { hosts } = common;
  const gateways = [...(given.gateways ?? context.platform.istio.gateways)].sort(compareText);
  const refused = context.refused(['routing', 'gateways']) || context.refusedAt(['platform', 'istio']);
  if (hosts.length > 0 && gateways.length === 0 && !refused) {
    context.fault(
      'CAT038',
      ['routing', 'hosts'],
      `${hosts.join(', ')}: no gateway serves public hosts`,
      'set routing.gateways or platform.istio.gateways',
    );
  }
  return {
    router: 'istio',
    ...common,
    gateways: hosts.length > 0 ? gateways : [],
    splitting: given.splitting,
    retries: { perTryTimeoutSeconds: undefined, ...BUILT_IN.routing.retries, ...given.retries },
    connectionPool: given.connectionPool ?? {},
    loadBalancer: given.loadBalancer,
    outlierDetection: given.outlierDetection
      ? { ...ITEM_DEFAULTS.outlierDetection, ...given.outlierDetection }
      : undefined,
  };
}
