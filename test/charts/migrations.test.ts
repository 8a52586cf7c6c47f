import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServiceScope } from '../../charts/names';
import { catalogFromText } from '../../lib/catalog/read';
import type { Migrations } from '../../lib/catalog/service';
import { valueAt } from '../../lib/diagnostic/path';
import type { KubeObject } from '../../lib/manifest/object';
import { changed, only, ROOT, rendered, sampleScope } from '../tools/catalog';
import { renderedJob } from '../tools/flyway/job';

const backend = sampleScope('backend', 'staging');
const NAME = 'tbyte-microservices-backend-migrate';
const HOOK = 'argocd.argoproj.io/hook';
const WAVE = 'argocd.argoproj.io/sync-wave';

const at = (root: unknown, path: string) => valueAt(root, path.split('.'));
const pod = (job: KubeObject) => at(job, 'spec.template.spec');
const container = (job: KubeObject) => valueAt(pod(job), ['containers', 0]);

const jobsOf = (scope: ServiceScope = backend) => rendered(scope).filter((one) => one.kind === 'Job');
const phaseOf = (job: KubeObject) => /-(expand|backfill|contract)-[0-9a-f]{10}$/.exec(job.metadata.name)?.[1] ?? '';
const byPhase = <T>(value: (job: KubeObject) => T, scope?: ServiceScope) =>
  Object.fromEntries(jobsOf(scope).map((job) => [phaseOf(job), value(job)]));
const named = (scope: ServiceScope) => byPhase((job) => job.metadata.name, scope);

function migrating(change: Partial<Migrations>): ServiceScope {
  const { migrations } = backend.service;
  if (migrations === undefined) throw new Error('no migrations');
  return changed(backend, { migrations: { ...migrations, ...change } });
}

function database(change: Partial<Migrations['database']>): ServiceScope {
  const { migrations } = backend.service;
  if (migrations === undefined) throw new Error('no migrations');
  return migrating({ database: { ...migrations.database, ...change } });
}

const urlOf = (scope: ServiceScope) => renderedJob(rendered(scope), 'expand')?.env.FLYWAY_URL ?? '';
const optionsOf = (scope: ServiceScope) => new URLSearchParams(urlOf(scope).split('?')[1]).get('options') ?? '';

describe('the names of the Jobs', () => {
  const before = named(backend);
  const changedPhases = (scope: ServiceScope) =>
    Object.entries(named(scope)).flatMap(([phase, name]) => (name === before[phase] ? [] : [phase]));
  const { image } = backend.service;
  const files = backend.service.migrations?.files ?? [];

  test.each<[string, ServiceScope, string[]]>([
    ['nothing', changed(backend, {}), []],
    [
      'the image: the hooks run with each release',
      changed(backend, { image: { ...image, reference: `${image.reference}0` } }),
      ['expand', 'contract'],
    ],
    [
      'a file of the set',
      migrating({ files: files.map((file, i) => (i > 0 ? file : { ...file, sql: `${file.sql}--` })) }),
      ['expand', 'backfill', 'contract'],
    ],
    [
      'a .conf of the set',
      migrating({
        files: files.map((file) => (file.conf === undefined ? file : { ...file, conf: `${file.conf}#` })),
      }),
      ['expand', 'backfill', 'contract'],
    ],
    [
      'a file for a later release: not the Jobs that stop before it, or a running back-fill would start again',
      migrating({
        files: [...files, { name: 'V2__x.sql', phase: 'expand', version: '2', sql: 'SELECT 1;', conf: undefined }],
      }),
      [],
    ],
    [
      'what stands in the Job, since it cannot be changed',
      migrating({ activeDeadlineSeconds: 901 }),
      ['expand', 'backfill', 'contract'],
    ],
    ['the configuration', changed(backend, { config: { LOG_LEVEL: 'debug' } }), []],
    ['the replicas', changed(backend, { scale: { kind: 'fixed', replicas: 9 } }), []],
  ])('change with %s', (_, scope, expected) => expect(changedPhases(scope)).toEqual(expected));

  test('are labels, even those of the longest service', () => {
    const longest = Object.values(named(changed(backend, { name: 'x'.repeat(42) })));
    expect(longest.map((name) => String(name).length)).toEqual([60, 62, 62]);
  });
});

