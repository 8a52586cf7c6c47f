import type { GivenObject } from '../../lib/lint/objects';
import type { KubeObject } from '../../lib/manifest/object';

/** An object as it is read from a file. */
export const given = (object: KubeObject, file = 'all.yaml'): GivenObject => ({
  object,
  written: object,
  file,
  placeOf: () => ({ file, line: 1, column: 1 }),
});
