import type { KubeObject } from '../../manifest/object';
import { leavesOf } from '../compare/compare';

/** An object as far as it can be like another: what it says, with its own name taken out, so that a renamed one is the same. */
export interface Content {
  readonly leaves: ReadonlySet<string>;
}

/** The content of an object without its identity. Texts that hold its name say only that they do. */
export function contentOf(object: KubeObject): Content {
  const { name } = object.metadata;
  const { apiVersion: _, kind: __, metadata, ...rest } = { ...object };
  const leaves = leavesOf(rest);
  for (const leaf of leavesOf({ labels: metadata.labels, annotations: metadata.annotations })) leaves.add(leaf);
  return { leaves: new Set([...leaves].map((leaf) => leaf.replaceAll(name, '\0'))) };
}

/** How much of two contents is the same, from 0 to 1. */
export function likeness(a: Content, b: Content): number {
  const [small, large] = a.leaves.size <= b.leaves.size ? [a.leaves, b.leaves] : [b.leaves, a.leaves];
  let shared = 0;
  for (const leaf of small) if (large.has(leaf)) shared += 1;
  return shared / Math.max(a.leaves.size + b.leaves.size - shared, 1);
}

/** Whether two contents say enough for one to be known in the other; of a few words, only the very same are. */
export const canBeKnown = (a: Content, b: Content): boolean =>
  Math.min(a.leaves.size, b.leaves.size) >= ENOUGH || (a.leaves.size > 0 && likeness(a, b) === 1);

const ENOUGH = 3;

/** How many of the words of two names are the same, from 0 to 1. */
export function nameLikeness(a: string, b: string): number {
  const [left, right] = [new Set(a.split(/[-.]/)), new Set(b.split(/[-.]/))];
  const shared = [...left].filter((word) => right.has(word)).length;
  return shared / Math.max(left.size + right.size - shared, 1);
}