describe('when things happen', () => {
  test('what the Jobs need is a hook before them; only the credentials need another wave', () => {
    const order = (kind: string, name = NAME) => {
      const { annotations } = only(rendered(backend), kind, name).metadata;
      return [annotations?.[HOOK], annotations?.[WAVE], annotations?.['argocd.argoproj.io/hook-delete-policy']];
    };
    for (const kind of ['ServiceAccount', 'NetworkPolicy', 'ConfigMap']) {
      expect([kind, ...order(kind)]).toEqual([kind, 'PreSync', '-2', 'BeforeHookCreation']);
    }
    expect(order('ExternalSecret')).toEqual(['PreSync', '-1', 'BeforeHookCreation']);
  });

  test('expand before the release, contract after it, back-fill beside the Rollout without being waited for', () => {
    const rollout = only(rendered(backend), 'Rollout').metadata.annotations;
    const hooks = { 'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation,HookSucceeded', [WAVE]: '0' };
    expect(byPhase((job) => job.metadata.annotations)).toEqual({
      expand: { [HOOK]: 'PreSync', ...hooks },
      backfill: { [WAVE]: rollout?.[WAVE] },
      contract: { [HOOK]: 'PostSync', ...hooks },
    });
  });

  test('a Job ends; only one that Argo CD would not start again is cleaned up', () => {
    const limits = (job: KubeObject) =>
      ['activeDeadlineSeconds', 'backoffLimit', 'ttlSecondsAfterFinished'].map((field) => at(job, `spec.${field}`));
    expect(byPhase(limits)).toEqual({
      expand: [900, 1, 604_800],
      backfill: [900, 3, undefined],
      contract: [900, 1, 604_800],
    });
    expect(byPhase((job) => at(pod(job), 'restartPolicy'))).toEqual({
      expand: 'Never',
      backfill: 'Never',
      contract: 'Never',
    });
  });

  test('the Service tells the version that the hooks reach, for a change of hooks alone starts no sync', () => {
    const { annotations } = only(rendered(backend), 'Service').metadata;
    expect(annotations?.['cutover.dev/migrated-to']).toBe('1.2');
  });

  test('a release before the contract has no Job for it', () => {
    expect(Object.keys(named(sampleScope('backend')))).toEqual(['expand', 'backfill']);
  });
});

describe('each Job', () => {
  test.each(jobsOf().map((job) => [phaseOf(job), job] as const))('%s runs restricted, without a sidecar', (_, job) => {
    expect(pod(job)).toMatchObject({
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      serviceAccountName: NAME,
      securityContext: { runAsNonRoot: true, runAsUser: 65532, seccompProfile: { type: 'RuntimeDefault' } },
    });
    expect(container(job)).toMatchObject({
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      },
    });
    expect(at(job, 'spec.template.metadata.annotations')).toEqual({ 'sidecar.istio.io/inject': 'false' });
    expect(at(job, 'spec.template.metadata.labels')).toMatchObject({
      'app.kubernetes.io/name': NAME,
      'sidecar.istio.io/inject': 'false',
    });
  });

  test.each(jobsOf().map((job) => [phaseOf(job), job] as const))(
    '%s reads its credentials from the Secret',
    (_, job) => {
      expect(at(container(job), 'args')).toEqual(['-skipCheckForUpdate', 'migrate']);
      const variables = at(container(job), 'env') as readonly { name: string; value?: string }[];
      const secret = variables.filter((one) => /USER|PASSWORD/.test(one.name));
      expect(secret).toEqual(
        ['FLYWAY_PASSWORD', 'FLYWAY_USER'].map((key) => ({
          name: key,
          valueFrom: { secretKeyRef: { name: NAME, key } },
        })),
      );
      expect(variables.map((one) => one.value ?? '').join()).not.toMatch(/password=|user=/);
    },
  );

  test('reaches nothing but name resolution and the database, and nobody reaches it', () => {
    expect(at(only(rendered(backend), 'NetworkPolicy', NAME), 'spec')).toEqual({
      podSelector: { matchLabels: { 'app.kubernetes.io/name': NAME } },
      policyTypes: ['Ingress', 'Egress'],
      egress: [
        {
          to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } }],
          ports: [
            { port: 53, protocol: 'UDP' },
            { port: 53, protocol: 'TCP' },
          ],
        },
        { to: [{ ipBlock: { cidr: '10.20.0.0/16' } }], ports: [{ port: 5432, protocol: 'TCP' }] },
      ],
    });
  });
});

