import type { Severity } from '../diagnostic/diagnostic';
import { type KindName, kindNameOf } from './kinds';
import type { KubeObject } from './object';

/** What a finding says beyond its message. */
export interface FindingDetails {
  /** The next action in the user's own names, in place of the rule's hint. */
  readonly hint?: string;
  /** What is wrong, where it is not what stands at the path. */
  readonly value?: unknown;
}

/** Tells a finding: the object, the dotted path in it, and what is wrong. Paths with odd keys are built with `childPath`. */
export type ReportObject = (object: KubeObject, path: string, message: string, details?: FindingDetails) => void;

/** The objects that are released together: one service in one environment, or everything that the linter was given. */
export interface ObjectGroup {
  readonly objects: readonly KubeObject[];
  /**
   * Whether what is not here is not there at all. True for what Cutover renders; of manifests that others wrote only the
   * objects that Argo Rollouts itself asks for are known to be missing.
   */
  readonly closed: boolean;
  /**
   * The object of a kind with a name, as one that stands in `near` would find it: in the same namespace. An object that
   * says no namespace may be in any. Takes constant time.
   */
  readonly find: (kind: KindName, name: string, near?: KubeObject) => KubeObject | undefined;
  readonly ofKind: (kind: KindName) => readonly KubeObject[];
  /** The kinds of its objects. */
  readonly kinds: ReadonlySet<string>;
}

/** Objects that break a rule and nothing else, with the paths where; and objects of the same form that do not. */
export interface RuleExamples {
  readonly bad: readonly { readonly objects: readonly KubeObject[]; readonly paths: readonly string[] }[];
  readonly good: readonly (readonly KubeObject[])[];
}

/** A rule over rendered objects. It never changes what it reads. */
export interface ManifestRule {
  readonly code: string;
  readonly severity: Severity;
  /** What goes wrong on the cluster when it is broken. */
  readonly title: string;
  /** Why it goes wrong: one to three sentences for the reference. */
  readonly reason: string;
  /** The next action. */
  readonly hint: string;
  /** Where it is known from: a file of the pinned version, a page of documentation or a measurement. */
  readonly source: string;
  /** The rule is asked only where an object of one of these kinds is present. */
  readonly kinds: readonly KindName[] | 'any';
  /** A function, so that a run that finds nothing never makes them. */
  readonly examples: () => RuleExamples;
  readonly check: (group: ObjectGroup, report: ReportObject) => void;
}

const NONE: readonly KubeObject[] = [];

/** A group over objects, with what rules look up in it. */
export function groupOf(objects: readonly KubeObject[], closed = true): ObjectGroup {
  const byKind = new Map<string, KubeObject[]>();
  for (const object of objects) append(byKind, kindNameOf(object), object);
  const ofKind = (kind: KindName): readonly KubeObject[] => byKind.get(kind) ?? NONE;
  const byName = new Map<string, Map<string, KubeObject[]>>();
  const named = (kind: KindName, name: string): readonly KubeObject[] => {
    let names = byName.get(kind);
    if (names === undefined) {
      names = new Map();
      for (const object of ofKind(kind)) append(names, object.metadata.name, object);
      byName.set(kind, names);
    }
    return names.get(name) ?? NONE;
  };
  return {
    objects,
    closed,
    ofKind,
    kinds: new Set(byKind.keys()),
    find: (kind, name, near) =>
      near === undefined ? named(kind, name)[0] : named(kind, name).find((object) => sharesNamespace(object, near)),
  };
}

/** Whether two objects can be in one namespace: one that says none is where it is applied to. */
export function sharesNamespace({ metadata: a }: KubeObject, { metadata: b }: KubeObject): boolean {
  return a.namespace === b.namespace || a.namespace === undefined || b.namespace === undefined;
}

/**
 * Gives the rules that have anything to look at in a group. A catalog's services have few sets of kinds between them, so that
 * each is worked out once.
 */
export function rulesByKinds(rules: readonly ManifestRule[]): (group: ObjectGroup) => readonly ManifestRule[] {
  const known = new Map<string, readonly ManifestRule[]>();
  return ({ kinds }) => {
    const signature = [...kinds].join();
    let asked = known.get(signature);
    if (asked === undefined) {
      asked = rules.filter((rule) => rule.kinds === 'any' || rule.kinds.some((kind) => kinds.has(kind)));
      known.set(signature, asked);
    }
    return asked;
  };
}

function append(lists: Map<string, KubeObject[]>, key: string, object: KubeObject): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [object]);
  else list.push(object);
}
