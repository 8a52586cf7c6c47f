import { childPath, fieldAt, hasAt, type KubeObject, listAt, textAt } from './object';

export const CANARY = 'spec.strategy.canary';
export const BLUE_GREEN = 'spec.strategy.blueGreen';
export const ROUTING = `${CANARY}.trafficRouting`;
export const ISTIO = `${ROUTING}.istio`;
export const STEPS = `${CANARY}.steps`;
export const DESTINATION_RULE = `${ISTIO}.destinationRule`;
export const MANAGED_ROUTES = `${ROUTING}.managedRoutes`;
export const MAX_TRAFFIC_WEIGHT = `${ROUTING}.maxTrafficWeight`;
export const PING_PONG = `${CANARY}.pingPong`;

/** How long a pod takes until it is ready, in seconds, where the catalog says it: the probes do not tell. */
export const POD_START_ANNOTATION = 'cutover.dev/pod-start-seconds';

/** The label by which the controller tells versions apart; it writes it itself. */
export const HASH_LABEL = 'rollouts-pod-template-hash';

/** A step of a canary, and where it stands. */
export interface StepAt {
  readonly step: unknown;
  readonly index: number;
  readonly path: string;
}

/** The steps of a canary; many rules ask, and they never change. */
export function stepsOf(rollout: KubeObject): readonly StepAt[] {
  let found = FOUND.get(rollout);
  if (found === undefined) {
    found = listAt(rollout, STEPS).map((step, index) => ({ step, index, path: `${STEPS}[${index}]` }));
    FOUND.set(rollout, found);
  }
  return found;
}

const FOUND = new WeakMap<KubeObject, readonly StepAt[]>();

/** The routers that Argo Rollouts knows; `plugins` stands for all that are loaded. */
const ROUTERS = ['alb', 'ambassador', 'apisix', 'appMesh', 'istio', 'nginx', 'plugins', 'smi', 'traefik'] as const;
export type RouterName = (typeof ROUTERS)[number];

/** The routers that a Rollout asks for. */
export const routersOf = (rollout: KubeObject): readonly RouterName[] => {
  const routing = fieldAt(rollout, ROUTING);
  return routing === undefined || routing === null ? [] : ROUTERS.filter((router) => hasAt(routing, router));
};

/** A Service that a Rollout names, and what for. */
export interface ServiceRole {
  readonly name: string;
  readonly path: string;
  /** Where the labels stand that pods of this role have besides those of the template. */
  readonly metadata: string | undefined;
}

const ROLES: readonly (readonly [path: string, metadata: string | undefined])[] = [
  [`${CANARY}.stableService`, `${CANARY}.stableMetadata.labels`],
  [`${CANARY}.canaryService`, `${CANARY}.canaryMetadata.labels`],
  [`${CANARY}.pingPong.pingService`, undefined],
  [`${CANARY}.pingPong.pongService`, undefined],
  [`${BLUE_GREEN}.activeService`, `${BLUE_GREEN}.activeMetadata.labels`],
  [`${BLUE_GREEN}.previewService`, `${BLUE_GREEN}.previewMetadata.labels`],
];

/** The Services that the controller looks for when it validates a Rollout. */
export function servicesOf(rollout: KubeObject): readonly ServiceRole[] {
  const strategy = fieldAt(rollout, 'spec.strategy');
  if (strategy === undefined) return [];
  return ROLES.flatMap(([path, metadata]) => {
    const name = textAt(rollout, path);
    return name === undefined || name === '' ? [] : [{ name, path, metadata }];
  });
}

/** An integer of Go's IntOrString: a text that is none counts as 0; undefined where an argument will stand. */
export function intOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Math.trunc(value);
  if (typeof value !== 'string') return 0;
  if (value.includes('{{')) return undefined;
  return /^[+-]?\d+$/.test(value) ? Number(value) : 0;
}

/** A key or an index below the path of a step. */
export const inStep = ({ path }: StepAt, ...segments: readonly (string | number)[]): string =>
  childPath(path, ...segments);
