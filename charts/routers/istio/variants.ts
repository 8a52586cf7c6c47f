import { CONTROL } from '../../../lib/catalog/complete/strategy/ab-test';
import type { AbTestStrategy, IstioRouting, Variant } from '../../../lib/catalog/service';
import { workloadName } from '../../../lib/catalog/workload-names';
import { PRIMARY_ROUTE, type ServiceScope } from '../../names';
import { destination, type HttpRoute } from './destination';

/** What every route of the service has, so that a variant differs from the control in its pods only (P6). */
type Policies = Pick<HttpRoute, 'timeout' | 'retries'>;

/**
 * The routes of an A/B test. A header says most, then a cookie of the application's own, then the cookie of the test; who
 * has none of them is given one by lot. The cookie is set by the route, not by a consistent hash, which would choose anew
 * whenever the weights or the pods change (P7, P11).
 */
export function variantRoutes(
  scope: ServiceScope,
  strategy: AbTestStrategy,
  routing: IstioRouting,
  policies: Policies,
): HttpRoute[] {
  const { cookie, variants } = strategy;
  const to = (variant: Variant) => [{ destination: destination(scopeOf(scope, variant), '', routing.port) }];
  const byHeader = variants.flatMap((one): HttpRoute[] =>
    one.header === undefined
      ? []
      : [
          {
            name: `variant-${one.name}-header`,
            match: [{ headers: { [one.header.name]: { exact: one.header.value } } }],
            route: to(one),
            ...policies,
          },
        ],
  );
  const byOwnCookie = variants.flatMap((one): HttpRoute[] =>
    one.cookie === undefined
      ? []
      : [
          {
            name: `variant-${one.name}-cookie`,
            match: [cookieMatch(one.cookie.name, one.cookie.value)],
            route: to(one),
            ...policies,
          },
        ],
  );
  // Also of variants that get no new users any more: who came in earlier stays.
  const sticky = variants.map(
    (one): HttpRoute => ({
      name: `variant-${one.name}-sticky`,
      match: [cookieMatch(cookie.name, one.name)],
      route: to(one),
      ...policies,
    }),
  );
  const control = [{ destination: destination(scope, '', routing.port) }];
  return [
    ...byHeader,
    ...byOwnCookie,
    ...sticky,
    { name: 'variant-control-sticky', match: [cookieMatch(cookie.name, CONTROL)], route: control, ...policies },
    { name: PRIMARY_ROUTE, route: lots(scope, strategy, routing), ...policies },
  ];
}

const scopeOf = (scope: ServiceScope, { name }: Variant): ServiceScope => ({
  ...scope,
  service: { ...scope.service, name: workloadName(scope.service.name, name) },
});

/** One cookie among others, whole. */
const cookieMatch = (name: string, value: string) => ({
  headers: { cookie: { regex: `(.*;\\s*)?${name}=${value}(;.*)?` } },
});

/** Shares of new users; each answer carries the cookie of the version that gave it. */
function lots(
  scope: ServiceScope,
  { cookie, variants }: AbTestStrategy,
  { port }: IstioRouting,
): NonNullable<HttpRoute['route']> {
  const setCookie = (value: string) => ({
    // `add`, because `set` would take away the cookies of the application's own answer.
    response: {
      add: {
        'set-cookie': `${cookie.name}=${value}; Path=/; Max-Age=${cookie.maxAgeSeconds}; SameSite=Lax${cookie.secure ? '; Secure' : ''}`,
      },
    },
  });
  const shared = variants.filter(({ percent }) => percent > 0);
  const rest = 100 - shared.reduce((sum, { percent }) => sum + percent, 0);
  if (shared.length === 0) return [{ destination: destination(scope, '', port) }];
  return [
    { destination: destination(scope, '', port), weight: rest, headers: setCookie(CONTROL) },
    ...shared.map((one) => ({
      destination: destination(scopeOf(scope, one), '', port),
      weight: one.percent,
      headers: setCookie(one.name),
    })),
  ];
}
