import { hash } from 'node:crypto';

/** A text that a name or an annotation carries the hash of. */
export interface Hashed {
  readonly text: string;
  readonly hash: string;
}

/** Ten hexadecimal digits that change when the text does. */
export function hashed(text: string): Hashed {
  return { text, hash: hash('sha256', text, 'hex').slice(0, 10) };
}
