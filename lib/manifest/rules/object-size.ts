import { example } from '../example';
import { nameOf } from '../object';
import type { ManifestRule } from '../rule';

const configMap = (bytes: number) => example('ConfigMap', 'web', { data: { text: 'x'.repeat(bytes) } });

/** etcd refuses requests over 1.5 MiB, and the API server ConfigMaps over 1 MiB. */
const LARGEST_BYTES = 1_048_576;

export const objectSize: ManifestRule = {
  code: 'MAN009',
  severity: 'error',
  title: 'An object of more than 1 MiB: the API server refuses it',
  reason: 'A request to the API server and a value in etcd have a largest size; the object is refused as a whole.',
  hint: 'move large content to the image or a volume',
  source: 'Kubernetes 1.34: MaxSecretSize and the limit of ConfigMaps',
  kinds: ['ConfigMap'],
  examples: () => ({
    bad: [{ objects: [configMap(LARGEST_BYTES)], paths: ['data'] }],
    good: [[configMap(1000)]],
  }),
  check: ({ ofKind }, report) => {
    for (const object of ofKind('ConfigMap')) {
      const bytes = Buffer.byteLength(JSON.stringify(object));
      if (bytes > LARGEST_BYTES) report(object, 'data', `${nameOf(object)} has ${bytes} bytes`);
    }
  },
};
