/** The names of the services of a release. */
export class Names {
  readonly #names: ReadonlySet<string>;
  readonly #known = new Map<string, readonly string[]>();

  constructor(names: Iterable<string>) {
    this.#names = new Set(names);
  }

  /** Those that a text speaks of; most texts are said of many services. */
  in(text: string): readonly string[] {
    let names = this.#known.get(text);
    if (names === undefined) {
      names = text.match(NAME)?.filter((name) => this.#names.has(name)) ?? [];
      if (this.#known.size < MOST_TEXTS) this.#known.set(text, names);
    }
    return names;
  }
}

const NAME = /[a-z][a-z0-9_-]*/g;
const MOST_TEXTS = 1000;

/** The names of other services that texts speak of, but for those in which its own or another of them stands. */
export function namesIn(values: unknown, names: Names, own: string): readonly string[] {
  const found = new Set<string>();
  const open: unknown[] = [values];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === 'string') {
      for (const name of names.in(value)) if (!name.includes(own)) found.add(name);
    } else if (typeof value === 'object' && value !== null) open.push(...Object.values(value));
  }
  const all = [...found];
  return all.filter((name) => !all.some((part) => part !== name && name.includes(part)));
}
