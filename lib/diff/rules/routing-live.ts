import { example } from '../../manifest/example';
import { nameOf } from '../../manifest/object';
import { liveFields } from '../change';
import { pairOf, virtualService } from '../example';
import { fieldsLike } from '../fields';
import type { DiffRule } from '../rule';

const retries = virtualService({ stable: 100, canary: 0 }, { timeout: '5s' });
const route = (port: number) =>
  example('HTTPRoute', 'web', { spec: { rules: [{ backendRefs: [{ name: 'web', port }] }] } });

export const routingLive: DiffRule = {
  code: 'DIF080',
  severity: 'warning',
  title: 'Changes routing: it holds for all requests as soon as it is synced, and restarts nothing',
  reason:
    'Proxies and load balancers take a new route within seconds, for every client at once. No step and no gate stands before it; going back takes another commit.',
  hint: 'try it on one host or one header first; keep the change apart from a release',
  source: 'Istio 1.30, documentation: Traffic management; AWS Load Balancer Controller 3.5; Gateway API 1.6',
  kinds: ['VirtualService', 'HTTPRoute', 'Ingress', 'Gateway', 'ServiceEntry', 'Gateway.gateway.networking.k8s.io'],
  counted: ['route is live at once', 'routes are live at once'],
  examples: () => ({
    has: [
      { ...pairOf(virtualService(), retries), paths: ['spec.http[name=primary].timeout'] },
      { ...pairOf(route(80), route(81)), paths: ['spec.rules[0].backendRefs[name=web].port'] },
    ],
    hasNot: [pairOf(virtualService({ stable: 100, canary: 0 }), virtualService({ stable: 90, canary: 10 }))],
  }),
  check: (change, _, tell) => {
    if (change.before === undefined || change.after === undefined) return;
    const weights = new Set(fieldsLike(change, /\.weight$/));
    const [field] = liveFields(change).filter(
      (one) => !weights.has(one) && /^spec[.[]|^metadata\.annotations/.test(one.path) && !isOfArgo(one.path),
    );
    if (field !== undefined) tell(field, `${nameOf(change.after.object)}: the new routes hold for everybody at once`);
  },
};

const isOfArgo = (path: string): boolean => /argocd\.argoproj\.io|kubectl\.kubernetes\.io/.test(path);
