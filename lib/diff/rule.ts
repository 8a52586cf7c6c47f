import type { Severity } from '../diagnostic/diagnostic';
import type { KindName } from '../manifest/kinds';
import type { KubeObject } from '../manifest/object';
import type { ObjectGroup } from '../manifest/rule';
import type { SqlJudge } from '../sql/contracts';
import type { Change, ExpectedSeconds, Field } from './change';

/** What is released together, on both sides, as far as it was read. */
export interface Scope {
  readonly before: ObjectGroup;
  readonly after: ObjectGroup;
  readonly changes: readonly Change[];
  /** The change of an object of either side; undefined where it is the same on both. */
  readonly changeOf: (object: KubeObject) => Change | undefined;
  /** Judges SQL; undefined where no change brings any. */
  readonly sql: SqlJudge | undefined;
}

/** What an effect says beyond its message. */
export interface EffectDetails {
  /** The next action in the user's own names, in place of the rule's hint. */
  readonly hint?: string;
  readonly severity?: Severity;
  /** How long it takes, where that is known. */
  readonly seconds?: ExpectedSeconds;
}

/** Tells an effect: the field that has it, or its path, and what will happen. */
export type TellEffect = (at: Field | string, message: string, details?: EffectDetails) => void;

/** What a rule is tried on: what stood there before, and what will. */
export interface DiffExample {
  readonly before: readonly KubeObject[];
  readonly after: readonly KubeObject[];
}

/** A kind as rules name it; kinds that the linter does not speak of by their bare names. */
export type RuledKind =
  | KindName
  | 'CustomResourceDefinition'
  | 'PersistentVolumeClaim'
  | 'StorageClass'
  | 'PriorityClass'
  | 'EnvoyFilter';

/** A rule over changes. It never changes what it reads. */
export interface DiffRule {
  readonly code: string;
  readonly severity: Severity;
  /** What happens on the cluster. */
  readonly title: string;
  /** Why it happens: one to three sentences for the reference. */
  readonly reason: string;
  /** The next action. */
  readonly hint: string;
  /** Where it is known from: a file of the pinned version, a page of documentation or a measurement. */
  readonly source: string;
  /** The kinds of objects whose change the rule is asked about. */
  readonly kinds: readonly RuledKind[] | 'any';
  /** Whether it is asked only where no other rule has told anything. */
  readonly last?: true;
  /** Whether it is asked about a change of which Argo CD ignores everything, so that nothing happens. */
  readonly ofIgnored?: true;
  /** Whether it tells something of the comparison beside what the change does; rules that are asked last do not go by it. */
  readonly beside?: true;
  /** How people count it in a summary: `3 services roll out`. The first word is of the singular and the plural. */
  readonly counted?: readonly [one: string, many: string];
  /** Changes that have the effect, with the paths where it is told; and changes of the same form that have not. */
  readonly examples: () => {
    readonly has: readonly (DiffExample & { readonly paths: readonly string[] })[];
    readonly hasNot: readonly DiffExample[];
  };
  readonly check: (change: Change, scope: Scope, tell: TellEffect) => void;
}
