import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Document, parseAllDocuments } from 'yaml';
import type { Severity } from '../../../lib/diagnostic/diagnostic';

/** A change of one object: what stands at a path then; undefined takes it away, and without a path the whole object. */
export interface Edit {
  readonly object: string;
  readonly path?: readonly (string | number)[];
  readonly value?: unknown;
}

/**
 * One deviation from a working canary, as it was tried on a cluster, and the codes that find it. `worst` is how bad the worst
 * of them is; undefined where it is no mistake.
 */
export interface ControllerCase {
  readonly name: string;
  readonly edits: readonly Edit[];
  readonly codes: readonly string[];
  readonly worst: Severity | undefined;
}

const ROLLOUT = 'Rollout/shop';
const VIRTUAL_SERVICE = 'VirtualService/shop';
const TEMPLATE = 'AnalysisTemplate/shop';
const CANARY = ['spec', 'strategy', 'canary'] as const;
const ISTIO = [...CANARY, 'trafficRouting', 'istio'] as const;
const METRIC = ['spec', 'metrics', 0] as const;

const rollout = (path: readonly (string | number)[], value?: unknown): Edit => ({ object: ROLLOUT, path, value });
const route = (path: readonly (string | number)[], value?: unknown): Edit => ({
  object: VIRTUAL_SERVICE,
  path: ['spec', 'http', 0, ...path],
  value,
});
const metric = (field: string, value?: unknown): Edit => ({ object: TEMPLATE, path: [...METRIC, field], value });
const bad = (name: string, codes: string | readonly string[], ...edits: readonly Edit[]): ControllerCase => ({
  name,
  edits,
  codes: [codes].flat(),
  worst: 'error',
});
const smell = (name: string, codes: string, ...edits: readonly Edit[]): ControllerCase => ({
  name,
  edits,
  codes: [codes],
  worst: 'warning',
});
const fine = (name: string, ...edits: readonly Edit[]): ControllerCase => ({
  name,
  edits,
  codes: [],
  worst: undefined,
});

const subsets = (labels: unknown): unknown => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'DestinationRule',
  metadata: { name: 'shop', namespace: 'shop' },
  spec: {
    host: 'shop-stable',
    subsets: ['canary', 'stable'].map((name) => ({ name, ...(labels === undefined ? {} : { labels }) })),
  },
});
const destinationRule = { name: 'shop', canarySubsetName: 'canary', stableSubsetName: 'stable' };
const bySubset = (...rules: readonly unknown[]): readonly Edit[] => [
  rollout([...ISTIO, 'destinationRule'], destinationRule),
  rollout([...CANARY, 'canaryService']),
  rollout([...CANARY, 'stableService']),
  route(['route', 0, 'destination'], { host: 'shop-stable', subset: 'stable' }),
  route(['route', 1, 'destination'], { host: 'shop-stable', subset: 'canary' }),
  ...rules.map((value) => ({ object: 'DestinationRule/shop', value })),
];
const unrouted = [rollout([...CANARY, 'trafficRouting'])];
const inline = { templates: [{ templateName: 'shop' }], args: [{ name: 'hash', value: 'a' }] };
const second = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'AnalysisTemplate',
  metadata: { name: 'shop-2', namespace: 'shop' },
  spec: {
    metrics: [
      {
        name: 'm',
        interval: '5s',
        successCondition: 'len(result) > 0 && result[0] > 0',
        provider: { prometheus: { query: 'up{track="canary"}' } },
      },
    ],
  },
};

