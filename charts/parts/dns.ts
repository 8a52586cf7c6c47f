import type { ManifestOf } from '@cdk8s/imports/wire';
import { DOMAIN, metadataOf, type ServiceScope } from '../names';

/**
 * Weighted records of the public hosts. The weight is set here and nowhere else: it moves by commit and time to live, never
 * by a step of a release (P36). Every record of a name has a set identifier, or Route 53 refuses the second one (P35).
 */
export function dnsEndpoint(scope: ServiceScope): readonly ManifestOf<'externaldns.k8s.io/v1alpha1/DNSEndpoint'>[] {
  const { hosts, route53 } = scope.service.routing;
  if (route53 === undefined) return [];
  return [
    {
      apiVersion: 'externaldns.k8s.io/v1alpha1',
      kind: 'DNSEndpoint',
      metadata: metadataOf(scope, '', { [`${DOMAIN}/moves-by`]: 'commit and time to live; no release step, no abort' }),
      spec: {
        endpoints: hosts.map((dnsName) => ({
          dnsName,
          recordType: 'CNAME',
          recordTTL: route53.ttlSeconds,
          targets: [route53.target],
          setIdentifier: route53.setIdentifier,
          providerSpecific: [{ name: 'aws/weight', value: String(route53.weight) }],
        })),
      },
    },
  ];
}

/** Keeps external-dns from writing simple records of the same names from the object that serves them. */
export function recordsAnnotations({ service, platform }: ServiceScope): Readonly<Record<string, string>> {
  return service.routing.route53 === undefined
    ? {}
    : { [`${platform.externalDns.annotationPrefix}controller`]: 'cutover-dnsendpoint' };
}
