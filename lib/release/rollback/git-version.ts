import { type Path, valueAt } from '../../diagnostic/path';
import { fieldAt, listAt, textAt } from '../../manifest/object';
import type { ReplicaSetFacts } from '../read/replica-set';
import { isPart, same } from './merge';

/** A commit that changed what the catalog says of a service, or what is rendered for it. */
export interface GitVersion {
  readonly commit: string;
  /** ISO 8601. */
  readonly date: string;
  readonly subject: string;
  /** What the catalog says of the service in the environment: the value at each of `entryPaths`. */
  readonly entry: readonly unknown[];
  /** The pod template that was rendered; undefined where no Rollout was. */
  readonly template: unknown;
}

/** Where a catalog says something of one service in one environment; the version comes first. */
export const entryPaths = (environment: string, service: string): readonly Path[] => [
  ['environments', environment, 'versions', service],
  ['environments', environment, 'services', service],
  ['services', service],
];

/** What a catalog says of a service. */
export const entryOf = (catalog: unknown, environment: string, service: string): readonly unknown[] =>
  entryPaths(environment, service).map((path) => valueAt(catalog, path));

export const versionOf = ({ entry }: Pick<GitVersion, 'entry'>): string | undefined =>
  typeof entry[0] === 'string' ? entry[0] : undefined;

export const imagesIn = (template: unknown): readonly string[] =>
  listAt(template, 'spec.containers').map((container) => textAt(container, 'image') ?? '');

/** Whether the pods of a ReplicaSet are those that were rendered; `image` where only their images tell. */
export function isRenderedFrom(set: ReplicaSetFacts, { template }: GitVersion): 'whole' | 'image' | 'no' {
  if (template === undefined || !same(set.images, imagesIn(template))) return 'no';
  return isPart(fieldAt(template, 'spec'), fieldAt(set.template, 'spec')) ? 'whole' : 'image';
}

/** The commits, newest first, without those that left both entry and pods as they were. */
export function changesOnly(versions: readonly GitVersion[]): readonly GitVersion[] {
  return versions.filter((one, i) => {
    const before = versions[i + 1];
    return before === undefined || !same(one.entry, before.entry) || !same(one.template, before.template);
  });
}
