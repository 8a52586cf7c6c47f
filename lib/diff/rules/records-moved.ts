import { example } from '../../manifest/example';
import { nameOf } from '../../manifest/object';
import { liveFields } from '../change';
import { pairOf } from '../example';
import type { DiffRule } from '../rule';

const record = (weight: string) =>
  example('DNSEndpoint', 'web', {
    spec: {
      endpoints: [
        {
          dnsName: 'web.example.org',
          setIdentifier: 'blue',
          recordTTL: 60,
          targets: ['x'],
          providerSpecific: [{ name: 'aws/weight', value: weight }],
        },
      ],
    },
  });

export const recordsMoved: DiffRule = {
  code: 'DIF085',
  severity: 'warning',
  title: 'Moves traffic by DNS: as resolvers forget the old answer, and back only by another commit',
  reason:
    'Route 53 answers by the new weights at once; clients keep the old answer for the time to live, and some for longer. No gate looks at it, and nothing aborts it.',
  hint: 'move in small commits, and wait a few times the TTL between them',
  source: 'external-dns 0.22, docs/tutorials/aws.md (P35, P36)',
  kinds: ['DNSEndpoint'],
  counted: ['record moves traffic', 'records move traffic'],
  examples: () => ({
    has: [
      {
        ...pairOf(record('0'), record('10')),
        paths: ['spec.endpoints[dnsName=web.example.org,setIdentifier=blue].providerSpecific[name=aws/weight].value'],
      },
    ],
    hasNot: [pairOf(record('10'), record('10'))],
  }),
  check: (change, _, tell) => {
    if (change.before === undefined || change.after === undefined) return;
    const [field] = liveFields(change).filter(({ path }) => path.startsWith('spec.'));
    if (field !== undefined)
      tell(field, `${nameOf(change.after.object)}: the share of the traffic follows the records`);
  },
};
