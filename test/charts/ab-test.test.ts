import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { serviceObjects } from '../../charts/service-objects';
import { fieldAt, type KubeObject, listAt, numberAt, textAt } from '../../lib/manifest/object';
import { edited } from '../catalog/minimal';
import { only, ROOT, releasesOf } from '../tools/catalog';

const example: unknown = JSON.parse(readFileSync(join(ROOT, 'docs/examples/services.json'), 'utf8'));
const VARIANTS = 'services/ab-test-istio/strategy/abTest/variants';

function objectsOf(key: string, edits: Readonly<Record<string, unknown>> = {}): readonly KubeObject[] {
  const [release] = releasesOf(JSON.stringify(edited(example, edits)));
  const service = release?.services.find((one) => one.key === key);
  if (release === undefined || service === undefined) throw new Error(`no ${key}`);
  return serviceObjects({ ...release, service });
}

const routesOf = (objects: readonly KubeObject[]) =>
  listAt(only(objects, 'VirtualService', 'ab-test-istio'), 'spec.http');

type Headers = Readonly<Record<string, string>>;

/** Whether a route takes a request: Envoy compares exactly, or with a regular expression that must fit the whole value. */
function takes(route: unknown, headers: Headers): boolean {
  const matches = listAt(route, 'match');
  return (
    matches.length === 0 ||
    matches.some((match) =>
      Object.entries(fieldAt(match, 'headers') ?? {}).every(([name, condition]) => {
        const value = headers[name];
        const exact = textAt(condition, 'exact');
        const regex = textAt(condition, 'regex');
        return (
          value !== undefined && (exact === undefined ? new RegExp(`^(?:${regex})$`).test(value) : value === exact)
        );
      }),
    )
  );
}

/** The first label of the host that a request goes to; `lot` is its draw from 0 to below 100. */
function hostOf(routes: readonly unknown[], headers: Headers, lot = 0): { host: string; cookie: string | undefined } {
  const route = routes.find((one) => takes(one, headers));
  let left = lot;
  const destinations = listAt(route, 'route');
  const chosen = destinations.find((one) => {
    left -= numberAt(one, 'weight') ?? 100;
    return left < 0;
  });
  return {
    host: textAt(chosen, 'destination.host')?.split('.')[0] ?? '',
    cookie: textAt(chosen, 'headers.response.add.set-cookie'),
  };
}

describe('who gets which variant', () => {
  const routes = routesOf(objectsOf('ab-test-istio'));

  test.each([
    ['nobody in particular, by lot', {}, 0, 'ab-test-istio'],
    ['nobody in particular, by another lot', {}, 99, 'ab-test-istio-new-checkout'],
    ['a tester by header', { 'x-variant': 'old-checkout' }, 0, 'ab-test-istio-old-checkout'],
    [
      'a tester by header, whatever the cookie',
      { 'x-variant': 'old-checkout', cookie: 'beta=yes' },
      0,
      'ab-test-istio-old-checkout',
    ],
    ["a user with the application's own cookie", { cookie: 'a=1; beta=yes; b=2' }, 0, 'ab-test-istio-new-checkout'],
    ['a user of the variant', { cookie: 'checkout-2026-10=new-checkout' }, 0, 'ab-test-istio-new-checkout'],
    ['a user of the control', { cookie: 'x=y; checkout-2026-10=control' }, 99, 'ab-test-istio'],
    ['a user of a variant that was taken out', { cookie: 'checkout-2026-10=gone' }, 0, 'ab-test-istio'],
    ['a cookie whose name only ends like it', { cookie: 'my-checkout-2026-10=new-checkout' }, 0, 'ab-test-istio'],
    ['a cookie whose value only begins like it', { cookie: 'checkout-2026-10=new-checkout2' }, 0, 'ab-test-istio'],
  ] as const)('%s', (_, headers, lot, host) => expect(hostOf(routes, headers, lot).host).toBe(host));

  test('every route has the timeout and the retries of the service (P6)', () => {
    for (const route of routes) {
      expect([textAt(route, 'timeout'), numberAt(route, 'retries.attempts')]).toEqual(['10s', 1]);
    }
  });

  test('a user stays where the first answer put them, whatever the shares become', () => {
    fc.assert(
      fc.property(fc.nat(99), fc.integer({ min: 1, max: 99 }), fc.nat(99), (first, percent, later) => {
        const { host, cookie } = hostOf(routes, {}, first);
        const moved = routesOf(objectsOf('ab-test-istio', { [`${VARIANTS}/new-checkout/percent`]: percent }));
        const sent = cookie?.split(';')[0] ?? '';
        expect(hostOf(moved, { cookie: `session=abc; ${sent}` }, later).host).toBe(host);
      }),
      { numRuns: 30 },
    );
  });

  test('one that gets no new users any more keeps its old ones', () => {
    const stopped = routesOf(objectsOf('ab-test-istio', { [`${VARIANTS}/new-checkout/percent`]: 0 }));
    expect(hostOf(stopped, {}, 99).host).toBe('ab-test-istio');
    expect(hostOf(stopped, { cookie: 'checkout-2026-10=new-checkout' }).host).toBe('ab-test-istio-new-checkout');
  });

  test('the cookie is added, so that those of the application stay', () => {
    const { cookie } = hostOf(routes, {}, 99);
    expect(cookie).toBe('checkout-2026-10=new-checkout; Path=/; Max-Age=1209600; SameSite=Lax; Secure');
  });
});

