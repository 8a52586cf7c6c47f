/** Lines and columns of offsets in one text; both are 1-based, columns count UTF-16 units as editors do. */
export class Lines {
  readonly #starts: readonly number[];

  constructor(text: string) {
    const starts = [0];
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.#starts = starts;
  }

  /** The place of an offset. */
  at(offset: number): { readonly line: number; readonly column: number } {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 };
  }
}

const PLAIN = /^[a-z_][a-z0-9_$]*$/;

/** A name as it must be written in SQL: quoted where PostgreSQL would fold or refuse it. */
export const quoteName = (name: string): string =>
  name
    .split('.')
    .map((part) => (PLAIN.test(part) ? part : `"${part.replaceAll('"', '""')}"`))
    .join('.');

/** Shortens what is shown in a message. */
export function shorten(text: string, longest = 80): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  return flat.length > longest ? `${flat.slice(0, longest)}…` : flat;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}