/** Every row of what was measured on Kubernetes 1.34, Argo Rollouts 1.10 and Istio 1.30. */
export const CONTROLLER_CASES: readonly ControllerCase[] = [
  fine('ok'),
  bad('vs-route-unnamed', 'MAN028', route(['name'])),
  smell('vs-route-unnamed-routes-omitted', 'MAN033', route(['name']), rollout([...ISTIO, 'virtualService', 'routes'])),
  bad(
    'vs-two-routes-none-selected',
    'MAN028',
    rollout([...ISTIO, 'virtualService', 'routes']),
    {
      object: VIRTUAL_SERVICE,
      path: ['spec', 'http', 1],
      value: { name: 'b', match: [{ uri: { prefix: '/b' } }], route: [{ destination: { host: 'shop-stable' } }] },
    },
    route(['match'], [{ uri: { prefix: '/a' } }]),
  ),
  bad(
    'vs-only-stable-destination',
    'MAN029',
    route(['route'], [{ destination: { host: 'shop-stable' }, weight: 100 }]),
  ),
  bad(
    'vs-third-destination',
    ['MAN030', 'MAN064'],
    route(['route', 0, 'weight'], 90),
    route(['route', 2], { destination: { host: 'legacy' }, weight: 10 }),
  ),
  smell('vs-weights-sum-90', 'MAN056', route(['route', 0, 'weight'], 90)),
  fine(
    'vs-fqdn-hosts',
    route(['route', 0, 'destination', 'host'], 'shop-stable.shop.svc.cluster.local'),
    route(['route', 1, 'destination', 'host'], 'shop-canary.shop.svc.cluster.local'),
  ),
  bad('vs-missing', 'MAN004', { object: VIRTUAL_SERVICE }),
  bad('vs-short-host-gateway', 'MAN031', { object: VIRTUAL_SERVICE, path: ['spec', 'hosts', 0], value: 'a_b' }),
  bad('no-services', 'MAN015', rollout([...CANARY, 'canaryService']), rollout([...CANARY, 'stableService'])),
  bad('same-service', 'MAN014', rollout([...CANARY, 'canaryService'], 'shop-stable')),
  bad('service-missing', ['MAN004', 'MAN064'], { object: 'Service/shop-canary' }),
  bad('service-selector-mismatch', ['MAN005', 'MAN107'], {
    object: 'Service/shop-canary',
    path: ['spec', 'selector', 'track'],
    value: 'canary',
  }),
  bad('services-plus-destinationrule', 'MAN029', rollout([...ISTIO, 'destinationRule'], destinationRule), {
    object: 'DestinationRule/shop',
    value: subsets({ app: 'shop' }),
  }),
  bad(
    'dr-subset-names-missing',
    'MAN029',
    ...bySubset(subsets({ app: 'shop' })),
    route(['route', 0, 'destination'], { host: 'shop-stable' }),
    route(['route', 1, 'destination'], { host: 'shop-canary' }),
  ),
  bad('dr-missing', 'MAN004', ...bySubset()),
  smell('dr-subsets-without-labels', 'MAN034', ...bySubset(subsets(undefined))),
  fine('dr-subsets-with-labels', ...bySubset(subsets({ app: 'shop' }))),
  bad('surge-and-unavailable-zero', 'MAN011', rollout([...CANARY, 'maxSurge'], 0)),
  bad(
    'setCanaryScale-without-trafficRouting',
    'MAN016',
    ...unrouted,
    rollout([...CANARY, 'steps', 4], { setCanaryScale: { weight: 50 } }),
  ),
  bad(
    'dynamicStableScale-and-scaleDownDelay',
    'MAN017',
    rollout([...CANARY, 'dynamicStableScale'], true),
    rollout([...CANARY, 'scaleDownDelaySeconds'], 30),
  ),
  bad(
    'scaleDownDelay-without-trafficRouting',
    'MAN016',
    ...unrouted,
    rollout([...CANARY, 'scaleDownDelaySeconds'], 30),
  ),
  bad(
    'abortScaleDownDelay-without-trafficRouting',
    'MAN016',
    ...unrouted,
    rollout([...CANARY, 'abortScaleDownDelaySeconds'], 30),
  ),
  bad('pause-duration-0s', 'MAN021', rollout([...CANARY, 'steps', 1, 'pause', 'duration'], '0s')),
  bad('pause-duration-1d', 'MAN021', rollout([...CANARY, 'steps', 1, 'pause', 'duration'], '1d')),
  bad(
    'step-with-two-actions',
    'MAN019',
    rollout([...CANARY, 'steps', 0], { setWeight: 20, pause: { duration: '20s' } }),
  ),
  bad('setWeight-101', 'MAN020', rollout([...CANARY, 'steps', 2, 'setWeight'], 101)),
  bad('progressDeadline-le-minReady', 'MAN012', rollout(['spec', 'progressDeadlineSeconds'], 5)),
  bad('selector-mismatch', 'MAN001', rollout(['spec', 'selector', 'matchLabels', 'x'], true)),
  bad('canary-and-blueGreen', 'MAN010', rollout(['spec', 'strategy', 'blueGreen'], { activeService: 'shop-stable' })),
  bad('strategy-missing', 'MAN010', rollout(['spec', 'strategy'])),
  bad('unknown-field', 'MAN001', rollout([...CANARY, 'analysys'], {})),
  bad(
    'setHeaderRoute-without-managedRoutes',
    'MAN022',
    rollout([...CANARY, 'steps', 4], {
      setHeaderRoute: { name: 'beta', match: [{ headerName: 'x', headerValue: { exact: 'beta' } }] },
    }),
  ),
  bad('template-missing', 'MAN004', rollout([...CANARY, 'analysis', 'templates', 0, 'templateName'], 'nope')),
  bad('analysis-arg-missing', 'MAN042', rollout([...CANARY, 'analysis', 'args'])),
  bad(
    'step-analysis-without-count',
    'MAN044',
    metric('count'),
    rollout([...CANARY, 'analysis']),
    rollout([...CANARY, 'steps', 2], { analysis: inline }),
  ),
  fine('background-analysis-without-count', metric('count')),
  bad('analysis-count-without-interval', 'MAN040', metric('interval')),
  bad('analysis-count-le-failureLimit', 'MAN041', metric('failureLimit', 3)),
  bad('analysis-bad-condition-syntax', 'MAN046', metric('successCondition', 'result[0] >=< 0.95')),
  bad('analysis-no-metrics', 'MAN039', { object: TEMPLATE, path: ['spec', 'metrics'], value: [] }),
  bad('analysis-no-provider', 'MAN039', metric('provider', {})),
  bad(
    'analysis-unknown-arg-in-query',
    'MAN042',
    metric('provider', { prometheus: { query: 'up{a="{{args.nope}}"}' } }),
  ),
  bad('analysis-startingStep-99', 'MAN045', rollout([...CANARY, 'analysis', 'startingStep'], 99)),
  bad(
    'two-templates-same-metric-name',
    'MAN043',
    { object: 'AnalysisTemplate/shop-2', value: second },
    rollout([...CANARY, 'analysis', 'templates', 1], { templateName: 'shop-2' }),
  ),
  bad(
    'canaryMetadata-selector-label',
    'MAN036',
    rollout([...CANARY, 'canaryMetadata'], { labels: { app: 'shop-canary' } }),
  ),
];

const BASE = readFileSync(join(__dirname, 'base.yaml'), 'utf8');

/** The manifests of a case, one file. */
export function manifestsOf({ edits }: Pick<ControllerCase, 'edits'>): string {
  const documents = new Map<string, Document>();
  for (const document of parseAllDocuments(BASE)) {
    if (document instanceof Document)
      documents.set(`${document.get('kind')}/${document.getIn(['metadata', 'name'])}`, document);
  }
  const added: string[] = [];
  for (const { object, path, value } of edits) {
    const document = documents.get(object);
    if (path === undefined && value !== undefined) added.push(`${JSON.stringify(value)}\n`);
    else if (path === undefined) documents.delete(object);
    else if (document === undefined) throw new Error(`there is no ${object}`);
    else if (value === undefined) document.deleteIn(path);
    else document.setIn(path, document.createNode(value));
  }
  return [...[...documents.values()].map(String), ...added].join('---\n').replaceAll('---\n---\n', '---\n');
}
