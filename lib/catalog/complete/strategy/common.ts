import type { Path } from '../../../diagnostic/path';
import type { BUILT_IN } from '../../built-in';
import { PAIRS } from '../../capabilities';
import { exchangeSeconds, secondsToFail } from '../../duration';
import type { ServiceSettings } from '../../schema/catalog';
import type {
  Gate,
  Pace,
  Pods,
  ReplicaSetSettings,
  RollingStrategy,
  Routing,
  Scale,
  StrategyKind,
} from '../../service';
import type { Context, Defaulted } from '../context';
import type { GateFinder } from './gate-uses';

export type StrategySettings = NonNullable<ServiceSettings['strategy']>;

/** What completing any strategy works with. */
export interface StrategyScope {
  readonly context: Context;
  /** The merged settings, with Cutover's own defaults below them. */
  readonly given: Defaulted<StrategySettings, keyof typeof BUILT_IN.strategy>;
  readonly gates: GateFinder;
  /** The names of all gates of the service. */
  readonly gateNames: readonly string[];
  readonly routing: Routing;
  readonly scale: Scale;
}

export function replicaSetSettings({ given }: StrategyScope): ReplicaSetSettings {
  const { antiAffinity, minReadySeconds, progressDeadlineSeconds, revisionHistoryLimit, rollbackWindowRevisions } =
    given;
  return { antiAffinity, minReadySeconds, progressDeadlineSeconds, revisionHistoryLimit, rollbackWindowRevisions };
}

/** `25%` stays text, `1` becomes a number: Kubernetes tells them apart. */
const podsOf = (text: string): Pods => (text.endsWith('%') ? text : Number(text));

const isNone = (pods: Pods): boolean => pods === 0 || pods === '0%';

/** How fast pods are exchanged; Argo Rollouts refuses a pace at which nothing can move. */
export function paceOf({ context, given }: StrategyScope): Pace {
  const pace = { maxSurge: podsOf(given.maxSurge), maxUnavailable: podsOf(given.maxUnavailable) };
  if (isNone(pace.maxSurge) && isNone(pace.maxUnavailable)) {
    context.fault(
      'CAT070',
      ['strategy', 'maxSurge'],
      'maxSurge and maxUnavailable are both 0: no pod may be added and none may be missing',
      'raise maxSurge; maxUnavailable takes pods away before their successors serve',
    );
  }
  return pace;
}

/** Argo Rollouts ends a run that outlives the release as Successful, so that a gate must be able to fail before (B5). */
export function checkExchange(
  { context, given: { minReadySeconds } }: StrategyScope,
  pace: Pace,
  scale: Scale,
  gates: readonly Gate[],
  path: Path,
): void {
  if (context.refused(['replicas'], ['autoscaling'], ['strategy', 'minReadySeconds'])) return;
  const lasts = exchangeSeconds({ ...pace, minReadySeconds }, scale);
  for (const [i, gate] of gates.entries()) {
    const wanted = secondsToFail(gate);
    if (wanted <= lasts || context.refused(['gates', gate.name])) continue;
    context.fault(
      'CAT072',
      [...path, i],
      `gate "${gate.name}" needs ${wanted} s to fail, and the pods are exchanged in ${lasts} s`,
      'raise minReadySeconds or lower maxSurge, or lower the failureLimit or interval of the gate',
    );
  }
}

/** Gates beside an exchange of pods; there are no steps at which they could begin. */
export function backgroundOf(
  scope: StrategyScope,
  pace: Pace,
  scales: readonly Scale[],
): RollingStrategy['background'] {
  const { context, given, gates } = scope;
  const path = ['strategy', 'background'];
  if (!given.background) return undefined;
  if (given.background.startingStep !== undefined && context.isOwn([...path, 'startingStep'])) {
    context.fault('CAT049', [...path, 'startingStep'], `the strategy ${given.kind} has no steps`, 'leave it out');
  }
  const names = context.need([...path, 'gates'], given.background.gates, [], 'names of gates');
  const found = gates.find(names, [...path, 'gates'], 'background');
  for (const scale of scales) checkExchange(scope, pace, scale, found, [...path, 'gates']);
  return { gates: found };
}

const COMMON: readonly (keyof StrategySettings)[] = [
  'kind',
  'antiAffinity',
  'minReadySeconds',
  'progressDeadlineSeconds',
  'revisionHistoryLimit',
  'rollbackWindowRevisions',
];
const PACE: readonly (keyof StrategySettings)[] = ['maxSurge', 'maxUnavailable'];
const DELAYS: readonly (keyof StrategySettings)[] = ['scaleDownDelaySeconds', 'abortScaleDownDelaySeconds'];

const ROUTED: readonly (keyof StrategySettings)[] = ['optimizeFor', ...DELAYS];

/** The fields that each strategy has on a router. */
const FIELDS: { readonly [K in StrategyKind]: (router: Routing['router']) => readonly (keyof StrategySettings)[] } = {
  rolling: () => [...PACE, 'background'],
  blueGreen: (router) => (router === 'albTargetGroups' ? [...PACE, 'background'] : ['blueGreen', ...DELAYS]),
  // Without a router Argo Rollouts refuses the delays, and with one it ignores the pace.
  canary: (router) => ['steps', 'preset', 'background', ...(router === 'none' ? PACE : ROUTED)],
  abTest: () => ['abTest', 'background', ...PACE],
};

/** The fields that a strategy has on a router. */
export const strategyFields = (kind: StrategyKind, router: Routing['router']): readonly (keyof StrategySettings)[] => [
  ...COMMON,
  ...FIELDS[kind](router),
];

/** What was said of this service and belongs to another strategy; what all services share is passed over. */
export function refuseForeignFields({ context, given, routing }: StrategyScope): void {
  if (context.refused(['strategy', 'kind'], ['routing', 'router']) || 'refused' in PAIRS[given.kind][routing.router])
    return;
  const own = strategyFields(given.kind, routing.router);
  for (const field of Object.keys(context.settings.strategy ?? {})) {
    const path: Path = ['strategy', field];
    if (own.some((one) => one === field) || !context.isOwn(path)) continue;
    context.fault(
      'CAT049',
      path,
      `the strategy ${given.kind} on the router ${routing.router} has no "${field}"`,
      `it has: ${own.join(', ')}`,
    );
  }
}

export function checkNumbers({ context, given }: StrategyScope): void {
  const refused = (...names: readonly (keyof StrategySettings)[]) =>
    context.refused(...names.map((name) => ['strategy', name]));
  const { progressDeadlineSeconds, minReadySeconds, rollbackWindowRevisions, revisionHistoryLimit } = given;
  if (progressDeadlineSeconds <= minReadySeconds && !refused('progressDeadlineSeconds', 'minReadySeconds')) {
    context.fault(
      'CAT041',
      ['strategy', 'progressDeadlineSeconds'],
      `${progressDeadlineSeconds} s is not longer than minReadySeconds ${minReadySeconds} s: Argo Rollouts refuses it`,
      'raise progressDeadlineSeconds',
    );
  }
  if (rollbackWindowRevisions > revisionHistoryLimit && !refused('rollbackWindowRevisions', 'revisionHistoryLimit')) {
    context.fault(
      'CAT042',
      ['strategy', 'rollbackWindowRevisions'],
      `${rollbackWindowRevisions} revisions back, but only ${revisionHistoryLimit} are kept`,
      'raise revisionHistoryLimit',
    );
  }
}

/** The fewest pods of the steady state. */
export const fewestPods = (scale: Scale): number => (scale.kind === 'fixed' ? scale.replicas : scale.minReplicas);
