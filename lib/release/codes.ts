/** What each code of a release means. A code is for ever: retired ones move to RETIRED_RELEASE_CODES. */
export const RELEASE_CODES = {
  REL001: 'There is no such service or environment in the catalog',
  REL002: 'There is no kubeconfig, or none that can be used',
  REL003: 'The context leads to another cluster than that of the environment',
  REL004: 'It cannot be shown that the context leads to the cluster of the environment',
  REL005: 'The API server refuses: not signed in, or not allowed',
  REL006: 'The API server does not answer, or not in time',
  REL007: 'There is no such Rollout in the cluster',
  REL008: 'Something beside the Rollout cannot be read',
  REL009: 'The command does not fit what the release is doing',
  REL010: 'Pods of the new version are not ready',
  REL011: 'A container of the new version ends again and again',
  REL012: 'An image cannot be pulled',
  REL013: 'No node takes a pod of the new version',
  REL014: 'Pods may not be created: a quota, a limit or an admission rule',
  REL015: 'The controller refuses the Rollout',
  REL016: 'The release is paused until somebody goes on',
  REL017: 'A gate could not decide',
  REL018: 'The controller waits for pods before it switches the DestinationRule, and looks at no deadline meanwhile',
  REL019: 'The deadline has passed',
  REL020: 'Argo CD has not applied what Git says',
  REL021: 'Argo CD applies an older commit',
  REL022: 'The cluster has another version than the catalog',
  REL023: 'A migration failed',
  REL024: 'A migration runs',
  REL025: 'The VirtualService has another weight than the controller set',
  REL026: 'The controller has not yet seen the last change',
  REL027: 'A gate failed',
  REL028: 'Argo CD has applied the commit, and something in the cluster differs from it since',
  REL030: 'There is no earlier version to go back to',
  REL031: 'The folder is no Git repository, or not in the state that a rollback needs',
  REL032: 'What would be taken back was edited since',
  REL033: 'A contract has been applied that the old version cannot run without',
  REL034: 'What synth writes at that commit differs from what was committed',
  REL035: 'A finding of the catalog, the manifests or the migrations with the old version',
  REL036: 'The old entry of the service changes files of others',
} as const satisfies Readonly<Record<string, string>>;

export type ReleaseCode = keyof typeof RELEASE_CODES;

/** Codes that no longer occur; never given to anything else. */
export const RETIRED_RELEASE_CODES: readonly string[] = [];
