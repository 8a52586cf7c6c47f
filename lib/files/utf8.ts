import { isUtf8 } from 'node:buffer';

/** What most files need at the most. */
const USUAL_BYTES = 1 << 18;

/** The most bytes that a UTF-16 code unit takes. */
const MOST_BYTES = 3;

/** Writes texts as UTF-8, each into the memory of the one before: a new one for each costs several times what writing takes. */
export class Utf8Writer {
  #memory = Buffer.alloc(0);

  /** The bytes of a text, until the next one is asked for. */
  bytesOf(text: string): Uint8Array {
    const most = MOST_BYTES * text.length;
    if (most > this.#memory.length) this.#memory = Buffer.allocUnsafeSlow(Math.max(USUAL_BYTES, 2 * most));
    return this.#memory.subarray(0, this.#memory.write(text, 'utf8'));
  }
}

/**
 * The text that bytes hold as UTF-8, a byte order mark included; undefined where they are none. A TextDecoder says the same and is
 * made by a library that a run of few services would load for it.
 */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  return isUtf8(bytes) ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8') : undefined;
}
