import { example } from '../example';
import { fieldAt, hasAt, type KubeObject, listAt, numberAt } from '../object';
import { oncePerGroup, type PodTemplate, templatesSelected } from '../pods';
import type { ManifestRule } from '../rule';
import { served } from '../served-example';

const policy = (name: string, egress: readonly unknown[]): KubeObject =>
  example('NetworkPolicy', name, {
    spec: { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Egress'], egress },
  });
const toDatabase = { to: [{ ipBlock: { cidr: '10.0.0.0/16' } }], ports: [{ port: 5432, protocol: 'TCP' }] };
const toDns = {
  to: [{ namespaceSelector: {} }],
  ports: [
    { port: 53, protocol: 'UDP' },
    { port: 53, protocol: 'TCP' },
  ],
};

export const networkPolicyDns: ManifestRule = {
  code: 'MAN109',
  severity: 'warning',
  title: 'Pods that may connect to something, and cannot resolve its name: no policy lets them reach DNS',
  reason:
    'As soon as one policy limits where pods may connect to, only what some policy allows is left. Without port 53 every connection by name fails after a timeout.',
  hint: 'allow egress to port 53, UDP and TCP, of kube-dns in kube-system',
  source: 'Kubernetes 1.34: Network Policies, isolation of pods',
  kinds: ['NetworkPolicy'],
  examples: () => ({
    bad: [{ objects: [...served(), policy('web', [toDatabase])], paths: ['spec.egress'] }],
    good: [
      [...served(), policy('web', [toDatabase, toDns])],
      [...served(), policy('web', [toDatabase]), policy('dns', [toDns])],
      [...served(), policy('web', [{}])],
      [...served(), policy('nothing', [])],
    ],
  }),
  check: (group, report) => {
    const told = new Set<KubeObject>();
    for (const [template, policies] of egressPolicies(group)) {
      const [first] = policies;
      const rules = policies.flatMap((one) => listAt(one, 'spec.egress'));
      if (first === undefined || told.has(first) || rules.length === 0 || rules.some(letsDnsThrough)) continue;
      if (fieldAt(template.spec, 'hostNetwork') === true) continue;
      told.add(first);
      report(first, 'spec.egress', `pods of "${template.owner.metadata.name}" may connect, and not to port 53`);
    }
  },
};

/** The policies that limit where the pods of each template may connect to. */
const egressPolicies = oncePerGroup((group): ReadonlyMap<PodTemplate, readonly KubeObject[]> => {
  const policies = new Map<PodTemplate, KubeObject[]>();
  for (const policy of group.ofKind('NetworkPolicy')) {
    const types = listAt(policy, 'spec.policyTypes');
    if (!(types.length === 0 ? hasAt(policy, 'spec.egress') : types.includes('Egress'))) continue;
    for (const template of templatesSelected(group, fieldAt(policy, 'spec.podSelector'), policy)) {
      policies.set(template, [...(policies.get(template) ?? []), policy]);
    }
  }
  return policies;
});

/** Whether a rule allows port 53, or any port of more than chosen pods of the own namespace. */
function letsDnsThrough(rule: unknown): boolean {
  const ports = listAt(rule, 'ports');
  if (ports.length > 0) {
    return ports.some((port) => {
      const first = fieldAt(port, 'port');
      if (typeof first === 'string') return first.startsWith('dns') || first === '53';
      return typeof first !== 'number' || (first <= 53 && (numberAt(port, 'endPort') ?? first) >= 53);
    });
  }
  const peers = listAt(rule, 'to');
  return peers.length === 0 || peers.some((peer) => hasAt(peer, 'namespaceSelector') || hasAt(peer, 'ipBlock'));
}
