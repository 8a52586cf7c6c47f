import { eachMember, endOfValue, type Slices, skipBlank } from './slices';

/** A catalog without what its services say in the same words as an earlier one. */
export interface Unrepeated {
  readonly value: unknown;
  /** How many keys the text of that has, with those that stand twice in one object. */
  readonly keys: number;
  /** Where the services stand in the whole text. */
  readonly slices: Slices;
}

/**
 * Takes out of a catalog what is the same as what is left, word by word: most services of a large one have the steps, the probes and
 * the resources of others. Only where what is said of one service is right or wrong field by field does it say all about the
 * whole; a test holds the schema to that. Undefined where a service or a field of one stands twice, or where there are no services.
 */
export function unrepeated(text: string, value: unknown): Unrepeated | undefined {
  if (!isMap(value)) return undefined;
  const { services } = value;
  if (!isMap(services)) return undefined;
  const reader = new Reader(text, services);
  let members = 0;
  eachMember(text, skipBlank(text, 0), (key, start) => {
    members += 1;
    return key === 'services' && text[start] === '{' ? reader.read(start) : endOfValue(text, start);
  });
  // Of keys that stand twice JSON.parse keeps the last: what was read need not be what was parsed.
  if (members !== Object.keys(value).length || reader.isTwice()) return undefined;
  const { start, end, keys, bounds, kept } = reader;
  return {
    value: { ...value, services: Object.fromEntries(kept) },
    keys: reader.keysKept + countKeysInText(text.slice(0, start)) + countKeysInText(text.slice(end)),
    slices: { start, end, keys, bounds },
  };
}

type JsonMap = Readonly<Record<string, unknown>>;

const isMap = (value: unknown): value is JsonMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads the object of all services. */
class Reader {
  start = 0;
  end = 0;
  readonly bounds: number[] = [];
  /** The keys as they were parsed: a part of the text would keep all of it in memory. */
  readonly keys: readonly string[];
  readonly kept: [key: string, service: unknown][] = [];
  keysKept = 0;
  readonly #text: string;
  readonly #services: JsonMap;
  readonly #said = new Said();
  #isTwice = false;

  constructor(text: string, services: JsonMap) {
    this.#text = text;
    this.#services = services;
    this.keys = Object.keys(services);
  }

  /** Reads from a place on, and tells where the object ends. */
  read(start: number): number {
    this.start = start;
    this.end = eachMember(this.#text, start, (key, from) => {
      const name = this.keys[this.kept.length];
      if (name !== key) this.#isTwice = true;
      const service = Object.hasOwn(this.#services, key) ? this.#services[key] : undefined;
      const isObject = isMap(service) && this.#text[from] === '{';
      const to = isObject ? this.#fields(from, key, service) : this.#whole(from, key, service);
      this.bounds.push(from, to);
      return to;
    });
    return this.end;
  }

  /** Whether a service or a field of one stands twice, or in another order than it was parsed. */
  isTwice(): boolean {
    return this.#isTwice || this.kept.length !== this.keys.length;
  }

  #fields(start: number, key: string, service: JsonMap): number {
    const text = this.#text;
    const kept: [string, unknown][] = [];
    let fields = 0;
    const end = eachMember(text, start, (field, from) => {
      fields += 1;
      const same = this.#said.endOf(text, field, from);
      if (same !== undefined) return same;
      const to = endOfValue(text, from);
      const said = text.slice(from, to);
      this.#said.add(field, said);
      this.keysKept += 1 + countKeysInText(said);
      kept.push([field, Object.hasOwn(service, field) ? service[field] : undefined]);
      return to;
    });
    if (fields !== Object.keys(service).length) this.#isTwice = true;
    this.keysKept += 1;
    this.kept.push([key, Object.fromEntries(kept)]);
    return end;
  }

  /** What is no object has no fields. */
  #whole(start: number, key: string, service: unknown): number {
    const end = endOfValue(this.#text, start);
    this.keysKept += 1 + countKeysInText(this.#text.slice(start, end));
    this.kept.push([key, service]);
    return end;
  }
}

/** What was said of a field: so many texts are known, and the one that was met least recently goes. */
const MOST_TEXTS = 8;

/** What services say of their fields, each text once. */
class Said {
  readonly #texts = new Map<string, string[]>();

  /** Where a value ends that is the same as an earlier one of the field; undefined where it is none. */
  endOf(text: string, field: string, from: number): number | undefined {
    const known = this.#texts.get(field);
    if (known === undefined) return undefined;
    for (let i = 0; i < known.length; i += 1) {
      const said = known[i] ?? '';
      if (!text.startsWith(said, from)) continue;
      known.splice(i, 1);
      known.unshift(said);
      return from + said.length;
    }
    return undefined;
  }

  /** Only of texts, lists and objects is it certain where they end; of a number more may follow. */
  add(field: string, said: string): void {
    if (!'"[{'.includes(said.charAt(0))) return;
    const known = this.#texts.get(field) ?? [];
    known.unshift(said);
    known.splice(MOST_TEXTS);
    this.#texts.set(field, known);
  }
}

/**
 * A valid JSON text has as many `"…":` as its value has keys unless one was overwritten, so that the slower scan that finds
 * the keys that stand twice in one object runs only when there is something to find.
 */
export function countKeysInText(text: string): number {
  let count = 0;
  // A quote before a colon closes a key. One that opens or stands in a text is counted too, and can only start the slower scan.
  const quoteAndColon = /"[\t\n\r ]*:/g;
  while (quoteAndColon.test(text)) count += 1;
  return count;
}
