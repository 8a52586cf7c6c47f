import { createHash } from 'node:crypto';

/** A fingerprint of texts or bytes: equal ones have equal ones, and no two that differ have been seen to. */
export function fingerprint(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha1');
  // Texts go in together: each call costs more than hashing a line does.
  let texts = '';
  for (const part of parts) {
    texts += `${part.length}:`;
    if (typeof part === 'string') texts += part;
    else {
      hash.update(texts).update(part);
      texts = '';
    }
  }
  return hash.update(texts).digest('base64');
}
