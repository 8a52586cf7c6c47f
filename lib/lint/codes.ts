import type { Severity } from '../diagnostic/diagnostic';

interface InputCode {
  readonly severity: Severity;
  readonly title: string;
  readonly hint: string;
}

/** What can be wrong with what the linter is given, before any rule looks at it. */
export const INPUT_CODES = {
  LINT001: {
    severity: 'error',
    title: 'A path that cannot be read: it is not there, or may not be read',
    hint: 'correct the path, or its permissions',
  },
  LINT002: {
    severity: 'error',
    title: 'A file that is no text in UTF-8',
    hint: 'give only manifests; save them as UTF-8',
  },
  LINT003: {
    severity: 'error',
    title: 'A file that is too large to be a manifest',
    hint: 'split it into files of at most 10 MiB',
  },
  LINT004: {
    severity: 'error',
    title: 'YAML or JSON that cannot be parsed',
    hint: 'correct the syntax at this place',
  },
  LINT005: {
    severity: 'error',
    title: 'A key that stands twice in one map: tools disagree about which one holds',
    hint: 'remove one of them',
  },
  LINT006: {
    severity: 'error',
    title: 'Aliases or nesting that would take up all memory',
    hint: 'write the values out; no manifest nests this deep',
  },
  LINT007: {
    severity: 'error',
    title: 'A template: it is no YAML before it is rendered',
    hint: 'render it first: `helm template . | npm run lint -- -`',
  },
  LINT008: {
    severity: 'error',
    title: 'An object without a kind, an apiVersion or a name: the API server would refuse it',
    hint: 'complete it; every object has apiVersion, kind and metadata.name',
  },
  LINT009: {
    severity: 'info',
    title: 'YAML or JSON that is no Kubernetes object: it was skipped',
    hint: 'nothing, if it is not meant to be one',
  },
  LINT010: {
    severity: 'warning',
    title: 'Nothing to lint: no Kubernetes object was found',
    hint: 'name files or folders with .yaml, .yml or .json manifests',
  },
  LINT011: {
    severity: 'info',
    title: 'A patch of a kustomization: it is not a whole object, and was skipped',
    hint: 'lint what is built: `kustomize build . | npm run lint -- -`',
  },
} as const satisfies Readonly<Record<string, InputCode>>;

export type InputCodeName = keyof typeof INPUT_CODES;
