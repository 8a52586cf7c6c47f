import { countKeysInText } from './count-keys';
import { eachMember, endOfValue, memberAt, skipBlank } from './slices';

type Fields = Record<string, unknown>;

/**
 * Reads the object of all services of a JSON text. What is said of a field in the same words as of that field of an earlier
 * service is not read again: it is the same value, which nobody changes. Throws where the text is not JSON, where a service or a
 * field of one stands twice, and where objects would have their keys in another order than the text.
 */
export class ServicesReader {
  start = 0;
  /** Where the object ends; undefined before it was read. */
  end: number | undefined;
  readonly services: Fields = {};
  /** The same without what was said before. */
  readonly unrepeated: Fields = {};
  /** How many keys the text of that has. */
  keysInText = 0;
  /** Where the value of each service begins and ends: two numbers each. */
  readonly bounds: number[] = [];
  readonly #text: string;
  readonly #known = new Map<string, Field>();
  readonly #first: Field = { name: '', said: [], next: [] };

  constructor(text: string) {
    this.#text = text;
  }

  /** Reads from the place on where the object begins, and tells where it ends. */
  read(start: number): number {
    if (this.end !== undefined) throw new SyntaxError('services stand twice');
    this.start = start;
    this.end = eachMember(this.#text, start, (key, from) => {
      checkKey(this.services, key);
      if (NUMBER.test(key)) throw new SyntaxError(`${key} would stand elsewhere`);
      const to = this.#text[from] === '{' ? this.#object(from, key) : this.#other(from, key);
      this.keysInText += 1;
      this.bounds.push(from, to);
      return to;
    });
    return this.end;
  }

  /** Reads the fields of a service, and tells where it ends. */
  #object(start: number, key: string): number {
    const text = this.#text;
    const service: Fields = {};
    const unrepeated: Fields = {};
    this.services[key] = service;
    this.unrepeated[key] = unrepeated;
    let field = this.#first;
    let at = start + 1;
    for (;;) {
      const joint = met(field.next, text, at) ?? this.#jointAt(at, field);
      if (typeof joint === 'number') return joint;
      field = joint.field;
      checkKey(service, field.name);
      const from = skipBlank(text, at + joint.text.length);
      const said = met(field.said, text, from);
      if (said === undefined) {
        at = endOfValue(text, from);
        service[field.name] = this.#value(from, at, field);
        unrepeated[field.name] = service[field.name];
      } else {
        at = from + said.text.length;
        service[field.name] = said.value;
      }
    }
  }

  /** What leads from a field to the next one, or where the object ends. */
  #jointAt(at: number, { next }: Field): Joint | number {
    const member = memberAt(this.#text, at, next === this.#first.next);
    if ('end' in member) return member.end;
    const field = this.#known.get(member.key) ?? { name: member.key, said: [], next: [] };
    this.#known.set(member.key, field);
    const joint = { text: this.#text.slice(at, member.start), field };
    keep(next, joint);
    return joint;
  }

  #value(from: number, to: number, { said }: Field): unknown {
    const text = this.#text.slice(from, to);
    const value: unknown = JSON.parse(text);
    // Only of texts, lists and objects is it certain where they end; of a number more may follow.
    if ('"[{'.includes(text.charAt(0))) keep(said, { text, value });
    this.keysInText += 1 + countKeysInText(text);
    return value;
  }

  /** What is no object has no fields. */
  #other(start: number, key: string): number {
    const end = endOfValue(this.#text, start);
    const text = this.#text.slice(start, end);
    this.services[key] = JSON.parse(text);
    this.unrepeated[key] = this.services[key];
    this.keysInText += countKeysInText(text);
    return end;
  }
}

/** A field of services: what was said of it, and what stood between its value and the next one. */
interface Field {
  readonly name: string;
  readonly said: Said[];
  readonly next: Joint[];
}

interface Said {
  readonly text: string;
  readonly value: unknown;
}

interface Joint {
  readonly text: string;
  readonly field: Field;
}

/** Such keys of an object stand before all others. */
const NUMBER = /^\d+$/;

/** What is set by its key would be overwritten where the key stands twice, and the prototype is no field. */
function checkKey(object: Fields, key: string): void {
  if (key === '__proto__' || Object.hasOwn(object, key)) throw new SyntaxError(`${key} stands twice`);
}

/** So many texts are known at most, and the one that was met least recently goes. */
const MOST_TEXTS = 8;

/** That of the texts that stands at a place. The one that was met last is the first. */
function met<T extends { readonly text: string }>(known: T[], text: string, at: number): T | undefined {
  for (let i = 0; i < known.length; i += 1) {
    const one = known[i];
    if (one === undefined || !text.startsWith(one.text, at)) continue;
    if (i > 0) {
      known.copyWithin(1, 0, i);
      known[0] = one;
    }
    return one;
  }
  return undefined;
}

function keep<T>(known: T[], one: T): void {
  known.unshift(one);
  if (known.length > MOST_TEXTS) known.pop();
}
