import type { ManifestOf } from '@cdk8s/imports/wire';
import type { MigrationPhase, MigrationRun, Migrations } from '../../lib/catalog/service';
import type { ManifestObject } from '../manifest';
import { contentHash, labelsOf, metadataOf, NAME_LABEL, type ServiceScope, WAVES, wave } from '../names';
import { externalOf, externalSecretFor, secretVariables } from './config';

type Job = ManifestOf<'batch/v1/Job'>;
type PodSpec = NonNullable<NonNullable<NonNullable<Job['spec']>['template']>['spec']>;

const SQL_DIRECTORY = '/flyway/sql';
const HOOK = 'argocd.argoproj.io/hook';
const DELETE_POLICY = 'argocd.argoproj.io/hook-delete-policy';

/** Time that a finished Job that is not deleted by Argo CD stays for its logs, in seconds: a week. */
const KEPT_SECONDS = 604_800;

/**
 * The Jobs of a release with what they need. Expand runs before anything of the release is applied, so its ServiceAccount,
 * SQL, credentials and NetworkPolicy are hooks of an earlier wave (P47); back-fill runs beside the rollout, contract after
 * full promotion.
 */
export function migrationObjects(scope: ServiceScope): readonly ManifestObject[] {
  const { migrations } = scope.service;
  if (migrations === undefined || migrations.runs.length === 0) return [];
  const credentials = externalOf({ FLYWAY_USER: migrations.user, FLYWAY_PASSWORD: migrations.password });
  return [
    serviceAccount(scope),
    networkPolicy(scope, migrations),
    sqlConfigMap(scope, migrations),
    ...(credentials.length > 0
      ? [externalSecretFor(scope, `${scope.service.name}-migrate`, hook('PreSync', '-1'), credentials)]
      : []),
    ...migrations.runs.map((run) => job(scope, migrations, run)),
  ];
}

/** Hooks of fixed names are replaced at each sync; only the Jobs read them. */
const hook = (phase: 'PreSync' | 'PostSync', order: string, policy = 'BeforeHookCreation') => ({
  [HOOK]: phase,
  [DELETE_POLICY]: policy,
  ...wave(order),
});

/** The Jobs' pods carry a name of their own, or the service's Service would send them requests. */
const labels = (scope: ServiceScope) => ({ ...labelsOf(scope), [NAME_LABEL]: `${scope.service.name}-migrate` });

const metadata = (scope: ServiceScope, annotations: Readonly<Record<string, string>>) => ({
  ...metadataOf(scope, '-migrate', annotations),
  labels: labels(scope),
});

function serviceAccount(scope: ServiceScope): ManifestOf<'v1/ServiceAccount'> {
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: metadata(scope, hook('PreSync', '-2')),
    automountServiceAccountToken: false,
  };
}

/** Nobody may connect to the Jobs, and they may connect to name resolution and the database only. */
function networkPolicy(
  scope: ServiceScope,
  { database }: Migrations,
): ManifestOf<'networking.k8s.io/v1/NetworkPolicy'> {
  const dns = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: metadata(scope, hook('PreSync', '-2')),
    spec: {
      podSelector: { matchLabels: { [NAME_LABEL]: `${scope.service.name}-migrate` } },
      policyTypes: ['Ingress', 'Egress'],
      egress: [
        {
          to: [dns],
          ports: [
            { port: 53, protocol: 'UDP' },
            { port: 53, protocol: 'TCP' },
          ],
        },
        {
          ...(database.cidr === undefined ? {} : { to: [{ ipBlock: { cidr: database.cidr } }] }),
          ports: [{ port: database.port, protocol: 'TCP' }],
        },
      ],
    },
  };
}

/** All files of all phases: Flyway fails when it misses one that it has applied. Each Job stops at its own version. */
function sqlConfigMap(scope: ServiceScope, { files }: Migrations): ManifestOf<'v1/ConfigMap'> {
  const data: [string, string][] = [];
  for (const file of files) {
    data.push([file.name, file.sql]);
    if (file.conf !== undefined) data.push([`${file.name}.conf`, file.conf]);
  }
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: metadata(scope, hook('PreSync', '-2')),
    data: Object.fromEntries(data),
  };
}

/** How Argo CD carries out each phase. A Job of the back-fill is no hook, so that no sync waits for it. */
const PHASES: { readonly [Phase in MigrationPhase]: { readonly annotations: Readonly<Record<string, string>> } } = {
  // A hook under a fixed name can be passed over while the sync before is still going on (P48); this name changes with
  // the release. A Job that succeeded is deleted; one that failed stays for its logs.
  expand: { annotations: hook('PreSync', '0', 'BeforeHookCreation,HookSucceeded') },
  backfill: { annotations: wave(WAVES.rollout) },
  contract: { annotations: hook('PostSync', '0', 'BeforeHookCreation,HookSucceeded') },
};

