import { example } from '../example';
import { policyOf, recordsOf } from '../external-dns';
import { type KubeObject, numberAt } from '../object';
import type { ManifestRule } from '../rule';

const endpoint = (recordTTL: number): KubeObject =>
  example('DNSEndpoint', 'web', {
    spec: {
      endpoints: [
        {
          dnsName: 'www.example.com',
          recordType: 'CNAME',
          recordTTL,
          setIdentifier: 'blue',
          targets: ['blue.example.com'],
          providerSpecific: [{ name: 'aws/weight', value: '90' }],
        },
      ],
    },
  });

const LONGEST_SECONDS = 300;

export const recordTtl: ManifestRule = {
  code: 'MAN077',
  severity: 'warning',
  title: 'A weighted record that resolvers keep for long: a change of the weight takes at least that time, also back',
  reason:
    'A weight moves no client that has an answer already. Until the TTL is over, a bad version keeps the traffic that it was given, whatever Git says.',
  hint: 'set recordTTL to 60',
  source: 'Route 53: TTL of weighted records (P36)',
  kinds: ['DNSEndpoint'],
  examples: () => ({
    bad: [{ objects: [endpoint(3600)], paths: ['spec.endpoints[0].recordTTL'] }],
    good: [[endpoint(60)]],
  }),
  check: ({ ofKind }, report) => {
    for (const object of ofKind('DNSEndpoint')) {
      for (const { endpoint, path } of recordsOf(object)) {
        const seconds = numberAt(endpoint, 'recordTTL') ?? 0;
        if (seconds <= LONGEST_SECONDS || policyOf(endpoint) === undefined) continue;
        report(object, `${path}.recordTTL`, `a change of the weight takes ${seconds} s to reach everybody`);
      }
    }
  },
};
