import { createHash } from 'node:crypto';

/** A fingerprint of texts: equal texts have equal ones, and no two that differ have been seen to. */
export function fingerprint(...texts: readonly string[]): string {
  const hash = createHash('sha1');
  for (const text of texts) hash.update(`${text.length}:`).update(text);
  return hash.digest('base64');
}
