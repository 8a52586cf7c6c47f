import { applicationName, type ServiceScope, type WorkloadScope } from '../../names';
import { migrationName } from '../migrations/names';
import { shell } from './markdown';

/** `npm run release` asks the cluster and the repository at once; it refuses another cluster than the environment's. */
export const release = (command: string, { environment, service }: ServiceScope): readonly string[] => [
  'npm',
  'run',
  '-s',
  'release',
  '--',
  command,
  service.key,
  '--environment',
  environment.name,
];

/** The plugin of kubectl, for whoever has no copy of this repository at hand. */
export const plugin = (
  command: readonly string[],
  { environment, service }: WorkloadScope,
  ...options: readonly string[]
): readonly string[] => [
  'kubectl',
  'argo',
  'rollouts',
  ...command,
  service.name,
  '-n',
  environment.namespace,
  ...options,
];

/** The pods of all versions of a workload, and what is said of them. */
export const podsAndEvents = ({ environment, service }: WorkloadScope): string =>
  shell(
    ['kubectl', 'get', 'pods', '-n', environment.namespace, '-l', `app.kubernetes.io/name=${service.name}`, '-L', HASH],
    ['kubectl', 'get', 'events', '-n', environment.namespace, '--sort-by=.lastTimestamp'],
    ['kubectl', 'get', 'analysisruns', '-n', environment.namespace, '-l', `app.kubernetes.io/name=${service.name}`],
  );

const HASH = 'rollouts-pod-template-hash';

export const application = (scope: ServiceScope): string =>
  shell(['kubectl', 'get', 'application', applicationName(scope), '-n', scope.platform.argocd.namespace]);

/** The Jobs are found by their label: their names change with each release. */
export function jobLogs(scope: ServiceScope): string {
  const namespace = ['-n', scope.environment.namespace];
  const label = ['-l', `app.kubernetes.io/name=${migrationName(scope)}`];
  return shell(
    ['kubectl', 'get', 'jobs', ...namespace, ...label],
    ['kubectl', 'logs', ...namespace, ...label, '--tail=-1'],
  );
}
