import type { MigrationPhase } from '../../catalog/service';
import type { Diagnostic } from '../../diagnostic/diagnostic';
import type { Bucket, ProbeReport } from '../measure';
import type { Seeded } from '../seed/seed';

/** One statement of a migration as it ran. */
export interface StatementReport {
  readonly line: number;
  readonly text: string;
  /** On the clock of the rehearsal. */
  readonly startedMs: number;
  readonly ms: number;
  /** The strongest lock that its session had on what others see, as SQL names it; null where none was seen. */
  readonly lock: string | null;
  readonly lockedRelation: string | null;
  readonly longestReadMs: number;
  readonly longestWriteMs: number;
  readonly failedProbes: number;
  readonly sqlState: string | null;
}

/** How a run of Flyway ended. */
export type Outcome = 'succeeded' | 'failed' | 'cut';

/** One migration as it ran, with what ran beside it. */
export interface StageReport {
  readonly version: string;
  readonly file: string;
  readonly phase: MigrationPhase;
  readonly versions: readonly string[];
  readonly outcome: Outcome;
  /** From the start of the load to its end: half a second more on both sides than the migration. */
  readonly startedMs: number;
  readonly endedMs: number;
  readonly statements: readonly StatementReport[];
  readonly probes: readonly ProbeReport[];
  readonly longestReadMs: number;
  readonly longestWriteMs: number;
  /** The longest waits before the migration began, for comparison. */
  readonly idleReadMs: number;
  readonly idleWriteMs: number;
  readonly buckets: readonly Bucket[];
}

export type DrillVerdict = 'passed' | 'failed' | 'skipped';

/** What happened in a drill. */
export interface DrillReport {
  readonly name: string;
  readonly migration: string | null;
  readonly verdict: DrillVerdict;
  /** One plain sentence. */
  readonly told: string;
  readonly seconds: number;
}

/** All of a rehearsal; what `--format json` writes. */
export interface RehearsalReport {
  readonly service: string;
  readonly environment: string;
  readonly verdict: 'passed' | 'failed';
  readonly server: string;
  readonly flyway: string;
  readonly base: string;
  readonly rows: number;
  readonly maxWaitMs: number;
  /** The longest time that this process itself was busy: no wait is known better than that. */
  readonly ownDelayMs: number;
  readonly seeded: readonly Seeded[];
  readonly stages: readonly StageReport[];
  readonly drills: readonly DrillReport[];
  readonly findings: readonly Diagnostic[];
}
