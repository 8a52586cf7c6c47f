import type { Severity } from '../diagnostic/diagnostic';

interface InputCode {
  readonly severity: Severity;
  readonly title: string;
  readonly hint: string;
}

/** What can be wrong with what is compared, before any rule looks at it. */
export const DIFF_CODES = {
  DIF001: {
    severity: 'error',
    title: 'A side that is neither a file, nor a folder, nor a ref of git',
    hint: 'name a folder, a file, a ref, or `ref:path`; fetch the ref if it is only in the remote repository',
  },
  DIF002: {
    severity: 'error',
    title: 'A path that the ref does not have',
    hint: 'paths of `ref:path` begin at the root of the repository; `git ls-tree -r --name-only <ref>` lists them',
  },
  DIF003: {
    severity: 'error',
    title: 'There is no repository of git here, or git cannot be started',
    hint: 'run it in a clone, or name two folders',
  },
  DIF004: {
    severity: 'error',
    title: 'The clone is shallow and does not have the commit in which the branches part',
    hint: 'run `git fetch --unshallow`; in GitHub Actions give actions/checkout `fetch-depth: 0`',
  },
  DIF005: {
    severity: 'error',
    title: 'No main branch, or no commit that it and this branch have in common',
    hint: 'name the side to compare with: `npm run diff -- origin/<branch> dist`',
  },
  DIF006: {
    severity: 'error',
    title: 'A file that is no text in UTF-8',
    hint: 'compare only manifests; save them as UTF-8',
  },
  DIF007: {
    severity: 'error',
    title: 'A file, or all of them together, too large to be manifests',
    hint: 'split it into files of at most 10 MiB, or compare a part of the tree with `ref:path`',
  },
  DIF008: {
    severity: 'error',
    title: 'YAML or JSON that cannot be parsed: nothing in the file is compared',
    hint: 'correct the syntax at this place',
  },
  DIF009: {
    severity: 'error',
    title: 'A key that stands twice in one map: tools disagree about which one holds',
    hint: 'remove one of them',
  },
  DIF010: {
    severity: 'error',
    title: 'Aliases or nesting that would take up all memory',
    hint: 'write the values out; no manifest nests this deep',
  },
  DIF011: {
    severity: 'warning',
    title: 'A template: it is no YAML before it is rendered, so it is not compared',
    hint: 'render both sides first, and compare the results',
  },
  DIF012: {
    severity: 'error',
    title: 'An object without a kind, an apiVersion or a name: it cannot be found on the other side',
    hint: 'complete it; every object has apiVersion, kind and metadata.name',
  },
  DIF013: {
    severity: 'error',
    title: 'Two objects of one kind, namespace and name in one folder: only one of them can be on the cluster',
    hint: 'remove one of them, or give it a name of its own',
  },
  DIF014: {
    severity: 'warning',
    title: 'Nothing to compare: neither side has a file with a manifest',
    hint: 'name files or folders with .yaml, .yml or .json manifests',
  },
  DIF015: {
    severity: 'error',
    title: 'A file that cannot be read',
    hint: 'correct its permissions; of a partial clone, fetch the objects that are missing',
  },
  DIF193: {
    severity: 'error',
    title: 'The comparison cannot be written where it was asked for',
    hint: 'name a file in a folder that may be written; for markdown a folder, because the picture stands beside the document',
  },
} as const satisfies Readonly<Record<string, InputCode>>;

export type DiffCode = keyof typeof DIFF_CODES;
