import type { ManifestOf } from '@cdk8s/imports/wire';
import type { MigrationPhase, MigrationRun, Migrations } from '../../../lib/catalog/service';
import { CA_DIRECTORY, CA_FILE, flywaySettings, SQL_DIRECTORY } from '../../../lib/flyway/settings';
import { contentHash } from '../../content-hash';
import { type ServiceScope, WAVES, wave } from '../../names';
import { secretVariables } from '../config';
import { hook, migrationLabels, migrationMetadata, migrationName } from './names';

type Job = ManifestOf<'batch/v1/Job'>;
type JobSpec = NonNullable<Job['spec']>;
type PodSpec = NonNullable<NonNullable<JobSpec['template']>['spec']>;
type Container = PodSpec['containers'][number];

/** Time that a finished Job that is not deleted by Argo CD stays for its logs, in seconds: a week. */
const KEPT_SECONDS = 604_800;

interface Phase {
  readonly annotations: Readonly<Record<string, string>>;
  readonly backoffLimit: number;
  readonly ttlSecondsAfterFinished: number | undefined;
  /** Whether each release runs it anew, even when the migrations are the same. */
  readonly eachRelease: boolean;
}

/**
 * A hook under a fixed name can be passed over while the sync before is still going on (P48), so its name changes with
 * the release. One that succeeded is deleted; one that failed stays for its logs. Argo CD runs a failed sync again, five
 * times by default, and each of them runs the Job anew: one retry of its own covers a lost node or a busy table (P49).
 */
const hookPhase = (phase: 'PreSync' | 'PostSync'): Phase => ({
  annotations: hook(phase, '0', 'BeforeHookCreation,HookSucceeded'),
  backoffLimit: 1,
  ttlSecondsAfterFinished: KEPT_SECONDS,
  eachRelease: true,
});

/**
 * How each phase is carried out. Expand ends before anything of the release is applied, contract begins after full
 * promotion. The back-fill is no hook, so that no sync waits for it, and is named by its content alone; nobody but the
 * Job itself tries it again, and finished batches stay, so it may do so more often. It is never cleaned up, or Argo CD
 * would start it again.
 */
const PHASES: { readonly [Name in MigrationPhase]: Phase } = {
  expand: hookPhase('PreSync'),
  backfill: {
    annotations: wave(WAVES.rollout),
    backoffLimit: 3,
    ttlSecondsAfterFinished: undefined,
    eachRelease: false,
  },
  contract: hookPhase('PostSync'),
};

/**
 * One Job. Its spec cannot be changed once it exists, so everything in it is part of the name, and the hashes of the SQL that it may run.
 */
export function migrationJob(
  scope: ServiceScope,
  migrations: Migrations,
  run: MigrationRun,
  sql: readonly (string | undefined)[],
): Job {
  const { annotations, eachRelease } = PHASES[run.phase];
  const spec = jobSpec(scope, migrations, run);
  const hash = contentHash([spec, sql, ...(eachRelease ? [scope.service.image.reference] : [])]);
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { ...migrationMetadata(scope, annotations), name: `${scope.service.name}-${run.phase}-${hash}` },
    spec,
  };
}

function jobSpec(scope: ServiceScope, migrations: Migrations, run: MigrationRun): JobSpec {
  const { backoffLimit, ttlSecondsAfterFinished } = PHASES[run.phase];
  return {
    activeDeadlineSeconds: migrations.activeDeadlineSeconds,
    backoffLimit,
    ...(ttlSecondsAfterFinished === undefined ? {} : { ttlSecondsAfterFinished }),
    template: {
      metadata: {
        // A native sidecar would keep the Job from ending (P49).
        labels: { ...migrationLabels(scope), 'sidecar.istio.io/inject': 'false' },
        annotations: { 'sidecar.istio.io/inject': 'false' },
      },
      spec: podSpec(scope, migrations, run),
    },
  };
}

function podSpec(scope: ServiceScope, migrations: Migrations, run: MigrationRun): PodSpec {
  const name = migrationName(scope);
  const { caCertificate } = migrations.database;
  return {
    restartPolicy: 'Never',
    serviceAccountName: name,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 65532,
      runAsGroup: 65532,
      fsGroup: 65532,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [flyway(scope, migrations, run)],
    volumes: [
      { name: 'sql', configMap: { name, defaultMode: 0o444 } },
      { name: 'tmp', emptyDir: {} },
      // Projected: a plain ConfigMap volume is checked to be one that Cutover renders (MAN004), and this one is not.
      ...(caCertificate === undefined ? [] : [{ name: 'ca', projected: projectedCa(caCertificate) }]),
    ],
  };
}

const projectedCa = ({ configMap, key }: NonNullable<Migrations['database']['caCertificate']>) => ({
  defaultMode: 0o444,
  sources: [{ configMap: { name: configMap, items: [{ key, path: CA_FILE }] } }],
});

/**
 * Flyway's official image: runs as any user, writes to /tmp only. The flag keeps it from asking Maven's repository for
 * newer versions, which the NetworkPolicy would let run into a timeout.
 */
function flyway(scope: ServiceScope, migrations: Migrations, run: MigrationRun): Container {
  const secrets = { FLYWAY_PASSWORD: migrations.password, FLYWAY_USER: migrations.user };
  const { caCertificate } = migrations.database;
  return {
    name: 'flyway',
    image: migrations.flywayImage,
    imagePullPolicy: 'IfNotPresent',
    args: ['-skipCheckForUpdate', 'migrate'],
    env: [
      ...Object.entries(flywaySettings(migrations, run)).map(([setting, value]) => ({ name: setting, value })),
      ...secretVariables(secrets, migrationName(scope)),
    ],
    resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '512Mi' } },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
    volumeMounts: [
      { name: 'sql', mountPath: SQL_DIRECTORY, readOnly: true },
      { name: 'tmp', mountPath: '/tmp' },
      ...(caCertificate === undefined ? [] : [{ name: 'ca', mountPath: CA_DIRECTORY, readOnly: true }]),
    ],
  };
}
