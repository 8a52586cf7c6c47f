import type { DiffRule } from '../rule';
import { added } from './added';
import { applicationMoved } from './application-moved';
import { applicationRemoved } from './application-removed';
import { bolderSteps } from './bolder-steps';
import { budgetLowered } from './budget-lowered';
import { buildTimeValue } from './build-time-value';
import { configInPlace } from './config-in-place';
import { contractWithCode } from './contract-with-code';
import { deadlineLoosened } from './deadline-loosened';
import { drainShortened } from './drain-shortened';
import { effectsOutOfOrder } from './effects-out-of-order';
import { exposed } from './exposed';
import { fewerPods } from './fewer-pods';
import { fewerSamples } from './fewer-samples';
import { gateRemoved } from './gate-removed';
import { gateSilenced } from './gate-silenced';
import { historyShortened } from './history-shortened';
import { hostOpened } from './host-opened';
import { ignoreNotFollowed } from './ignore-not-followed';
import { ignoredByArgoCd } from './ignored-by-argo-cd';
import { ignoresChanged } from './ignores-changed';
import { imageGoesBack } from './image-goes-back';
import { immutableField } from './immutable-field';
import { meshOpened } from './mesh-opened';
import { migrationRuns } from './migration-runs';
import { morePods } from './more-pods';
import { networkWidened } from './network-widened';
import { nothing } from './nothing';
import { oldConfigPruned } from './old-config-pruned';
import { oldPodsGoSooner } from './old-pods-go-sooner';
import { podsPrivileged } from './pods-privileged';
import { policyLive } from './policy-live';
import { portDropped } from './port-dropped';
import { projectWidened } from './project-widened';
import { queryChanged } from './query-changed';
import { rbacWidened } from './rbac-widened';
import { recordsMoved } from './records-moved';
import { removed } from './removed';
import { removedInUse } from './removed-in-use';
import { removesData } from './removes-data';
import { renamed } from './renamed';
import { restartAt } from './restart-at';
import { restartsPods } from './restarts-pods';
import { rollbackWindow } from './rollback-window';
import { routeDropped } from './route-dropped';
import { routingLive } from './routing-live';
import { selectorChanged } from './selector-changed';
import { serviceSwitched } from './service-switched';
import { startsRollout } from './starts-rollout';
import { stepsChanged } from './steps-changed';
import { strategySwitched } from './strategy-switched';
import { subsetDropped } from './subset-dropped';
import { subsetRemovedFirst } from './subset-removed-first';
import { syncChanged } from './sync-changed';
import { targetGroupDeleted } from './target-group-deleted';
import { thresholdWeakened } from './threshold-weakened';
import { updated } from './updated';
import { waveChanged } from './wave-changed';
import { weightsEdited } from './weights-edited';
import { workloadReplaced } from './workload-replaced';

/** Every rule over changes, by code. */
export const DIFF_RULES: readonly DiffRule[] = [
  startsRollout,
  restartsPods,
  restartAt,
  stepsChanged,
  imageGoesBack,
  buildTimeValue,
  rollbackWindow,
  historyShortened,
  oldPodsGoSooner,
  immutableField,
  selectorChanged,
  removedInUse,
  removesData,
  removed,
  renamed,
  oldConfigPruned,
  workloadReplaced,
  added,
  targetGroupDeleted,
  subsetDropped,
  routeDropped,
  portDropped,
  routingLive,
  policyLive,
  configInPlace,
  serviceSwitched,
  weightsEdited,
  recordsMoved,
  effectsOutOfOrder,
  subsetRemovedFirst,
  thresholdWeakened,
  fewerSamples,
  gateRemoved,
  gateSilenced,
  queryChanged,
  bolderSteps,
  deadlineLoosened,
  strategySwitched,
  drainShortened,
  networkWidened,
  rbacWidened,
  podsPrivileged,
  hostOpened,
  exposed,
  projectWidened,
  meshOpened,
  fewerPods,
  morePods,
  budgetLowered,
  syncChanged,
  ignoresChanged,
  applicationMoved,
  applicationRemoved,
  waveChanged,
  contractWithCode,
  migrationRuns,
  updated,
  nothing,
  ignoredByArgoCd,
  ignoreNotFollowed,
];

/** Codes of rules that are gone; they are never given to another. */
export const RETIRED_DIFF_CODES: readonly string[] = [];
