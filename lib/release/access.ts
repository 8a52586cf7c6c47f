/** Objects that a release is read from, where they are in the API, and what may be done with them. */
export interface ReadResource {
  readonly group: string;
  /** Versions of the API that are understood, what is tried first first. */
  readonly versions: readonly string[];
  readonly plural: string;
}

/** What the read-only commands read in the namespace of the service. */
export const RELEASE_RESOURCES = {
  rollouts: { group: 'argoproj.io', versions: ['v1alpha1'], plural: 'rollouts' },
  analysisRuns: { group: 'argoproj.io', versions: ['v1alpha1'], plural: 'analysisruns' },
  replicaSets: { group: 'apps', versions: ['v1'], plural: 'replicasets' },
  pods: { group: '', versions: ['v1'], plural: 'pods' },
  events: { group: '', versions: ['v1'], plural: 'events' },
  virtualServices: {
    group: 'networking.istio.io',
    versions: ['v1', 'v1beta1', 'v1alpha3'],
    plural: 'virtualservices',
  },
  destinationRules: {
    group: 'networking.istio.io',
    versions: ['v1', 'v1beta1', 'v1alpha3'],
    plural: 'destinationrules',
  },
  ingresses: { group: 'networking.k8s.io', versions: ['v1'], plural: 'ingresses' },
  httpRoutes: { group: 'gateway.networking.k8s.io', versions: ['v1', 'v1beta1'], plural: 'httproutes' },
  jobs: { group: 'batch', versions: ['v1'], plural: 'jobs' },
} as const satisfies Readonly<Record<string, ReadResource>>;

/** Read in the namespace of Argo CD; a Role there is yours to give, and the commands do without. */
export const APPLICATIONS: ReadResource = { group: 'argoproj.io', versions: ['v1alpha1'], plural: 'applications' };

/** The Role that is rendered in the namespace of each environment. */
export const READER_ROLE = 'release-reader';

/** Verbs that reading takes. */
export const READ_VERBS = ['get', 'list', 'watch'] as const;

/** The rules of a Role that is enough to read a release: one for each API group, in the order of their names. */
export function readRules(): readonly {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}[] {
  const all: readonly ReadResource[] = Object.values(RELEASE_RESOURCES);
  const groups = [...new Set(all.map(({ group }) => group))].sort();
  return groups.map((group) => ({
    apiGroups: [group],
    resources: all
      .filter((one) => one.group === group)
      .map(({ plural }) => plural)
      .sort(),
    verbs: READ_VERBS,
  }));
}
