import { nameOf } from '../object';
import type { ManifestRule } from '../rule';

const template = (name: string) => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'AnalysisTemplate',
  metadata: { name },
});

const LONGEST = 63;

export const nameLength: ManifestRule = {
  code: 'MAN003',
  severity: 'error',
  title:
    'A name of more than 63 characters: Kubernetes refuses it as a label or host name, and controllers derive such from it',
  hint: 'shorten the name of the service or of the gate',
  source: 'RFC 1123; Kubernetes 1.34, apimachinery/pkg/util/validation',
  bad: [{ objects: [template('a'.repeat(64))], paths: ['metadata.name'] }],
  good: [[template('a'.repeat(63))]],
  check: ({ objects }, report) => {
    for (const object of objects) {
      const { length } = object.metadata.name;
      if (length > LONGEST) report(object, 'metadata.name', `the name of ${nameOf(object)} has ${length} characters`);
    }
  },
};
