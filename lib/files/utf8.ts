/** What most files need at the most. */
const USUAL_BYTES = 1 << 18;

/** The most bytes that a UTF-16 code unit takes. */
const MOST_BYTES = 3;

/** Writes texts as UTF-8, each into the memory of the one before: a new one for each costs several times what writing takes. */
export class Utf8Writer {
  #memory = Buffer.allocUnsafeSlow(USUAL_BYTES);

  /** The bytes of a text, until the next one is asked for. */
  bytesOf(text: string): Uint8Array {
    const most = MOST_BYTES * text.length;
    if (most > this.#memory.length) this.#memory = Buffer.allocUnsafeSlow(2 * most);
    return this.#memory.subarray(0, this.#memory.write(text, 'utf8'));
  }
}
