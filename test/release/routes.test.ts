import { type Edits, edited, removeWorkspaces } from '../catalog/minimal';
import { release, releaseFolder, stateIn } from './command';
import { NOW, replicaSetObject, rolloutObject } from './objects';
import { type Recorded, Replay } from './replay';

jest.setTimeout(60_000);
afterAll(removeWorkspaces);

// Where the weights stand, for each router: what its controller writes as a release goes from 0 to 10 %, and somebody else's edit.

/** As Argo Rollouts 1.9.1 writes it: rollout/trafficrouting/alb/alb.go, getForwardActionString. */
const albAction = (canary: string, stable: string, weight: number): string =>
  JSON.stringify({
    Type: 'forward',
    ForwardConfig: {
      TargetGroups: [
        { ServiceName: canary, ServicePort: '80', Weight: weight },
        { ServiceName: stable, ServicePort: '80', Weight: 100 - weight },
      ],
    },
  });

const ingress = (annotations: Readonly<Record<string, string>>): unknown => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'shop', annotations },
});

const backendRefs = (weight: number) => [
  { name: 'shop-stable', port: 80, weight: 100 - weight },
  { name: 'shop-canary', port: 80, weight },
];

/** The header route that a step makes has the canary alone, and is no share of all requests. */
const httpRoute = (weight: number): unknown => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: { name: 'shop' },
  spec: {
    rules: [
      { name: 'header', backendRefs: [{ name: 'shop-canary', port: 80, weight: 1 }] },
      { name: 'primary', backendRefs: backendRefs(weight) },
    ],
  },
});

const virtualService = (weight: number): unknown => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: { name: 'shop' },
  spec: {
    http: [
      { name: 'header', route: [{ destination: { host: 'shop-canary' } }] },
      {
        name: 'primary',
        route: [
          { destination: { host: 'shop-stable.demo2.svc.cluster.local' }, weight: 100 - weight },
          { destination: { host: 'shop-canary.demo2.svc.cluster.local' }, weight },
        ],
      },
    ],
  },
});

interface Case {
  readonly what: string;
  readonly plural: string;
  readonly kind: string;
  readonly canary: Readonly<Record<string, unknown>>;
  readonly status?: Readonly<Record<string, unknown>>;
  readonly object: (weight: number) => unknown;
}

const SERVICES = { stableService: 'shop-stable', canaryService: 'shop-canary' };
const ACTION = 'alb.ingress.kubernetes.io/actions.shop';
const PING_PONG = { pingPong: { pingService: 'shop-ping', pongService: 'shop-pong' } };

const CASES: readonly Case[] = [
  {
    what: 'a VirtualService that leads to Services',
    plural: 'virtualservices',
    kind: 'VirtualService',
    canary: { ...SERVICES, trafficRouting: { istio: { virtualService: { name: 'shop', routes: ['primary'] } } } },
    object: virtualService,
  },
  {
    what: 'an Ingress with the action of the root Service',
    plural: 'ingresses',
    kind: 'Ingress',
    canary: { ...SERVICES, trafficRouting: { alb: { ingress: 'shop', rootService: 'shop', servicePort: 80 } } },
    object: (weight) => ingress({ [ACTION]: albAction('shop-canary', 'shop-stable', weight) }),
  },
  {
    what: 'an Ingress with the action of the stable Service, under another prefix',
    plural: 'ingresses',
    kind: 'Ingress',
    canary: {
      ...SERVICES,
      trafficRouting: { alb: { ingress: 'shop', servicePort: 80, annotationPrefix: 'alb.example.com' } },
    },
    object: (weight) =>
      ingress({
        'alb.example.com/actions.shop-stable': albAction('shop-canary', 'shop-stable', weight),
        'alb.example.com/actions.redirect': '{"type":"redirect"}',
        [ACTION]: albAction('shop-canary', 'shop-stable', 77),
      }),
  },
  {
    what: 'ping and pong, while ping has the stable version',
    plural: 'ingresses',
    kind: 'Ingress',
    canary: { ...PING_PONG, trafficRouting: { alb: { ingress: 'shop', rootService: 'shop', servicePort: 80 } } },
    status: { stablePingPong: 'ping' },
    object: (weight) => ingress({ [ACTION]: albAction('shop-pong', 'shop-ping', weight) }),
  },
  {
    what: 'ping and pong, while pong has it',
    plural: 'ingresses',
    kind: 'Ingress',
    canary: { ...PING_PONG, trafficRouting: { alb: { ingress: 'shop', rootService: 'shop', servicePort: 80 } } },
    status: { stablePingPong: 'pong' },
    object: (weight) => ingress({ [ACTION]: albAction('shop-ping', 'shop-pong', weight) }),
  },
  {
    what: 'an HTTPRoute',
    plural: 'httproutes',
    kind: 'HTTPRoute',
    canary: {
      ...SERVICES,
      trafficRouting: {
        plugins: { 'argoproj-labs/gatewayAPI': { namespace: 'demo2', httpRoutes: [{ name: 'shop' }] } },
      },
    },
    object: httpRoute,
  },
];