describe('the address of the database', () => {
  test('carries the timeouts as the driver decodes them: percent signs, no plus', () => {
    expect(urlOf(backend)).not.toContain('+');
    expect(
      optionsOf(backend)
        .split('-c ')
        .map((option) => option.trim()),
    ).toEqual([
      '',
      'lock_timeout=2s',
      'client_connection_check_interval=2s',
      'tcp_keepalives_idle=30',
      'tcp_keepalives_interval=10',
      'tcp_keepalives_count=3',
    ]);
  });

  test.each([
    [13, false],
    [14, true],
    [18, true],
  ])('PostgreSQL %i is sent only settings that it knows', (serverVersion, knows) => {
    expect(optionsOf(database({ serverVersion })).includes('client_connection_check_interval')).toBe(knows);
  });

  test('a verified server is verified against the mounted file', () => {
    const query = new URLSearchParams(urlOf(backend).split('?')[1]);
    expect([query.get('sslmode'), query.get('sslrootcert')]).toEqual(['verify-full', '/etc/database-ca/ca.crt']);
    const job = jobsOf()[0];
    expect(at(pod(job as KubeObject), 'volumes')).toContainEqual({
      name: 'ca',
      projected: {
        defaultMode: 0o444,
        sources: [{ configMap: { name: 'database-ca', items: [{ key: 'ca.crt', path: 'ca.crt' }] } }],
      },
    });
    expect(at(container(job as KubeObject), 'volumeMounts')).toContainEqual({
      name: 'ca',
      mountPath: '/etc/database-ca',
      readOnly: true,
    });
  });

  test('one that is not verified mounts nothing', () => {
    const scope = database({ sslMode: 'require', caCertificate: undefined });
    expect(urlOf(scope)).not.toContain('sslrootcert');
    expect(jobsOf(scope).flatMap((job) => at(pod(job), 'volumes') as unknown[])).toHaveLength(6);
  });

  test.each([
    ['verify-full', null, ['CAT004 services.backend.migrations.database.caCertificate']],
    ['verify-ca', null, ['CAT004 services.backend.migrations.database.caCertificate']],
    ['verify-full', { configMap: 'ca' }, ['CAT004 services.backend.migrations.database.caCertificate.key']],
    ['require', { configMap: 'ca', key: 'a' }, ['CAT068 services.backend.migrations.database.caCertificate']],
    ['require', null, []],
    ['verify-ca', { configMap: 'ca', key: 'a' }, []],
  ])('%s with the certificate authority %j', (sslMode, caCertificate, expected) => {
    const catalog = JSON.parse(readFileSync(join(ROOT, 'services.json'), 'utf8'));
    Object.assign(catalog.services.backend.migrations.database, { sslMode, caCertificate });
    const { diagnostics } = catalogFromText('services.json', JSON.stringify(catalog), ROOT);
    const errors = diagnostics.filter((one) => one.severity === 'error');
    expect([...new Set(errors.map((one) => `${one.code} ${one.path}`))]).toEqual(expected);
  });
});

describe('the mounted files', () => {
  const filesOf = (scope: ServiceScope) => at(only(rendered(scope), 'ConfigMap', NAME), 'data') as object;

  test('are all of the set, whatever the release runs: Flyway fails when it misses one that it has applied', () => {
    expect(Object.keys(filesOf(sampleScope('backend')))).toEqual(Object.keys(filesOf(backend)));
    expect(Object.keys(filesOf(backend))).toContain('V1.1.2__users_email_verified_backfill.sql.conf');
  });

  test('have a guard only when a contract has to be behind the release', () => {
    expect(Object.keys(filesOf(backend))).not.toContain('afterConnect.sql');
    const runs = [{ phase: 'expand', target: '1.2', mustBeApplied: ['1.2'] }] as const;
    const guarded = Object.entries(filesOf(migrating({ runs }))).find(([name]) => name === 'afterConnect.sql');
    expect(guarded?.[1]).toContain(`unnest(ARRAY['1.2'])`);
  });
});
