import { fieldAt, hasAt, type KubeObject, listAt, nameOf, textAt } from '../../manifest/object';
import { pairOf, workload } from '../example';
import { podSpecOf } from '../fields';
import type { DiffRule } from '../rule';

const POD = 'spec.template.spec';

export const hostOpened: DiffRule = {
  code: 'DIF113',
  severity: 'warning',
  title: 'Widens access: pods see the files, the network or the processes of their node',
  reason:
    'A path of the node, or one of its namespaces, takes down the wall between the pod and everything else on the node.',
  hint: 'use a volume, a Service or a metric of the kubelet in its place',
  source: 'Kubernetes 1.34, documentation: Pod Security Standards, Baseline',
  kinds: ['Rollout', 'Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'Pod'],
  counted: ['workload sees its node', 'workloads see their nodes'],
  examples: () => ({
    has: [
      {
        ...pairOf(
          workload('Deployment'),
          workload('Deployment', {}, {}, { volumes: [{ name: 'sock', hostPath: { path: '/run' } }] }),
        ),
        paths: [`${POD}.volumes[name=sock]`],
      },
      {
        ...pairOf(workload('Deployment'), workload('Deployment', {}, {}, { hostNetwork: true })),
        paths: [`${POD}.hostNetwork`],
      },
      {
        ...pairOf(workload('Deployment'), workload('Deployment', {}, {}, { automountServiceAccountToken: true })),
        paths: [`${POD}.automountServiceAccountToken`],
      },
    ],
    hasNot: [pairOf(workload('Deployment', {}, {}, { hostNetwork: true }), workload('Deployment'))],
  }),
  check: ({ before, after }, _, tell) => {
    if (before === undefined || after === undefined) return;
    const [then, now] = [podSpecOf(before.object), podSpecOf(after.object)];
    if (now === undefined) return;
    const name = nameOf(after.object);
    for (const field of ['hostNetwork', 'hostPID', 'hostIPC']) {
      if (fieldAt(now.spec, field) === true && fieldAt(then?.spec, field) !== true)
        tell(`${now.path}.${field}`, `${name} gets the ${field.slice(4)} of its node`);
    }
    const had = new Set(hostPathsOf(before.object));
    for (const volume of listAt(now.spec, 'volumes')) {
      const path = textAt(volume, 'hostPath.path');
      if (path !== undefined && !had.has(path))
        tell(`${now.path}.volumes[name=${textAt(volume, 'name')}]`, `${name} sees ${path} of its node`);
    }
    for (const container of listAt(now.spec, 'containers')) {
      const opened = listAt(container, 'ports').some((port) => hasAt(port, 'hostPort'));
      const was = listAt(then?.spec, 'containers').some((one) =>
        listAt(one, 'ports').some((port) => hasAt(port, 'hostPort')),
      );
      if (opened && !was)
        tell(
          `${now.path}.containers[name=${textAt(container, 'name')}].ports`,
          `${name} listens on a port of its node`,
        );
    }
    const token = 'automountServiceAccountToken';
    if (fieldAt(now.spec, token) === true && fieldAt(then?.spec, token) !== true)
      tell(`${now.path}.${token}`, `${name} gets the token of its account`);
    if (fieldAt(then?.spec, token) === false && fieldAt(now.spec, token) === undefined)
      tell(`${now.path}.${token}`, `${name} gets the token of its account`);
  },
};

const hostPathsOf = (object: KubeObject): readonly string[] =>
  listAt(podSpecOf(object)?.spec, 'volumes').flatMap((volume) => textAt(volume, 'hostPath.path') ?? []);
