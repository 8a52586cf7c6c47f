import { example } from '../example';
import { gatewaysOf, MESH } from '../istio';
import { childPath, listAt } from '../object';
import type { ManifestRule } from '../rule';

const virtualService = (...hosts: readonly string[]) =>
  example('VirtualService', 'web', {
    spec: { hosts, http: [{ name: 'primary', route: [{ destination: { host: 'api.example.com' } }] }] },
  });

const LABEL = /^[A-Za-z0-9]([-A-Za-z0-9]{0,61}[A-Za-z0-9])?$/;
const ADDRESS = /^[0-9a-fA-F:.]+(\/\d+)?$/;

export const istioHostNames: ManifestRule = {
  code: 'MAN031',
  severity: 'error',
  title: 'A host that is no domain name: the webhook of Istio refuses the object',
  reason:
    'A host is a domain name, one with a leading wildcard, or an address. Underscores and empty parts belong to none.',
  hint: 'use letters, digits and hyphens, at most 63 characters between two dots',
  source:
    'Istio 1.30, pkg/config/validation/agent/validation.go: ValidateWildcardDomain; measured (vs-short-host-gateway)',
  kinds: ['VirtualService'],
  examples: () => ({
    bad: [
      { objects: [virtualService('a_b')], paths: ['spec.hosts[0]'] },
      { objects: [virtualService('shop.example.com', 'x..y')], paths: ['spec.hosts[1]'] },
    ],
    good: [[virtualService('api.example.com', '*.example.com', '10.0.0.1')]],
  }),
  check: ({ ofKind }, report) => {
    for (const object of ofKind('VirtualService')) {
      for (const [i, host] of listAt(object, 'spec.hosts').entries()) {
        if (typeof host !== 'string') continue;
        if (!isHost(host)) report(object, childPath('spec.hosts', i), `"${host}" is no domain name`);
        else if (host === '*' && gatewaysOf(object).includes(MESH)) {
          report(object, childPath('spec.hosts', i), 'the host "*" is not allowed for the sidecars of the mesh');
        }
      }
    }
  },
};

function isHost(host: string): boolean {
  if (host === '*' || ADDRESS.test(host)) return true;
  // A wildcard may be the first part of the name, or begin it.
  const name = host.replace(/^\*[.-]?/, '').replace(/\.$/, '');
  return name.length <= 255 && name.split('.').every((label) => LABEL.test(label));
}
