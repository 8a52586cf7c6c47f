import { childPath, fieldAt, type KubeObject, listAt, textAt } from './object';

/** The prefix of annotations by default since external-dns 0.22, and the one of before. */
export const DNS_PREFIXES = ['external-dns.kubernetes.io/', 'external-dns.alpha.kubernetes.io/'] as const;
export const OLD_DNS_PREFIX = DNS_PREFIXES[1];

/** What makes several records of one name and type possible in Route 53; each such record needs an identifier. */
const POLICY = /^(weight|region|failover|multi-value-answer|geolocation-|geoproximity-)/;

/** A record of a DNSEndpoint, and where it stands. */
export interface RecordAt {
  readonly endpoint: unknown;
  readonly path: string;
}

/** The records of a DNSEndpoint. */
export const recordsOf = (object: KubeObject): readonly RecordAt[] =>
  listAt(object, 'spec.endpoints').map((endpoint, i) => ({ endpoint, path: childPath('spec.endpoints', i) }));

/** The routing policy of a record, as the name of its property: `aws/weight`. */
export function policyOf(endpoint: unknown): string | undefined {
  for (const property of listAt(endpoint, 'providerSpecific')) {
    const name = textAt(property, 'name') ?? '';
    if (name.startsWith('aws/') && POLICY.test(name.slice('aws/'.length))) return name;
  }
  return undefined;
}

/** The annotation of an object that gives its records a routing policy, and the prefix under which it stands. */
export function policyAnnotation({
  metadata,
}: KubeObject): { readonly key: string; readonly prefix: string } | undefined {
  for (const key of Object.keys(metadata.annotations ?? {})) {
    const prefix = DNS_PREFIXES.find((one) => key.startsWith(one));
    if (prefix === undefined || !key.startsWith('aws-', prefix.length)) continue;
    if (POLICY.test(key.slice(prefix.length + 'aws-'.length))) return { key, prefix };
  }
  return undefined;
}

/** The identifier of a record among those of its name and type. */
export const identifierOf = (endpoint: unknown): string => {
  const identifier = fieldAt(endpoint, 'setIdentifier');
  return typeof identifier === 'string' ? identifier : '';
};
