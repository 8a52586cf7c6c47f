/** What the catalog and Git say should run; what is not known is left out. */
export interface Expected {
  /** The key of the service in the catalog, for paths in messages. */
  readonly service: string;
  /** `repository:tag`, with a digest where there is one. */
  readonly image?: string;
  /** The last commit that changed what is rendered for the service. */
  readonly commit?: string;
  /** Whether a commit has that one behind it; undefined where the local repository cannot tell. */
  readonly contains?: (revision: string) => boolean | undefined;
}

/** Whether what the catalog says has come to the cluster, as far as the image tells. */
export type Arrival = 'arrived' | 'other' | 'unknown';

/**
 * Compares images of one repository only: another repository says nothing about which version is the newer one. A digest
 * decides where both have one, since a tag can be moved.
 */
export function arrivalOf(expected: string | undefined, running: readonly string[]): Arrival {
  if (expected === undefined) return 'unknown';
  const want = parts(expected);
  const same = running.map(parts).filter(({ repository }) => repository === want.repository);
  if (same.length === 0) return 'unknown';
  return same.some((have) => isSame(want, have)) ? 'arrived' : 'other';
}

interface ImageParts {
  readonly repository: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

function isSame(a: ImageParts, b: ImageParts): boolean {
  return a.digest !== undefined && b.digest !== undefined ? a.digest === b.digest : a.tag === b.tag;
}

function parts(image: string): ImageParts {
  const [rest = '', digest] = image.split('@');
  const colon = rest.lastIndexOf(':');
  const tagged = colon > rest.lastIndexOf('/');
  return { repository: tagged ? rest.slice(0, colon) : rest, tag: tagged ? rest.slice(colon + 1) : undefined, digest };
}
