import { countKeysInText } from './count-keys';
import { ServicesReader } from './services-reader';
import { eachMember, endOfValue, type Slices, skipBlank } from './slices';

/** A catalog of whose services what several say in the same words was read once. */
export interface Unrepeated {
  readonly value: unknown;
  /** The same without what a service says in the same words as an earlier one. */
  readonly part: unknown;
  /** How many keys the text of that has, with those that stand twice in one object. */
  readonly keys: number;
  /** Where the services stand in the whole text. */
  readonly slices: Slices;
}

/**
 * Reads a catalog as JSON.parse does, and takes out of it what is the same as what is left, word by word: most services of a large
 * one have the steps, the probes and the resources of others. Only where what is said of one service is right or wrong field by
 * field does that say all about the whole; a test holds the schema to it. Undefined where a service or a field of one stands
 * twice, where there are no services, and where the text is not JSON: whoever reads it as a whole finds out.
 */
export function unrepeated(text: string): Unrepeated | undefined {
  try {
    return read(text);
  } catch {
    return undefined;
  }
}

function read(text: string): Unrepeated | undefined {
  const reader = new ServicesReader(text);
  let members = 0;
  const first = skipBlank(text, 0);
  if (text[first] !== '{') return undefined;
  eachMember(text, first, (key, start) => {
    members += 1;
    return key === 'services' && text[start] === '{' ? reader.read(start) : endOfValue(text, start);
  });
  const { start, end, services, bounds } = reader;
  if (end === undefined) return undefined;
  const [before, behind] = [text.slice(0, start), text.slice(end)];
  const around: unknown = JSON.parse(`${before}{}${behind}`);
  // Of keys that stand twice JSON.parse keeps the last: what was read need not be what it is.
  if (!isMap(around) || members !== Object.keys(around).length) return undefined;
  return {
    value: { ...around, services },
    part: { ...around, services: reader.unrepeated },
    keys: reader.keysInText + countKeysInText(before) + countKeysInText(behind),
    // As they are in the object: a part of the text would keep all of it in memory.
    slices: { start, end, keys: Object.keys(services), bounds },
  };
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