const STEPS = [{ setWeight: 10 }, { pause: {} }];

/** A Rollout at its first step, which has set so much. */
function rolloutOf({ canary, status }: Case, weight: number): unknown {
  return rolloutObject({
    'metadata/name': 'shop',
    'metadata/namespace': 'demo2',
    'spec/strategy/canary': { steps: STEPS, ...canary },
    'status/canary': { ...status, weights: { canary: { weight } } },
    'status/currentStepIndex': 0,
  });
}

const replicaSet = (hash: string, revision: number): unknown =>
  replicaSetObject(hash, revision, 1, {
    'metadata/name': `shop-${hash}`,
    'metadata/ownerReferences': [{ kind: 'Rollout', name: 'shop', controller: true }],
  });

/** What an API server tells of it: 1 to 4 before the step, 5 and 6 as the weight moves, 7 as somebody sets it back. */
function stream(one: Case): readonly Recorded[] {
  const changes: readonly (readonly [string, Recorded['type'], unknown])[] = [
    ['replicasets', 'ADDED', replicaSet('old', 1)],
    ['replicasets', 'ADDED', replicaSet('new', 2)],
    ['rollouts', 'ADDED', rolloutOf(one, 0)],
    [one.plural, 'ADDED', one.object(0)],
    [one.plural, 'MODIFIED', one.object(10)],
    ['rollouts', 'MODIFIED', rolloutOf(one, 10)],
    [one.plural, 'MODIFIED', one.object(0)],
  ];
  return changes.map(([plural, type, object], i) => {
    const uid: Edits = { 'metadata/uid': plural === 'replicasets' ? String(i) : plural };
    const version = { 'metadata/resourceVersion': String(i + 1) };
    return {
      plural,
      type,
      object: edited(object, { ...uid, ...version }) as Recorded['object'],
      version: i + 1,
      at: NOW,
    };
  });
}

describe.each(CASES)('$what', (one) => {
  test.each([
    ['before the step', 4, 0, 0, []],
    ['at the step', 6, 10, 10, []],
    ['when somebody has set it back', 7, 10, 0, ['REL025']],
  ])('%s', async (_, version, set, routed, codes) => {
    const replay = new Replay(stream(one));
    const folder = releaseFolder(await replay.start());
    replay.moveTo(version);
    try {
      const told = stateIn(await release(folder, ['status', 'web', '--format', 'json']));
      expect(told.weight).toEqual({ asked: 10, set, routed, router: one.kind });
      const reasons: readonly { readonly code: string }[] = told.reasons;
      expect(reasons.filter(({ code }) => code === 'REL025').map(({ code }) => code)).toEqual(codes);
      const { out } = await release(folder, ['status', 'web']);
      expect(out).toContain(`weight   10 % asked, ${set} % set, ${routed} % in the ${one.kind}\n`);
    } finally {
      await replay.stop();
    }
  });
});

test('an Ingress that may not be read leaves the rest as it is', async () => {
  const [, one] = CASES;
  if (one === undefined) throw new Error('no case');
  const replay = new Replay(stream(one));
  replay.trouble = ({ path }) => (path.endsWith('/ingresses') ? { kind: 'status', code: 403 } : undefined);
  const folder = releaseFolder(await replay.start());
  replay.moveTo(6);
  try {
    const { weight, unread } = stateIn(await release(folder, ['status', 'web', '--format', 'json']));
    expect([weight, unread]).toEqual([
      { asked: 10, set: 10, routed: null, router: 'Ingress' },
      expect.arrayContaining([{ resource: 'ingresses', why: expect.stringContaining('403') }]),
    ]);
  } finally {
    await replay.stop();
  }
});
