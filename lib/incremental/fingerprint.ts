import { createHash, type Hash, hash } from 'node:crypto';

/**
 * A fingerprint of texts or bytes: equal ones have equal ones, and no two of as many parts that differ have been seen to. Of one
 * part it is made in one call, which costs a third of a hash that is fed.
 */
export function fingerprint(...parts: readonly (string | Uint8Array)[]): string {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return hash('sha1', only, 'base64');
  // Texts go in together: each call costs more than hashing a line does.
  let texts = '';
  let fed: Hash | undefined;
  for (const part of parts) {
    texts += `${part.length}:`;
    if (typeof part === 'string') texts += part;
    else {
      fed ??= createHash('sha1');
      fed.update(texts).update(part);
      texts = '';
    }
  }
  return fed === undefined ? hash('sha1', texts, 'base64') : fed.update(texts).digest('base64');
}
