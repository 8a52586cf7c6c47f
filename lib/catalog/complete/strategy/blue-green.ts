import type { Path } from '../../../diagnostic/path';
import { ITEM_DEFAULTS } from '../../built-in';
import { gateSeconds } from '../../duration';
import { countsRequests } from '../../gate-kinds';
import type { BlueGreenStrategy, Gate, Pace } from '../../service';
import { backgroundOf, fewestPods, paceOf, replicaSetSettings, type StrategyScope } from './common';

/** Both versions whole, and a switch between them. */
export function completeBlueGreen(scope: StrategyScope): BlueGreenStrategy {
  const { context, given, gates } = scope;
  const { scaleDownDelaySeconds, abortScaleDownDelaySeconds } = given;
  const own = { ...ITEM_DEFAULTS.blueGreen, ...given.blueGreen };
  const at = (field: string): Path => ['strategy', 'blueGreen', field];
  const prePromotionGates = gates.find(own.prePromotionGates ?? [], at('prePromotionGates'), 'counted');
  const postPromotionGates = gates.find(own.postPromotionGates ?? [], at('postPromotionGates'), 'counted');
  checkPreviewRequests(scope, prePromotionGates, at('prePromotionGates'));
  checkPostPromotion(scope, postPromotionGates);
  if (own.previewReplicas !== undefined && own.previewReplicas > fewestPods(scope.scale)) {
    context.fault(
      'CAT028',
      at('previewReplicas'),
      `${own.previewReplicas} pods for the preview, and only ${fewestPods(scope.scale)} afterwards`,
      'leave it out: then the preview has as many as the service',
    );
  }
  const pace = paceOf(scope);
  return {
    kind: 'blueGreen',
    ...replicaSetSettings(scope),
    ...pace,
    background: backgroundOfColours(scope, pace),
    scaleDownDelaySeconds,
    abortScaleDownDelaySeconds,
    promotion: own.promotion,
    previewReplicas: own.previewReplicas,
    prePromotionGates,
    postPromotionGates,
  };
}

/** Between two target groups each colour exchanges its own pods; else there is no exchange. */
function backgroundOfColours(scope: StrategyScope, pace: Pace): BlueGreenStrategy['background'] {
  const { routing, scale } = scope;
  if (routing.router !== 'albTargetGroups') return undefined;
  const scales = routing.colours.map(({ replicas }) =>
    replicas === undefined ? scale : ({ kind: 'fixed', replicas } as const),
  );
  return backgroundOf(scope, pace, scales);
}

/** Before the switch nobody but testers asks the preview, so that gates about requests would wait for ever. */
function checkPreviewRequests({ context, routing }: StrategyScope, gates: readonly Gate[], path: Path): void {
  if (routing.canaryHeader !== undefined || context.refused(['routing', 'canaryHeader'])) return;
  for (const [i, gate] of gates.entries()) {
    if (!countsRequests(gate.kind)) continue;
    context.fault(
      'CAT054',
      [...path, i],
      `gate "${gate.name}" asks about requests, and the preview gets none before the switch`,
      'ask it in postPromotionGates; before the switch ask for readyPods, restarts, cpu or memory, or with a query of your own',
    );
  }
}

/** Time between the switch and the moment at which Argo Rollouts has made the AnalysisRun and has asked for the first time. */
const SLACK_SECONDS = 30;

/** Argo Rollouts ends the analysis after the switch when the old ReplicaSet goes, and then there is nothing to go back to (P27). */
function checkPostPromotion({ context, given }: StrategyScope, gates: readonly Gate[]): void {
  if (gates.length === 0 || context.refused(['strategy', 'scaleDownDelaySeconds'])) return;
  const wanted = Math.max(...gates.map(gateSeconds)) + SLACK_SECONDS;
  if (given.scaleDownDelaySeconds < wanted) {
    context.fault(
      'CAT053',
      ['strategy', 'scaleDownDelaySeconds'],
      `the old version is gone ${given.scaleDownDelaySeconds} s after the switch, and the gates after it take ${wanted - SLACK_SECONDS} s`,
      `use at least ${wanted}`,
      given.scaleDownDelaySeconds,
    );
  }
}
