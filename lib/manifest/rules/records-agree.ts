import { example } from '../example';
import { identifierOf, recordsOf } from '../external-dns';
import { type KubeObject, nameOf, textAt } from '../object';
import type { ManifestRule } from '../rule';

const endpoint = (name: string, setIdentifier: string | undefined): KubeObject =>
  example('DNSEndpoint', name, {
    spec: {
      endpoints: [
        {
          dnsName: 'www.example.com',
          recordType: 'CNAME',
          targets: [`${name}.example.com`],
          ...(setIdentifier === undefined
            ? {}
            : { setIdentifier, providerSpecific: [{ name: 'aws/weight', value: '50' }] }),
        },
      ],
    },
  });

export const recordsAgree: ManifestRule = {
  code: 'MAN076',
  severity: 'error',
  title:
    'Two records of one name, type and identifier, or a simple one beside a weighted one: only one can be in Route 53',
  reason:
    'Route 53 keeps one simple record of a name and type, or several with identifiers, never both. external-dns takes one of two that are equal, and its batch fails with InvalidChangeBatch where they differ in kind.',
  hint: 'give each record of the name an identifier of its own',
  source: 'external-dns#1411, #3141; Route 53: ChangeResourceRecordSets (P35)',
  kinds: ['DNSEndpoint'],
  examples: () => ({
    bad: [
      { objects: [endpoint('blue', 'a'), endpoint('green', 'a')], paths: ['spec.endpoints[0].setIdentifier'] },
      { objects: [endpoint('blue', undefined), endpoint('green', 'a')], paths: ['spec.endpoints[0].setIdentifier'] },
    ],
    good: [[endpoint('blue', 'a'), endpoint('green', 'b')]],
  }),
  check: ({ ofKind }, report) => {
    const owners = new Map<string, Map<string, KubeObject>>();
    for (const object of ofKind('DNSEndpoint')) {
      for (const { endpoint, path } of recordsOf(object)) {
        const record = `${textAt(endpoint, 'dnsName')} ${textAt(endpoint, 'recordType')}`;
        const same = owners.get(record) ?? new Map<string, KubeObject>();
        owners.set(record, same);
        const identifier = identifierOf(endpoint);
        const equal = same.get(identifier);
        const other = equal ?? (identifier === '' ? same.values().next().value : same.get(''));
        if (other !== undefined) {
          const how = equal === undefined ? 'in another kind' : identifier === '' ? 'too' : `as "${identifier}" too`;
          report(object, `${path}.setIdentifier`, `${nameOf(other)} has the record ${record} ${how}`);
        }
        same.set(identifier, object);
      }
    }
  },
};
