import type { Diagnostic } from '../diagnostic/diagnostic';

/** Every code this folder can give. A code is for ever: one that is no longer given stays listed. */
export const TREE_CODES = {
  TREE001: 'a path that cannot stand in the output tree',
  TREE002: 'two entries of the new tree claim one place',
  TREE003: 'a root that cannot be an output tree',
  TREE004: 'the existing tree holds something that is neither a file nor a directory',
  TREE005: 'another run writes the same tree',
  TREE006: 'the file system refused an operation',
  TREE007: 'the old tree was moved aside and could not be put back',
} as const;

export type TreeCode = keyof typeof TREE_CODES;

interface Fault {
  readonly code: TreeCode;
  readonly path: string;
  readonly message: string;
  readonly hint?: string;
}

/** Why a tree was not written. It is thrown, and it is a Diagnostic: the command line prints it as one. */
export class TreeFault extends Error implements Diagnostic {
  override readonly name = 'TreeFault';
  readonly code: TreeCode;
  readonly severity = 'error';
  readonly path: string;
  readonly hint?: string;

  constructor(fault: Fault, cause?: unknown) {
    super(fault.message, cause === undefined ? {} : { cause });
    this.code = fault.code;
    this.path = fault.path;
    if (fault.hint !== undefined) this.hint = fault.hint;
  }
}

const MOVED =
  'is it a mount point, or part of a container image? Mount the directory that holds it, or remove it first';

const HINTS: Readonly<Record<string, string>> = {
  EACCES: 'let this user write the directory that holds the tree, and the tree',
  EPERM: 'let this user write the directory that holds the tree, and the tree',
  EROFS: 'write to a file system that is not mounted read-only',
  ENOSPC: 'free some space: a new tree is completed beside the old one before it takes its place',
  EDQUOT: 'free some space: a new tree is completed beside the old one before it takes its place',
  ENOTDIR: 'a part of the path that should be a directory is a file: remove it or choose another place',
  ENOENT: 'something else changed the tree during the run: run again',
  ENOTEMPTY: 'something else changed the tree during the run: run again',
  ENAMETOOLONG: 'shorten the name',
  EXDEV: MOVED,
  EBUSY: MOVED,
};

/**
 * The errno of a failed system call, else undefined.
 * By shape, not by `instanceof`: an error of node:fs belongs to another realm under a test runner.
 */
export const errnoOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;

/**
 * A failed system call as a TreeFault; any other error (a bug, a TreeFault) as it is.
 * Says that the old tree is untouched: call it only where that holds.
 */
export const asFault = (error: unknown, path: string): unknown => {
  const errno = errnoOf(error);
  if (errno === undefined || error instanceof TreeFault) return error;
  const said = error instanceof Object && 'message' in error ? String(error.message) : errno;
  const message = `${path} cannot be written: ${said}; the old tree is untouched`;
  const hint = HINTS[errno];
  return new TreeFault({ code: 'TREE006', path, message, ...(hint === undefined ? {} : { hint }) }, error);
};

/** For work that may be left to the next run: removing what nobody reads. What fails here, the next openTree removes. */
export const bestEffort = (work: () => void): void => {
  try {
    work();
  } catch {
    // The outcome of the run is already decided; a second failure would only hide it.
  }
};
