import { valueAt } from '../../lib/diagnostic/path';
import { changed, only, rendered, sampleScope } from '../tools/catalog';

const frontend = sampleScope('frontend');
const at = (root: unknown, ...path: (string | number)[]) => valueAt(root, path);
const specOf = (kind: string, scope = frontend) => at(only(rendered(scope), kind), 'spec');
const HOST = 'tbyte-microservices-frontend.tbyte.svc.cluster.local';

describe('VirtualService', () => {
  test('in-mesh callers and the gateway follow the same weights (P9, B14)', () => {
    const spec = specOf('VirtualService');
    expect(at(spec, 'hosts')).toEqual([HOST, 'www.tbyte.example']);
    expect(at(spec, 'gateways')).toEqual(['mesh', 'istio-ingress/public']);
  });

  test('a service without public hosts is not on a gateway', () => {
    const routing = { ...frontend.service.routing, hosts: [], gateways: [] };
    expect(at(specOf('VirtualService', changed(frontend, { routing })), 'gateways')).toEqual(['mesh']);
  });

  test('the header always leads to the canary, everything else follows the weights', () => {
    const destination = (subset: string) => ({ host: HOST, subset, port: { number: 80 } });
    const policies = {
      timeout: '15s',
      retries: { attempts: 2, retryOn: 'connect-failure,refused-stream,unavailable' },
    };
    expect(at(specOf('VirtualService'), 'http')).toEqual([
      {
        name: 'canary-header',
        match: [{ headers: { canary: { exact: 'true' } } }],
        route: [{ destination: destination('canary') }],
        ...policies,
      },
      {
        name: 'primary',
        route: [
          { destination: destination('stable'), weight: 100 },
          { destination: destination('canary'), weight: 0 },
        ],
        ...policies,
      },
    ]);
  });

  test('every route has a name (P2), and the Rollout lists the weighted ones only (P1, P5)', () => {
    const backend = sampleScope('backend');
    const names = (at(specOf('VirtualService', backend), 'http') as readonly unknown[]).map((route) =>
      at(route, 'name'),
    );
    expect(names).toEqual(['port-metrics', 'primary']);
    expect(at(specOf('Rollout'), 'strategy', 'canary', 'trafficRouting', 'istio', 'virtualService', 'routes')).toEqual([
      'primary',
    ]);
  });

  test('another HTTP port is split as well, and keeps its own number', () => {
    const [route] = at(specOf('VirtualService', sampleScope('backend')), 'http') as readonly unknown[];
    expect(at(route, 'match')).toEqual([{ gateways: ['mesh'], port: 9090 }]);
    expect(at(route, 'route', 0, 'destination', 'port')).toEqual({ number: 9090 });
  });

  test('no limit and no retry unless the catalog says so', () => {
    const routing = {
      ...frontend.service.routing,
      canaryHeader: undefined,
      timeoutSeconds: undefined,
      retries: { attempts: 0, perTryTimeoutSeconds: 2, retryOn: 'connect-failure' },
    };
    const [route] = at(specOf('VirtualService', changed(frontend, { routing })), 'http') as readonly object[];
    expect(route).not.toHaveProperty('timeout');
    expect(at(route, 'retries')).toEqual({ attempts: 0 });
  });
});

describe('DestinationRule', () => {
  test('two subsets, without the label that the controller adds (P3, P4)', () => {
    const labels = { 'app.kubernetes.io/name': 'tbyte-microservices-frontend' };
    expect(at(specOf('DestinationRule'), 'subsets')).toEqual([
      { name: 'canary', labels },
      { name: 'stable', labels },
    ]);
  });

  test('connection pool, balancing and outlier detection of the frontend', () => {
    expect(at(specOf('DestinationRule'), 'trafficPolicy')).toEqual({
      connectionPool: {
        tcp: { maxConnections: 100 },
        http: { http1MaxPendingRequests: 50, maxRequestsPerConnection: 10 },
      },
      loadBalancer: { simple: 'LEAST_REQUEST' },
      outlierDetection: { consecutive5xxErrors: 3, interval: '30s', baseEjectionTime: '30s', maxEjectionPercent: 10 },
    });
  });

  test('comes one wave before the VirtualService that names its subsets (P11)', () => {
    const wave = (kind: string) =>
      Number(only(rendered(frontend), kind).metadata.annotations?.['argocd.argoproj.io/sync-wave']);
    expect(wave('DestinationRule')).toBeLessThan(wave('VirtualService'));
    expect(wave('VirtualService')).toBeLessThan(wave('Rollout'));
  });

  test('the Rollout and the routing agree on subsets and services', () => {
    const istio = at(specOf('Rollout'), 'strategy', 'canary', 'trafficRouting', 'istio');
    expect(at(istio, 'destinationRule')).toEqual({
      name: 'tbyte-microservices-frontend',
      canarySubsetName: 'canary',
      stableSubsetName: 'stable',
    });
    expect(at(specOf('Rollout'), 'strategy', 'canary')).not.toHaveProperty('canaryService');
  });
});
