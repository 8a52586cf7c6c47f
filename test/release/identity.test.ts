import type { Environment } from '../../lib/catalog/service';
import { type ContextFacts, identify } from '../../lib/release/identity';

const environment = (kind: 'name' | 'server', value: string, name = 'production'): Environment => ({
  name,
  namespace: 'shop',
  cluster: { kind, value },
  requireDigests: false,
});

const context = (more: Partial<ContextFacts>): ContextFacts => ({
  context: 'work',
  clusterName: 'work',
  server: 'https://10.0.0.1:6443',
  tlsServerName: undefined,
  inCluster: false,
  ...more,
});

const CASES: readonly (readonly [string, Environment, ContextFacts, 'same' | 'other' | 'unproven'])[] = [
  [
    'the same server',
    environment('server', 'https://k.example:6443'),
    context({ server: 'https://k.example:6443' }),
    'same',
  ],
  [
    'the same server, written otherwise',
    environment('server', 'https://k.example'),
    context({ server: 'https://K.example:443/' }),
    'same',
  ],
  ['another port', environment('server', 'https://k.example:6443'), context({ server: 'https://k.example' }), 'other'],
  ['another server', environment('server', 'https://k.example'), context({}), 'other'],
  [
    'a cluster behind a path',
    environment('server', 'https://k.example'),
    context({ server: 'https://k.example/k8s/clusters/c-1' }),
    'other',
  ],
  [
    'a tunnel',
    environment('server', 'https://k.example'),
    context({ server: 'https://127.0.0.1:1', tlsServerName: 'k.example' }),
    'same',
  ],
  ['the name of the context', environment('name', 'staging'), context({ context: 'staging' }), 'same'],
  ['the name of the cluster', environment('name', 'staging'), context({ clusterName: 'staging' }), 'same'],
  [
    'EKS',
    environment('name', 'staging'),
    context({ clusterName: 'arn:aws:eks:eu-central-1:1:cluster/staging' }),
    'same',
  ],
  ['GKE', environment('name', 'staging'), context({ context: 'gke_project_europe-west1_staging' }), 'same'],
  ['a part of a name', environment('name', 'staging'), context({ context: 'old-staging' }), 'unproven'],
  ['the name of another environment', environment('name', 'staging'), context({ context: 'other' }), 'other'],
  [
    "Argo CD's own cluster, from outside",
    environment('server', 'https://kubernetes.default.svc'),
    context({}),
    'unproven',
  ],
  ["Argo CD's own cluster, from inside", environment('name', 'in-cluster'), context({ inCluster: true }), 'same'],
];

const OTHERS = [environment('name', 'other', 'other')];

test.each(CASES)('%s', (_, wanted, there, is) => expect(identify(wanted, there, OTHERS).is).toBe(is));

test('what neither decides, the Application does that Argo CD wrote on the Rollout', () => {
  const wanted = environment('name', 'staging');
  const of = (trackingId: string | undefined) =>
    identify(wanted, context({}), [], { expected: 'shop-production-web', trackingId }).is;
  expect(of('shop-production-web:argoproj.io/Rollout:shop/web')).toBe('same');
  expect(of('argocd_shop-production-web:argoproj.io/Rollout:shop/web')).toBe('same');
  expect(of('shop-staging-web:argoproj.io/Rollout:shop/web')).toBe('other');
  expect(of(undefined)).toBe('unproven');
});
