import { example } from '../example';
import { nameOf } from '../object';
import type { ManifestRule } from '../rule';

const LONGEST = 63;

/** The kinds whose own name is a host name or a label; of what others wrote only these are known to be refused. */
const ALWAYS: readonly string[] = ['Service', 'Namespace', 'Job'];

export const nameLength: ManifestRule = {
  code: 'MAN003',
  severity: 'error',
  title:
    'A name of more than 63 characters: Kubernetes refuses it as a label or host name, and controllers derive such from it',
  reason:
    'Names become label values, host names and prefixes of the names of pods; each of these ends at 63 characters.',
  hint: 'shorten the name of the service or of the gate',
  source: 'RFC 1123; Kubernetes 1.34, apimachinery/pkg/util/validation',
  kinds: 'any',
  examples: () => ({
    bad: [{ objects: [example('Service', 'a'.repeat(64))], paths: ['metadata.name'] }],
    good: [[example('Service', 'a'.repeat(63))]],
  }),
  check: ({ objects, closed }, report) => {
    for (const object of objects) {
      const { length } = object.metadata.name;
      if (length > LONGEST && (closed || ALWAYS.includes(object.kind)))
        report(object, 'metadata.name', `the name of ${nameOf(object)} has ${length} characters`);
    }
  },
};
