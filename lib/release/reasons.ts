import type { ReleaseCode } from './codes';

/** What holds a release up. Each has its own code. */
export const REASONS = {
  notReady: 'REL010',
  crashLooping: 'REL011',
  imagePull: 'REL012',
  unschedulable: 'REL013',
  quota: 'REL014',
  invalidSpec: 'REL015',
  paused: 'REL016',
  analysisInconclusive: 'REL017',
  waitingForDestinationRuleSwitch: 'REL018',
  deadlinePassed: 'REL019',
  outOfSync: 'REL020',
  drifted: 'REL028',
  syncingOlderCommit: 'REL021',
  otherVersion: 'REL022',
  migrationFailed: 'REL023',
  migrationRunning: 'REL024',
  weightsDiffer: 'REL025',
  notObserved: 'REL026',
  gateFailed: 'REL027',
} as const satisfies Readonly<Record<string, ReleaseCode>>;

export type ReasonKind = keyof typeof REASONS;

/** Who paused a release. */
export type PausedBy = 'user' | 'inconclusiveAnalysis' | 'step' | 'promotion';

/** One thing that holds a release up, and what to do about it. */
export interface Reason {
  readonly code: ReleaseCode;
  readonly kind: ReasonKind;
  /** Whether the release goes no further until somebody acts. */
  readonly blocking: boolean;
  readonly message: string;
  readonly next: string;
  readonly by?: PausedBy;
}

export function reason(
  kind: ReasonKind,
  blocking: boolean,
  message: string,
  next: string,
  more: Pick<Reason, 'by'> = {},
): Reason {
  return { code: REASONS[kind], kind, blocking, message, next, ...more };
}
