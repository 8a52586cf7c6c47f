import { annotationPath } from '../argocd';
import { example } from '../example';
import { DNS_PREFIXES, OLD_DNS_PREFIX } from '../external-dns';
import type { KubeObject } from '../object';
import type { ManifestRule } from '../rule';

const service = (prefix: string): KubeObject =>
  example('Service', 'web', {}, { annotations: { [`${prefix}hostname`]: 'www.example.com' } });

export const dnsPrefix: ManifestRule = {
  code: 'MAN078',
  severity: 'warning',
  title: 'An annotation that external-dns 0.22 does not read by default: it removes the record, or never makes it',
  reason:
    'The default prefix was external-dns.alpha.kubernetes.io/ until 0.21 and is external-dns.kubernetes.io/ since. Only one prefix is read.',
  hint: 'write external-dns.kubernetes.io/, or run external-dns with --annotation-prefix=external-dns.alpha.kubernetes.io/',
  source: 'external-dns 0.22, source/annotations/annotations.go: DefaultAnnotationPrefix (P35)',
  kinds: ['Service', 'Ingress', 'Gateway', 'HTTPRoute', 'VirtualService'],
  examples: () => ({
    bad: [{ objects: [service(OLD_DNS_PREFIX)], paths: [annotationPath(`${OLD_DNS_PREFIX}hostname`)] }],
    good: [[service(DNS_PREFIXES[0])]],
  }),
  check: ({ ofKind }, report) => {
    for (const kind of ANNOTATED) {
      for (const object of ofKind(kind)) {
        if (object.metadata.annotations === undefined) continue;
        const key = Object.keys(object.metadata.annotations).find((one) => one.startsWith(OLD_DNS_PREFIX));
        if (key !== undefined)
          report(object, annotationPath(key), `external-dns 0.22 reads ${DNS_PREFIXES[0]} by default`);
      }
    }
  },
};

const ANNOTATED = ['Service', 'Ingress', 'Gateway', 'HTTPRoute', 'VirtualService'] as const;