function job(scope: ServiceScope, migrations: Migrations, run: MigrationRun): Job {
  const { annotations } = PHASES[run.phase];
  const content = [migrations.files, run, migrations.database, migrations.flywayImage, flywaySettings(migrations, run)];
  const hash = contentHash(run.phase === 'backfill' ? content : [...content, scope.service.image.reference]);
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { ...metadata(scope, annotations), name: `${scope.service.name}-${run.phase}-${hash}` },
    spec: {
      activeDeadlineSeconds: migrations.activeDeadlineSeconds,
      backoffLimit: 1,
      ...(run.phase === 'backfill' ? {} : { ttlSecondsAfterFinished: KEPT_SECONDS }),
      template: {
        metadata: {
          // A native sidecar would keep the Job from ending (P49).
          labels: { ...labels(scope), 'sidecar.istio.io/inject': 'false' },
          annotations: { 'sidecar.istio.io/inject': 'false' },
        },
        spec: jobPod(scope, migrations, run),
      },
    },
  };
}

function jobPod(scope: ServiceScope, migrations: Migrations, run: MigrationRun): PodSpec {
  const name = `${scope.service.name}-migrate`;
  const secrets = { FLYWAY_PASSWORD: migrations.password, FLYWAY_USER: migrations.user };
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
    containers: [
      {
        name: 'flyway',
        image: migrations.flywayImage,
        imagePullPolicy: 'IfNotPresent',
        args: ['migrate'],
        env: [
          ...Object.entries(flywaySettings(migrations, run)).map(([setting, value]) => ({ name: setting, value })),
          ...secretVariables(secrets, name),
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
        ],
      },
    ],
    volumes: [
      { name: 'sql', configMap: { name, defaultMode: 0o444 } },
      { name: 'tmp', emptyDir: {} },
    ],
  };
}

/** Flyway's settings by their environment variables; the reason for each stands in docs/migrations.md. */
function flywaySettings(
  { database, lockTimeoutSeconds }: Migrations,
  run: MigrationRun,
): Readonly<Record<string, string>> {
  const options = `-c lock_timeout=${lockTimeoutSeconds}s -c idle_in_transaction_session_timeout=60s`;
  const parameters = new URLSearchParams({ sslmode: database.sslMode, ApplicationName: 'flyway' });
  return {
    FLYWAY_URL: `jdbc:postgresql://${database.host}:${database.port}/${database.name}?${parameters}&options=${encodeURIComponent(options)}`,
    FLYWAY_SCHEMAS: database.schema,
    FLYWAY_LOCATIONS: `filesystem:${SQL_DIRECTORY}`,
    FLYWAY_TARGET: run.target,
    FLYWAY_CONNECT_RETRIES: '30',
    FLYWAY_LOCK_RETRY_COUNT: '120',
    FLYWAY_VALIDATE_MIGRATION_NAMING: 'true',
    FLYWAY_OUT_OF_ORDER: 'false',
    FLYWAY_BASELINE_ON_MIGRATE: 'false',
    FLYWAY_CLEAN_DISABLED: 'true',
    FLYWAY_PLACEHOLDER_REPLACEMENT: 'false',
    FLYWAY_POSTGRESQL_TRANSACTIONAL_LOCK: 'false',
    FLYWAY_IGNORE_MIGRATION_PATTERNS: '*:future',
    ...guard(database.schema, run.mustBeApplied),
  };
}

/**
 * A release that was skipped in this environment would let a contract run before its time. Every connection first asks
 * the history for the contracts that must be behind it, and fails if one is not; an empty database has none to miss.
 */
function guard(schema: string, versions: readonly string[]): Readonly<Record<string, string>> {
  if (versions.length === 0) return {};
  const history = `${schema}.flyway_schema_history`;
  const wanted = versions.map((version) => `'${version}'`).join(', ');
  return {
    FLYWAY_INIT_SQL: [
      'DO $$ BEGIN',
      `IF to_regclass('${history}') IS NOT NULL THEN`,
      `IF EXISTS (SELECT 1 FROM ${history}) AND EXISTS (SELECT v FROM unnest(ARRAY[${wanted}]) AS v`,
      `WHERE v NOT IN (SELECT version FROM ${history} WHERE success AND version IS NOT NULL)) THEN`,
      `RAISE EXCEPTION 'a contract migration of an earlier release (${versions.join(', ')}) has not run here: promote that release first';`,
      'END IF; END IF; END $$',
    ].join(' '),
  };
}
