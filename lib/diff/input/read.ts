import { compareText } from '../../diagnostic/format';
import type { GivenObject } from '../../lint/objects';
import { contextOf, isContext } from './context';
import { type DocumentText, type ReadDocument, readDocument, splitDocuments } from './documents';
import { type InputFault, inputFault } from './fault';
import { lookThrough, type Unread } from './look-through';
import type { Sides } from './sides';
import { areEqual, type Entry, readEntries, type Tree } from './tree';

/** The objects of both sides that a comparison needs. */
export interface ReadSides {
  /** Objects of files that differ; one that stands in the same file with the same text on both sides is the same object in both lists. */
  readonly before: readonly GivenObject[];
  readonly after: readonly GivenObject[];
  /** Objects of files that do not differ, as far as rules may ask for them. */
  readonly context: readonly GivenObject[];
  /** What stands besides in files that do not differ, and was not read. */
  readonly unread: readonly Unread[];
  readonly faults: readonly InputFault[];
  readonly files: FileCounts;
}

/** How many files there are, and how many of them had to be read. */
export interface FileCounts {
  readonly total: number;
  readonly changed: number;
}

const LARGEST_FILE_BYTES = 10 * 2 ** 20;
const LARGEST_TOTAL_BYTES = 512 * 2 ** 20;

/** A file on both sides, or on one of them. */
interface Pair {
  readonly before: Entry | undefined;
  readonly after: Entry | undefined;
}

/** Reads the files that differ, and of the others those that rules may ask for. A file that is the same on both sides is never compared. */
export function readSides({ before, after }: Sides): ReadSides {
  const { changed, same } = pairFiles(before, after);
  const faults: InputFault[] = [...before.faults, ...after.faults];
  const refused = (entry: Entry): boolean => {
    if (entry.bytes > LARGEST_FILE_BYTES)
      faults.push(inputFault('DIF007', entry.file, `${entry.file} has ${entry.bytes} bytes`));
    return entry.bytes > LARGEST_FILE_BYTES;
  };
  const readable = changed.filter(
    (pair) => ![pair.before, pair.after].some((entry) => entry !== undefined && refused(entry)),
  );
  const entries = readable.flatMap((pair) => [pair.before, pair.after].filter((entry) => entry !== undefined));
  const context = contextOf(
    changed.map((pair) => pair.after?.path ?? pair.before?.path ?? ''),
    same,
  );
  const files = { total: changed.length + same.length, changed: changed.length };
  const nothing = { before: [], after: [], context: [], unread: [], files };
  const total = [...entries, ...context].reduce((sum, { bytes }) => sum + bytes, 0);
  if (total > LARGEST_TOTAL_BYTES) {
    return {
      ...nothing,
      faults: [...faults, inputFault('DIF007', '.', `the files that differ have ${total} bytes together`)],
    };
  }
  const bytes = readEntries([...entries, ...context]);
  if ('code' in bytes) return { ...nothing, faults: [...faults, bytes] };
  if (files.total === 0 && faults.length === 0) faults.push(inputFault('DIF014', '.', 'neither side has a manifest'));
  const read = readable.map((pair) => readPair(pair, bytes, faults));
  const [left, right] = [read.flatMap((pair) => pair.before), read.flatMap((pair) => pair.after)];
  const { objects, unread } = lookThrough(elsewhere(same, context), differing(left, right));
  return {
    before: left,
    after: right,
    context: [...context.flatMap((entry) => readContext(entry, bytes)), ...objects],
    unread,
    faults,
    files,
  };
}

/** The files that are looked through: none, where nothing differs or everything is read. */
function elsewhere(same: readonly Entry[], context: readonly Entry[]): readonly Entry[] {
  if (context.length === same.length) return [];
  const near = new Set(context);
  return same.filter((entry) => !near.has(entry) && entry.bytes <= LARGEST_FILE_BYTES);
}

/** Of files that differ the objects that are not the same text on both sides. */
function differing(before: readonly GivenObject[], after: readonly GivenObject[]): readonly GivenObject[] {
  const [then, now] = [new Set(before), new Set(after)];
  return [...before.filter((given) => !now.has(given)), ...after.filter((given) => !then.has(given))];
}

function pairFiles(before: Tree, after: Tree): { readonly changed: readonly Pair[]; readonly same: readonly Entry[] } {
  const changed: Pair[] = [];
  const same: Entry[] = [];
  if (before.single && after.single) {
    const [a] = before.entries.values();
    const [b] = after.entries.values();
    return { changed: [{ before: a === undefined || b === undefined ? a : { ...a, path: b.path }, after: b }], same };
  }
  for (const path of [...new Set([...before.entries.keys(), ...after.entries.keys()])].sort(compareText)) {
    const pair = { before: before.entries.get(path), after: after.entries.get(path) };
    if (pair.before !== undefined && pair.after !== undefined && areEqual(pair.before, pair.after))
      same.push(pair.after);
    else changed.push(pair);
  }
  return { changed, same };
}

type Bytes = ReadonlyMap<Entry, Buffer>;

/** Of a file with a fault nothing is compared: what is missing on one side would look as if it were removed. */
function readPair({ before, after }: Pair, bytes: Bytes, faults: InputFault[]) {
  const known = new Map<string, ReadDocument>();
  const own: InputFault[] = [];
  const objects = [before, after].map((entry) => (entry === undefined ? [] : readFile(entry, bytes, known, own)));
  faults.push(...new Map(own.map((fault) => [JSON.stringify(fault), fault])).values());
  const [left = [], right = []] = own.length > 0 ? [] : objects;
  return { before: left, after: right };
}

function readFile(
  entry: Entry,
  bytes: Bytes,
  known: Map<string, ReadDocument>,
  faults: InputFault[],
): readonly GivenObject[] {
  const text = textOf(entry, bytes.get(entry));
  if (typeof text !== 'string') {
    faults.push(text);
    return [];
  }
  return splitDocuments(text).flatMap((document) => {
    const read = known.get(document.text) ?? readDocument(entry, document);
    known.set(document.text, read);
    faults.push(...read.faults);
    return read.objects;
  });
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });

function textOf({ file }: Entry, bytes: Buffer | undefined): string | InputFault {
  if (bytes === undefined) return inputFault('DIF015', file, `${file} cannot be read`);
  if (bytes.length > LARGEST_FILE_BYTES) return inputFault('DIF007', file, `${file} has ${bytes.length} bytes`);
  try {
    const text = UTF8.decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // Told below.
  }
  return inputFault('DIF006', file, `${file} is no text in UTF-8`);
}

/** Of a file that does not differ only what rules may ask for is read; what is wrong with it is not what this is about. */
function readContext(entry: Entry, bytes: Bytes): readonly GivenObject[] {
  const text = textOf(entry, bytes.get(entry));
  if (typeof text !== 'string') return [];
  const asked: readonly DocumentText[] = splitDocuments(text).filter((document) => isContext(document.text));
  return asked.flatMap((document) => readDocument(entry, document).objects);
}
