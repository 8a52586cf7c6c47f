import { example } from '../../manifest/example';
import { fieldAt, hasAt, type KubeObject, listAt, nameOf } from '../../manifest/object';
import { canonicalText } from '../compare/compare';
import { gone, pairOf } from '../example';
import { pruningOf } from '../prune';
import type { DiffRule } from '../rule';

const from = (...namespaces: readonly string[]) =>
  example('NetworkPolicy', 'web', {
    spec: {
      podSelector: {},
      policyTypes: ['Ingress'],
      ingress: [
        { from: namespaces.map((name) => ({ namespaceSelector: { matchLabels: { name } } })), ports: [{ port: 80 }] },
      ],
    },
  });

export const networkWidened: DiffRule = {
  code: 'DIF110',
  severity: 'warning',
  title: 'Widens access: a network policy lets in, or out, what it did not',
  reason: 'Policies only add up: whoever one of them lets in gets in. Without any policy on a pod everything does.',
  hint: 'name the peers and the ports that need it, and no more',
  source: 'Kubernetes 1.34, documentation: Network Policies',
  kinds: ['NetworkPolicy'],
  counted: ['policy widens access', 'policies widen access'],
  examples: () => ({
    has: [
      { ...pairOf(from('a'), from('a', 'b')), paths: ['spec.ingress'] },
      { ...gone(from('a')), paths: ['(root)'] },
    ],
    hasNot: [pairOf(from('a', 'b'), from('a')), pairOf(from('a', 'b'), from('b', 'a'))],
  }),
  check: ({ before, after }, _, tell) => {
    if (before === undefined) return;
    if (after === undefined) {
      if (pruningOf(before.object) === 'pruned')
        tell('(root)', `${nameOf(before.object)} goes: without another policy its pods take every connection`);
      return;
    }
    for (const [field, peers] of [
      ['ingress', 'from'],
      ['egress', 'to'],
    ] as const) {
      const [then, now] = [allowedBy(before.object, field, peers), allowedBy(after.object, field, peers)];
      const restricted = isRestricted(before.object, field);
      if (restricted && !isRestricted(after.object, field))
        tell('spec.policyTypes', `${nameOf(after.object)} restricts ${field} no more`);
      else if (restricted && [...now].some((one) => !then.has(one)))
        tell(`spec.${field}`, `${nameOf(after.object)} allows more ${field} than before`);
    }
    if (
      canonicalText(fieldAt(before.object, 'spec.podSelector')) !==
      canonicalText(fieldAt(after.object, 'spec.podSelector'))
    ) {
      tell(
        'spec.podSelector',
        `${nameOf(after.object)} is for other pods; those that it leaves are restricted by nothing of it`,
      );
    }
  },
};

const isRestricted = (object: KubeObject, field: 'ingress' | 'egress'): boolean => {
  const types = listAt(object, 'spec.policyTypes');
  const type = field === 'ingress' ? 'Ingress' : 'Egress';
  return types.length === 0 ? field === 'ingress' || hasAt(object, 'spec.egress') : types.includes(type);
};

/** Every peer with every port that a policy allows, as texts; one that names no peers or ports means all of them. */
function allowedBy(object: KubeObject, field: string, peers: string): ReadonlySet<string> {
  const allowed = new Set<string>();
  for (const rule of listAt(object, `spec.${field}`)) {
    const who = listAt(rule, peers).length === 0 ? ['anybody'] : listAt(rule, peers).map(canonicalText);
    const where =
      listAt(rule, 'ports').length === 0
        ? ['any port']
        : listAt(rule, 'ports').map(
            (port) =>
              `${String(fieldAt(port, 'port') ?? 'any')}/${String(fieldAt(port, 'protocol') ?? 'TCP')}-${String(fieldAt(port, 'endPort') ?? '')}`,
          );
    for (const one of who) for (const port of where) allowed.add(`${one} ${port}`);
  }
  return allowed;
}
