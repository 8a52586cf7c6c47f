import { applicationOf, ignoresField, syncOptionsIn } from '../applications';
import { example } from '../example';
import { fieldAt, hasAt, type KubeObject, listAt } from '../object';
import { podTemplatesOf } from '../pods';
import type { ManifestRule } from '../rule';

const objects = (port: Readonly<Record<string, unknown>>, option = 'ServerSideApply=true'): readonly KubeObject[] => [
  example('Application', 'web', { spec: { syncPolicy: { syncOptions: [option] } } }),
  example('Rollout', 'web', {
    spec: { template: { spec: { automountServiceAccountToken: false, containers: [{ name: 'web', ports: [port] }] } } },
  }),
];

export const defaultsRendered: ManifestRule = {
  code: 'MAN121',
  severity: 'warning',
  title: 'A default inside a list that is not in Git, under server-side apply: the Application is OutOfSync for good',
  reason:
    'The definition of Rollouts adds protocol: TCP to ports. With server-side apply Argo CD compares the whole list, and Git does not have what the API server added; measured, the Rollout never became Synced.',
  hint: 'write protocol: TCP',
  source: 'Argo CD 3.5.1, ServerSideApply; measured (B12)',
  kinds: ['Application'],
  examples: () => ({
    bad: [{ objects: objects({ containerPort: 80 }), paths: ['spec.template.spec.containers[0].ports[0].protocol'] }],
    good: [objects({ containerPort: 80, protocol: 'TCP' }), objects({ containerPort: 80 }, 'ApplyOutOfSyncOnly=true')],
  }),
  check: (group, report) => {
    for (const template of podTemplatesOf(group)) {
      const { owner } = template;
      if (owner.kind !== 'Rollout') continue;
      const application = applicationOf(group, owner);
      if (application === undefined) continue;
      const options = syncOptionsIn({ owner: application, spec: fieldAt(application, 'spec'), path: 'spec' });
      if (!options.some(({ option }) => option === 'ServerSideApply=true')) continue;
      if (ignoresField(group, application, owner, /protocol|containers/)) continue;
      for (const { container, at } of template.containers) {
        listAt(container, 'ports').forEach((port, i) => {
          if (hasAt(port, 'protocol')) return;
          report(owner, at('ports', i, 'protocol'), 'the API server adds TCP, and Git does not have it');
        });
      }
    }
  },
};
