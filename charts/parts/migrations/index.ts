import type { ManifestOf } from '@cdk8s/imports/wire';
import type { MigrationFile, Migrations } from '../../../lib/catalog/service';
import { compareVersions } from '../../../lib/catalog/versions';
import { contentHashOf } from '../../content-hash';
import type { ManifestObject } from '../../manifest';
import { NAME_LABEL, type ServiceScope } from '../../names';
import { externalOf, externalSecretFor } from '../config';
import { GUARD_FILE, guard } from './guard';
import { migrationJob } from './job';
import { hook, migrationMetadata, migrationName } from './names';

/**
 * The Jobs of a release with what they need. Expand runs before anything of the release is applied, so its
 * ServiceAccount, NetworkPolicy and SQL are hooks of an earlier wave (P47); the credentials come one wave later, and Argo
 * CD waits until they are there. The other Jobs of the same sync find all of that in place.
 *
 * The next sync replaces these objects while a back-fill may still run. That one has its credentials in its environment and
 * no token, and the kubelet keeps the files that it mounted; a pod that starts in the gap waits until all are back.
 */
export function migrationObjects(scope: ServiceScope): readonly ManifestObject[] {
  const { migrations } = scope.service;
  if (migrations === undefined || migrations.runs.length === 0) return [];
  const credentials = externalOf({ FLYWAY_USER: migrations.user, FLYWAY_PASSWORD: migrations.password });
  return [
    serviceAccount(scope),
    networkPolicy(scope, migrations),
    sqlConfigMap(scope, mountedFiles(migrations)),
    ...(credentials.length > 0
      ? [externalSecretFor(scope, migrationName(scope), hook('PreSync', '-1'), credentials)]
      : []),
    ...migrations.runs.map((run) => migrationJob(scope, migrations, run, hashesUpTo(migrations, run.target))),
  ];
}

function serviceAccount(scope: ServiceScope): ManifestOf<'v1/ServiceAccount'> {
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: migrationMetadata(scope, hook('PreSync', '-2')),
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
    metadata: migrationMetadata(scope, hook('PreSync', '-2')),
    spec: {
      podSelector: { matchLabels: { [NAME_LABEL]: migrationName(scope) } },
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
function mountedFiles(migrations: Migrations): Readonly<Record<string, string>> {
  const data: [string, string][] = [];
  for (const file of migrations.files) {
    data.push([file.name, file.sql]);
    if (file.conf !== undefined) data.push([`${file.name}.conf`, file.conf]);
  }
  const guarding = guard(migrations);
  if (guarding !== undefined) data.push([GUARD_FILE, guarding]);
  return Object.fromEntries(data);
}

/** What a Job may run, for its name: were it all that is mounted, a file for a later release would start a back-fill again. */
function hashesUpTo(migrations: Migrations, target: string): readonly (string | undefined)[] {
  const files = migrations.files.filter(
    ({ version }) => version === undefined || compareVersions(version, target) <= 0,
  );
  return [...files.map(fileHash), guard(migrations)];
}

/** Each file is hashed once, for all Jobs of all environments. */
const fileHash = (file: MigrationFile): string => contentHashOf(file, ({ name, sql, conf }) => [name, sql, conf]);

function sqlConfigMap(scope: ServiceScope, data: Readonly<Record<string, string>>): ManifestOf<'v1/ConfigMap'> {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: migrationMetadata(scope, hook('PreSync', '-2')),
    data,
  };
}
