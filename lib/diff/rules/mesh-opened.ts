import { example } from '../../manifest/example';
import { listAt, mapAt, nameOf, textAt } from '../../manifest/object';
import { gone, pairOf } from '../example';
import type { DiffRule } from '../rule';

const mtls = (mode: string) => example('PeerAuthentication', 'default', { spec: { mtls: { mode } } });
const namespace = (labels: Readonly<Record<string, string>>) => example('Namespace', 'shop', {}, { labels });

const LEVELS = ['privileged', 'baseline', 'restricted'];
const ENFORCE = 'pod-security.kubernetes.io/enforce';

export const meshOpened: DiffRule = {
  code: 'DIF116',
  severity: 'warning',
  title: 'Widens access: a namespace or the mesh asks for less',
  reason:
    'Without STRICT mutual TLS anybody in the cluster can talk to the pods, without a policy so can every account, and a lower pod security level lets pods do what it refused until now.',
  hint: 'make an exception for the one workload that needs it',
  source: 'Istio 1.30, reference: PeerAuthentication, AuthorizationPolicy; Kubernetes 1.34: Pod Security Admission',
  kinds: ['PeerAuthentication', 'AuthorizationPolicy', 'Namespace'],
  counted: ['policy widens access', 'policies widen access'],
  examples: () => ({
    has: [
      { ...pairOf(mtls('STRICT'), mtls('PERMISSIVE')), paths: ['spec.mtls.mode'] },
      { ...gone(mtls('STRICT')), paths: ['(root)'] },
      {
        ...pairOf(namespace({ [ENFORCE]: 'restricted' }), namespace({ [ENFORCE]: 'baseline' })),
        paths: ['metadata.labels'],
      },
    ],
    hasNot: [pairOf(mtls('PERMISSIVE'), mtls('STRICT'))],
  }),
  check: ({ before, after }, _, tell) => {
    if (before === undefined) return;
    const name = nameOf(before.object);
    if (before.object.kind === 'Namespace') {
      if (after === undefined) return;
      const [then, now] = [before, after].map(({ object }) => mapAt(object, 'metadata.labels'));
      const level = (labels: Readonly<Record<string, string>> | undefined) =>
        LEVELS.indexOf(labels?.[ENFORCE] ?? 'privileged');
      if (level(now) < level(then))
        tell('metadata.labels', `${name} enforces "${now?.[ENFORCE] ?? 'privileged'}", not "${then?.[ENFORCE]}"`);
      const meshed = (labels: Readonly<Record<string, string>> | undefined) =>
        labels?.['istio-injection'] === 'enabled' ||
        labels?.['istio.io/rev'] !== undefined ||
        labels?.['istio.io/dataplane-mode'] !== undefined;
      if (meshed(then) && !meshed(now))
        tell('metadata.labels', `${name} leaves the mesh: pods that start from now on have no proxy`);
      return;
    }
    if (after === undefined) {
      tell('(root)', `${name} goes, and what it refused is let in`);
      return;
    }
    const [was, is] = [textAt(before.object, 'spec.mtls.mode'), textAt(after.object, 'spec.mtls.mode')];
    if (was === 'STRICT' && is !== 'STRICT') tell('spec.mtls.mode', `${name} takes connections without mutual TLS`);
    const rules = [before, after].map(({ object }) => listAt(object, 'spec.rules').length);
    if (
      textAt(after.object, 'spec.action') !== 'DENY' &&
      before.object.kind === 'AuthorizationPolicy' &&
      (rules[1] ?? 0) > (rules[0] ?? 0)
    )
      tell('spec.rules', `${name} lets more in`);
  },
};
