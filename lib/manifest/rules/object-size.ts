import { example } from '../example';
import { type KubeObject, mapAt, nameOf } from '../object';
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
      if (isSmall(object)) continue;
      const bytes = Buffer.byteLength(JSON.stringify(object));
      if (bytes > LARGEST_BYTES) report(object, 'data', `${nameOf(object)} has ${bytes} bytes`);
    }
  },
};

/** The most bytes that JSON makes of a character. */
const MOST_BYTES = 6;

/** Whether the data alone, whatever is in it, leaves half of the space for everything else: measuring it would cost more than all other rules. */
function isSmall(object: KubeObject): boolean {
  let characters = 0;
  for (const texts of [mapAt(object, 'data'), mapAt(object, 'binaryData'), mapAt(object, 'metadata.annotations')])
    for (const [key, text] of Object.entries(texts)) characters += key.length + text.length;
  return MOST_BYTES * characters < LARGEST_BYTES / 2;
}
