import { isDeepStrictEqual } from 'node:util';
import { parseAllDocuments } from 'yaml';

/** What every reader makes of one document, or why readers disagree or refuse it. */
export type ReadBack = { readonly value: unknown } | { readonly why: string };

const known = new Map<string, ReadBack>();
const MOST_REMEMBERED = 20_000;

/**
 * The documents of a rendered file as YAML 1.1 and 1.2 read its bytes. Remembered document by document: most objects of most
 * cases are those of an unchanged service.
 */
export function readBack(text: string): readonly ReadBack[] {
  return text.split(/^---\n/m).map((document) => {
    const before = known.get(document);
    if (before !== undefined) return before;
    if (known.size > MOST_REMEMBERED) known.clear();
    const read = readDocument(document);
    known.set(document, read);
    return read;
  });
}

function readDocument(document: string): ReadBack {
  const lost = (HALF.exec(document) ?? UNREADABLE.exec(document))?.[0];
  if (lost !== undefined) return { why: `YAML: ${JSON.stringify(lost)} stands in it, which go-yaml refuses` };
  const [old = [], current = []] = (['1.1', '1.2'] as const).map((version) => parseAllDocuments(document, { version }));
  const problem = [...old, ...current].flatMap(({ errors, warnings }) => [...errors, ...warnings])[0];
  if (problem !== undefined) return { why: `YAML: ${problem.message}` };
  if (old.length !== 1 || current.length !== 1) return { why: 'YAML: not one document between two markers' };
  const value: unknown = current[0]?.toJS();
  if (!isDeepStrictEqual(old[0]?.toJS(), value)) return { why: 'YAML 1.1 and 1.2 read different values' };
  return { value };
}

/** Escapes of halves of pairs, which `yaml` reads and go-yaml refuses; characters that no reader has to take as they stand. */
const UNREADABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what it is about
  /(?<!\\)(?:\\\\)*\\u[dD][89a-fA-F][0-9a-fA-F]{2}|[\0-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/;

/** What UTF-8 cannot hold: it would come out as U+FFFD, which by itself is a character like any other. */
const HALF = /\p{Surrogate}/u;
