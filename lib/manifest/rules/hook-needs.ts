import { HOOK, hookPhases, SYNC_WAVE, waveOf } from '../argocd';
import { example } from '../example';
import { type KubeObject, nameOf } from '../object';
import { podReferencesOf } from '../pod-references';
import { podTemplatesOf } from '../pods';
import type { ManifestRule } from '../rule';

const job = (): KubeObject =>
  example(
    'Job',
    'migrate-1a2b3c4d',
    {
      spec: {
        activeDeadlineSeconds: 600,
        backoffLimit: 1,
        template: {
          metadata: { labels: { 'sidecar.istio.io/inject': 'false' } },
          spec: {
            restartPolicy: 'Never',
            serviceAccountName: 'migrate',
            automountServiceAccountToken: false,
            containers: [{ name: 'flyway', envFrom: [{ secretRef: { name: 'database' } }] }],
          },
        },
      },
    },
    { annotations: { [HOOK]: 'PreSync' } },
  );
const account = (annotations: Readonly<Record<string, string>>): KubeObject =>
  example('ServiceAccount', 'migrate', {}, { annotations });
const external = (annotations: Readonly<Record<string, string>>): KubeObject =>
  example('ExternalSecret', 'database', {}, { annotations });
const hook = { [HOOK]: 'PreSync', [SYNC_WAVE]: '-1' };

export const hookNeeds: ManifestRule = {
  code: 'MAN087',
  severity: 'error',
  title:
    'A PreSync hook that needs an object of the same sync: on the first sync it is not there, later it is the old one',
  reason:
    'Everything that is no hook is applied after PreSync. The pod of the hook then waits for a ConfigMap, a Secret or a ServiceAccount that nobody makes until the hook has ended.',
  hint: 'make the object a PreSync hook in an earlier wave, or the Job a Sync hook in a wave after the object',
  source: 'Argo CD 3.5.1, docs/user-guide/sync-waves.md; argo-cd#5086 (P47)',
  kinds: ['Job', 'Pod'],
  examples: () => ({
    bad: [
      {
        objects: [job(), account({}), external(hook)],
        paths: ['spec.template.spec.serviceAccountName'],
      },
      {
        objects: [job(), account(hook), external({})],
        paths: ['spec.template.spec.containers[0].envFrom[0].secretRef.name'],
      },
      {
        objects: [job(), account({ ...hook, [SYNC_WAVE]: '1' }), external(hook)],
        paths: ['spec.template.spec.serviceAccountName'],
      },
    ],
    good: [[job(), account(hook), external(hook)]],
  }),
  check: (group, report) => {
    for (const template of podTemplatesOf(group)) {
      const { owner } = template;
      if (template.serves && owner.kind !== 'Pod') continue;
      if (!hookPhases(owner).includes('PreSync')) continue;
      for (const { kind, name, path } of podReferencesOf(template)) {
        const needed =
          group.find(kind, name, owner) ?? (kind === 'Secret' ? group.find('ExternalSecret', name, owner) : undefined);
        if (needed === undefined || isThereBefore(needed, owner)) continue;
        report(owner, path(), `${nameOf(needed)} is applied after this hook`);
      }
    }
  },
};

const isThereBefore = (needed: KubeObject, hook: KubeObject): boolean =>
  hookPhases(needed).includes('PreSync') && waveOf(needed) <= waveOf(hook);
