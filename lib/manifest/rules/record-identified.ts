import { annotationOf, annotationPath } from '../argocd';
import { example } from '../example';
import { DNS_PREFIXES, identifierOf, policyAnnotation, policyOf, recordsOf } from '../external-dns';
import type { KubeObject } from '../object';
import type { ManifestRule } from '../rule';

const [PREFIX] = DNS_PREFIXES;
const endpoint = (setIdentifier: string | undefined): KubeObject =>
  example('DNSEndpoint', 'web', {
    spec: {
      endpoints: [
        {
          dnsName: 'www.example.com',
          recordType: 'CNAME',
          targets: ['blue.example.com'],
          ...(setIdentifier === undefined ? {} : { setIdentifier }),
          providerSpecific: [{ name: 'aws/weight', value: '90' }],
        },
      ],
    },
  });
const ingress = (annotations: Readonly<Record<string, string>>): KubeObject =>
  example('Ingress', 'web', {}, { annotations });

export const recordIdentified: ManifestRule = {
  code: 'MAN075',
  severity: 'error',
  title: 'A record with a weight and no identifier: Route 53 refuses it, and the changes that go with it',
  reason:
    'Records of one name and type are told apart by their set identifier. external-dns sends a weight without one as it is, and Route 53 answers InvalidInput for the batch.',
  hint: 'give every weighted record a set identifier of its own',
  source: 'external-dns 0.22, provider/aws/aws.go: newChange (P35)',
  kinds: ['DNSEndpoint', 'Service', 'Ingress', 'Gateway', 'HTTPRoute', 'VirtualService'],
  examples: () => ({
    bad: [
      { objects: [endpoint(undefined)], paths: ['spec.endpoints[0].setIdentifier'] },
      { objects: [ingress({ [`${PREFIX}aws-weight`]: '10' })], paths: [annotationPath(`${PREFIX}set-identifier`)] },
    ],
    good: [[endpoint('blue')], [ingress({ [`${PREFIX}aws-weight`]: '10', [`${PREFIX}set-identifier`]: 'blue' })]],
  }),
  check: ({ ofKind }, report) => {
    for (const object of ofKind('DNSEndpoint')) {
      for (const { endpoint, path } of recordsOf(object)) {
        const policy = policyOf(endpoint);
        if (policy === undefined || identifierOf(endpoint) !== '') continue;
        report(object, `${path}.setIdentifier`, `the record has ${policy} and no set identifier`);
      }
    }
    for (const object of ANNOTATED.flatMap((kind) => ofKind(kind))) {
      if (object.metadata.annotations === undefined) continue;
      const policy = policyAnnotation(object);
      if (policy === undefined) continue;
      const key = `${policy.prefix}set-identifier`;
      if (!annotationOf(object, key))
        report(object, annotationPath(key), `${policy.key} is set, and no set identifier`);
    }
  },
};

const ANNOTATED = ['Service', 'Ingress', 'Gateway', 'HTTPRoute', 'VirtualService'] as const;
