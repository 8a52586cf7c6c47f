import type { Alert } from './alert';
import { canaryNotReady } from './canary-not-ready';
import { canaryRestarting } from './canary-restarting';
import { gateUnanswered } from './gate-unanswered';
import { migrationFailed } from './migration-failed';
import { outOfSync } from './out-of-sync';
import { podsNotReady } from './pods-not-ready';
import { podsRestarting } from './pods-restarting';
import { releaseAborted } from './release-aborted';
import { releaseDegraded } from './release-degraded';
import { releasePaused } from './release-paused';
import { releaseStuck } from './release-stuck';
import { trafficOnTwoVersions } from './traffic-on-two-versions';
import { variantWorse } from './variant-worse';
import { weightsDiffer } from './weights-differ';

/** Every alert, in the order in which they are rendered and told in the runbooks. */
export const ALERTS: readonly Alert[] = [
  releaseStuck,
  releaseAborted,
  releaseDegraded,
  releasePaused,
  gateUnanswered,
  canaryNotReady,
  canaryRestarting,
  trafficOnTwoVersions,
  weightsDiffer,
  migrationFailed,
  outOfSync,
  podsRestarting,
  podsNotReady,
  variantWorse,
];
