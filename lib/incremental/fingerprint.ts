import { createHash } from 'node:crypto';

/** A fingerprint of texts or bytes: equal ones have equal ones, and no two that differ have been seen to. */
export function fingerprint(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha1');
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  return hash.digest('base64');
}
