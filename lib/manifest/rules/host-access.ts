import { example } from '../example';
import { fieldAt, hasAt, type KubeObject, listAt } from '../object';
import { podPath, podTemplatesOf } from '../pods';
import type { ManifestRule } from '../rule';

const deployment = (spec: Readonly<Record<string, unknown>>): KubeObject =>
  example('Deployment', 'web', { spec: { template: { spec: { automountServiceAccountToken: false, ...spec } } } });

export const hostAccess: ManifestRule = {
  code: 'MAN104',
  severity: 'warning',
  title: 'A pod that reaches into its node: who takes over the process has the node, and with it what runs there',
  reason:
    'A privileged container, the namespaces of the host and its files are outside of what isolates pods. The Pod Security Standards baseline and restricted refuse them.',
  hint: 'leave it out; a service that answers requests does not need it',
  source: 'Kubernetes 1.34: Pod Security Standards, baseline',
  kinds: ['Rollout', 'Deployment', 'StatefulSet', 'ReplicaSet', 'Job', 'CronJob', 'Pod'],
  examples: () => ({
    bad: [
      {
        objects: [deployment({ containers: [{ name: 'web', securityContext: { privileged: true } }] })],
        paths: ['spec.template.spec.containers[0].securityContext.privileged'],
      },
      {
        objects: [deployment({ volumes: [{ name: 'docker', hostPath: { path: '/var/run' } }] })],
        paths: ['spec.template.spec.volumes[0].hostPath'],
      },
      { objects: [deployment({ hostNetwork: true })], paths: ['spec.template.spec.hostNetwork'] },
    ],
    good: [[deployment({ volumes: [{ name: 'tmp', emptyDir: {} }], hostNetwork: false })]],
  }),
  check: (group, report) => {
    for (const template of podTemplatesOf(group)) {
      const { owner, spec } = template;
      // What runs on every node is there for the node.
      if (owner.kind === 'DaemonSet') continue;
      for (const field of HOST_FIELDS) {
        if (fieldAt(spec, field) === true) report(owner, podPath(template, field), 'the pod shares it with its node');
      }
      listAt(spec, 'volumes').forEach((volume, i) => {
        if (hasAt(volume, 'hostPath'))
          report(owner, podPath(template, 'volumes', i, 'hostPath'), 'the volume is a folder of the node');
      });
      for (const { container, at } of template.containers) {
        if (fieldAt(container, 'securityContext.privileged') !== true) continue;
        report(owner, at('securityContext', 'privileged'), 'the container has all rights on its node');
      }
    }
  },
};

const HOST_FIELDS = ['hostNetwork', 'hostPID', 'hostIPC'] as const;
