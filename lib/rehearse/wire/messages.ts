/** One message of PostgreSQL's protocol (protocol-message-formats.html): its type, and all of it as it was sent. */
export interface Message {
  /** One letter; undefined for what a client sends first, which has none. */
  readonly type: string | undefined;
  readonly bytes: Buffer;
  readonly body: Buffer;
}

/** Cuts a stream into messages; what is incomplete waits for the next chunk. */
export class Messages {
  #rest: Buffer = Buffer.alloc(0);
  #typed: boolean;

  /** `typed` is false for the first messages of a client, up to the one that starts the session. */
  constructor(typed: boolean) {
    this.#typed = typed;
  }

  push(chunk: Buffer): readonly Message[] {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const messages: Message[] = [];
    for (let message = this.#next(); message !== undefined; message = this.#next()) messages.push(message);
    return messages;
  }

  #next(): Message | undefined {
    const head = this.#typed ? 1 : 0;
    if (this.#rest.length < head + 4) return undefined;
    const length = head + this.#rest.readInt32BE(head);
    if (this.#rest.length < length) return undefined;
    const bytes = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(length);
    const body = bytes.subarray(head + 4);
    const type = this.#typed ? String.fromCharCode(bytes[0] ?? 0) : undefined;
    // A request for encryption is answered and followed by the message that starts the session.
    if (!this.#typed && !asksForEncryption(body)) this.#typed = true;
    return { type, bytes, body };
  }
}

/** SSLRequest and GSSENCRequest. */
export const asksForEncryption = (body: Buffer): boolean =>
  body.length === 4 && [80_877_103, 80_877_104].includes(body.readInt32BE(0));

/** The text up to the zero byte, and where the next one begins. */
export function cString(body: Buffer, from: number): { readonly text: string; readonly next: number } {
  const end = body.indexOf(0, from);
  return end < 0
    ? { text: body.toString('utf8', from), next: body.length }
    : { text: body.toString('utf8', from, end), next: end + 1 };
}

/** The SQLSTATE and the message of an ErrorResponse. */
export function errorOf(body: Buffer): { readonly sqlState: string; readonly message: string } {
  const fields = new Map<string, string>();
  for (let at = 0; at < body.length && body[at] !== 0; ) {
    const { text, next } = cString(body, at + 1);
    fields.set(String.fromCharCode(body[at] ?? 0), text);
    at = next;
  }
  return { sqlState: fields.get('C') ?? 'XX000', message: fields.get('M') ?? '' };
}
