import type { WorkloadScope } from '../../names';

/** What the alerts of one workload are made from. */
export interface AlertScope extends WorkloadScope {
  /** Names of the Jobs that migrate for this release; content-hashed, so that those of earlier releases are others. */
  readonly migrationJobs: readonly string[];
}

/** The question of an alert, and how long the answer must be yes before somebody is told. */
export interface Question {
  /** Made only where it is rendered: a runbook tells of the alert without it. */
  readonly expr: () => string;
  readonly forSeconds: number;
  /** One line for the person who is woken, with the service's own name in front of it. */
  readonly summary: string;
}

/** A series that the rules of an alert ask for, under a name of its own. */
export interface Recorded {
  readonly record: string;
  readonly expr: string;
}

/** One alert. It is quiet when its series are missing: what is not scraped wakes nobody. */
export interface Alert {
  readonly name: string;
  /** `critical` where users are hurt or nothing goes on by itself; `warning` where the release can wait for the morning. */
  readonly severity: 'critical' | 'warning';
  /** What to do first, for the runbook. */
  readonly todo: string;
  /** What is recorded for it, before all alerts and with the labels `namespace` and `service`. */
  readonly records?: (scope: WorkloadScope) => readonly Recorded[];
  /** None where this workload cannot come into it. */
  readonly ask: (scope: AlertScope) => readonly Question[];
}

/** The names of the Jobs among what is rendered. */
export const jobNames = (
  objects: readonly { readonly kind: string; readonly metadata: { readonly name?: string } }[],
): readonly string[] =>
  objects.flatMap(({ kind, metadata }) => (kind === 'Job' && metadata.name !== undefined ? [metadata.name] : []));
