import type { Severity } from '../diagnostic/diagnostic';
import type { KubeObject } from './object';

/** Tells a finding: the object, the dotted path in it, and what is wrong. */
export type ReportObject = (object: KubeObject, path: string, message: string) => void;

/** The objects that are released together: one service in one environment. */
export interface ObjectGroup {
  readonly objects: readonly KubeObject[];
  /** The first object of a kind with a name, in the order in which they are rendered. */
  readonly find: (kind: string, name: string) => KubeObject | undefined;
  readonly ofKind: (kind: string) => readonly KubeObject[];
}

/** A rule over rendered objects. It never changes what it reads. */
export interface ManifestRule {
  readonly code: string;
  readonly severity: Severity;
  /** What goes wrong on the cluster when it is broken. */
  readonly title: string;
  /** The next action. */
  readonly hint: string;
  /** Where it is known from: a file of the pinned version, a page of documentation or a measurement. */
  readonly source: string;
  /** Objects that break it and nothing else, and the paths where. */
  readonly bad: readonly { readonly objects: readonly KubeObject[]; readonly paths: readonly string[] }[];
  /** Objects of the same form that do not. */
  readonly good: readonly (readonly KubeObject[])[];
  readonly check: (group: ObjectGroup, report: ReportObject) => void;
}

/** A group over objects, with what rules look up in it. */
export function groupOf(objects: readonly KubeObject[]): ObjectGroup {
  const byKind = new Map<string, KubeObject[]>();
  for (const object of objects) {
    const same = byKind.get(object.kind);
    if (same === undefined) byKind.set(object.kind, [object]);
    else same.push(object);
  }
  const ofKind = (kind: string): readonly KubeObject[] => byKind.get(kind) ?? [];
  return { objects, ofKind, find: (kind, name) => ofKind(kind).find((object) => object.metadata.name === name) };
}
