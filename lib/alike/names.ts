/** The names of the services of a release. */
export class Names {
  readonly #names: ReadonlySet<string>;
  readonly #known = new Map<string, readonly string[]>();

  constructor(names: Iterable<string>) {
    this.#names = new Set(names);
  }

  has(name: string): boolean {
    return this.#names.has(name);
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

/** What settings say, of which words may be a part. */
export interface Spoken {
  /** The names of other services in texts, but for those in which its own or another of them stands. */
  readonly others: readonly string[];
  /** The names of all fields. */
  readonly fields: ReadonlySet<string>;
}

/** What is spoken of in settings; `own` is the key of the service. */
export function spokenOf(values: unknown, names: Names, own: string): Spoken {
  const found = new Set<string>();
  const fields = new Set<string>();
  const open: unknown[] = [values];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === 'string') {
      for (const name of names.in(value)) if (!name.includes(own)) found.add(name);
    } else if (typeof value === 'object' && value !== null) {
      if (!Array.isArray(value)) for (const field of Object.keys(value)) fields.add(field);
      open.push(...Object.values(value));
    }
  }
  // Of so many each would be compared with each other.
  const all = [...found];
  if (all.length > MOST_OTHERS) return { others: all, fields };
  return { others: all.filter((name) => !all.some((part) => part !== name && name.includes(part))), fields };
}

/** Whoever speaks of more is taken for like no other. */
export const MOST_OTHERS = 20;