describe('the workloads of a test', () => {
  const objects = objectsOf('ab-test-istio');
  const waveOf = (one: KubeObject) => Number(one.metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? 0);
  const names = (kind: string) => objects.filter((one) => one.kind === kind).map(({ metadata }) => metadata.name);

  test('each has its own Service, DestinationRule, budget, policy and alerts (P3)', () => {
    const all = ['ab-test-istio', 'ab-test-istio-new-checkout', 'ab-test-istio-old-checkout'];
    for (const kind of [
      'Rollout',
      'Service',
      'DestinationRule',
      'NetworkPolicy',
      'PodDisruptionBudget',
      'PrometheusRule',
    ])
      expect([kind, names(kind)]).toEqual([kind, all]);
  });

  test('no Service has pods of another', () => {
    for (const service of objects.filter((one) => one.kind === 'Service'))
      expect(fieldAt(service, 'spec.selector')).toEqual({ 'app.kubernetes.io/name': service.metadata.name });
  });

  test('routes come after the pods that they lead to, and go before them', () => {
    const route = only(objects, 'VirtualService');
    for (const rollout of objects.filter((one) => one.kind === 'Rollout'))
      expect(waveOf(route)).toBeGreaterThan(waveOf(rollout));
    const last = objects
      .filter((one) => one.metadata.annotations?.['argocd.argoproj.io/sync-options'] === 'PruneLast=true')
      .map((one) => `${one.kind} ${one.metadata.name}`);
    for (const variant of ['new', 'old'])
      for (const kind of ['Rollout', 'Service', 'DestinationRule'])
        expect(last).toContain(`${kind} ab-test-istio-${variant}-checkout`);
    expect(last).not.toContain('Rollout ab-test-istio');
  });

  test('the gates stand beside the releases of the variants, and as alerts between them', () => {
    const alerts = (name: string) =>
      listAt(listAt(only(objects, 'PrometheusRule', name), 'spec.groups')[0], 'rules').map((rule) =>
        textAt(rule, 'alert'),
      );
    const analysis = (name: string) => fieldAt(only(objects, 'Rollout', name), 'spec.strategy.canary.analysis');
    expect(alerts('ab-test-istio')).not.toContain('VariantWorse');
    expect(alerts('ab-test-istio-new-checkout').filter((one) => one === 'VariantWorse')).toHaveLength(2);
    expect(analysis('ab-test-istio')).toBeUndefined();
    expect(analysis('ab-test-istio-new-checkout')).toBeDefined();
  });

  test('who lets the service in lets its variants in', () => {
    const callee = objectsOf('rolling-none', {
      'services/rolling-none/allowedCallers': { services: ['ab-test-istio'] },
    });
    const [rule] = listAt(only(callee, 'NetworkPolicy'), 'spec.ingress');
    const callers = listAt(rule, 'from').map((one) => fieldAt(one, 'podSelector.matchLabels'));
    expect(callers).toEqual(
      ['ab-test-istio', 'ab-test-istio-new-checkout', 'ab-test-istio-old-checkout'].map((name) => ({
        'app.kubernetes.io/name': name,
      })),
    );
  });
});

describe('on a load balancer', () => {
  const ingress = only(objectsOf('ab-test-alb'), 'Ingress');
  const annotation = (name: string): unknown =>
    JSON.parse(ingress.metadata.annotations?.[`alb.ingress.kubernetes.io/${name}`] ?? 'null');

  test('the rule with the header is asked first', () => {
    const paths = listAt(listAt(ingress, 'spec.rules')[0], 'http.paths').map((one) =>
      textAt(one, 'backend.service.name'),
    );
    expect(paths).toEqual(['ab-test-alb-b-header', 'ab-test-alb']);
    expect(annotation('conditions.ab-test-alb-b-header')).toEqual([
      { field: 'http-header', httpHeaderConfig: { httpHeaderName: 'x-variant', values: ['b'] } },
    ]);
  });

  test('the load balancer itself keeps users in a target group', () => {
    expect(annotation('actions.ab-test-alb')).toEqual({
      type: 'forward',
      forwardConfig: {
        targetGroups: [
          { serviceName: 'ab-test-alb', servicePort: 80, weight: 90 },
          { serviceName: 'ab-test-alb-b', servicePort: 80, weight: 10 },
        ],
        targetGroupStickinessConfig: { enabled: true, durationSeconds: 604800 },
      },
    });
  });
});
