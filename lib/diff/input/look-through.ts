import type { GivenObject } from '../../lint/objects';
import { isContext, kindIn, SETTINGS_NAME } from './context';
import { documentSpans, linesIn, readDocument } from './documents';
import { headOf } from './head';
import { bytesAsText, type Entry } from './tree';
import { furtherWords, migratedServices, wordsOf } from './words';

/** Objects of a file that were not read, by what tells that they are there. */
export interface Unread {
  readonly file: string;
  readonly identities: readonly string[];
}

/** What was found in files that do not differ. */
export interface Found {
  readonly objects: readonly GivenObject[];
  readonly unread: readonly Unread[];
}

/** So much is held at a time. */
const BATCH_BYTES = 64 * 2 ** 20;
/** Templates may name templates; a chain is shorter. */
const MOST_ROUNDS = 4;

/**
 * The objects, in files that do not differ, of which a rule may speak: those that say a name that the change says too. The text of a
 * document tells, so that one which nobody asks for is never parsed; that it is there is known by its first lines.
 */
export function lookThrough(entries: readonly Entry[], changed: readonly GivenObject[]): Found {
  const before = changed.map(({ object }) => object);
  const objects: GivenObject[] = [];
  const unread: Unread[] = [];
  const read = new Set<string>();
  const known = new Set<string>();
  const isOther = othersOf(migratedServices(before));
  // The settings of Argo CD hold for everything.
  let words: ReadonlySet<string> = before.length === 0 ? new Set() : new Set([...wordsOf(before), SETTINGS_NAME]);
  for (let round = 0; round < MOST_ROUNDS && words.size > 0; round += 1) {
    const isFirst = round === 0;
    const isAsked = asking(words);
    const fresh: GivenObject[] = [];
    for (const { entry, text } of textsOf(entries)) {
      const isIn = isAsked(text);
      if (!isIn && !isFirst) continue;
      const identities: string[] = [];
      for (const [from, to] of documentSpans(text)) {
        const head = headOf(text, from, to);
        if (head !== undefined) identities.push(head.identity);
        if (!isIn && head !== undefined && !LOOKED_AT.has(head.kind)) continue;
        const document = text.slice(from, to);
        const kind = head?.kind ?? kindIn(document);
        const key = `${entry.path}:${from}`;
        if (!isContext(document, kind) || read.has(key)) continue;
        if (!isAsked(document) && !(isFirst && isOther(document, kind))) continue;
        read.add(key);
        fresh.push(...readDocument(entry, { text: fromBytes(document), line: linesIn(text, 0, from) }).objects);
      }
      if (isFirst) unread.push({ file: entry.path, identities });
    }
    objects.push(...fresh);
    for (const word of words) known.add(word);
    words = new Set([...furtherWords(fresh.map(({ object }) => object))].filter((word) => !known.has(word)));
  }
  return { objects, unread };
}

/** The kinds that are looked at though they say none of the names. */
const LOOKED_AT: ReadonlySet<string> = new Set(['Application', 'Job']);

const fromBytes = (text: string): string => Buffer.from(text, 'latin1').toString('utf8');

/** The bytes of every file as text, a batch of files after the other. What cannot be read is not what this is about. */
function* textsOf(entries: readonly Entry[]): Generator<{ readonly entry: Entry; readonly text: string }> {
  let batch: Entry[] = [];
  let bytes = 0;
  for (const [i, entry] of entries.entries()) {
    batch.push(entry);
    bytes += entry.bytes;
    if (bytes < BATCH_BYTES && i < entries.length - 1) continue;
    yield* bytesAsText(batch);
    batch = [];
    bytes = 0;
  }
}

/** So many words are one expression; more are looked up word by word. */
const FEW = 64;

/** Whether a text says one of some names: as a whole, or as the first part of a host name. */
function asking(words: ReadonlySet<string>): (text: string) => boolean {
  if (words.size > FEW) {
    return (text) => {
      for (const [token] of text.matchAll(/[\w-][\w.-]*/g)) {
        if (words.has(token) || words.has(token.slice(0, token.indexOf('.')))) return true;
      }
      return false;
    };
  }
  const escaped = [...words].map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const any = new RegExp(`(?<![\\w.-])(?:${escaped.join('|')})(?![\\w-])`);
  return (text) => any.test(text);
}

/**
 * What is asked for though it says none of the names: the Jobs of a service whose migrations change, which have more behind its name;
 * and two Applications of each namespace, because which one deploys an object may follow from there being no
 * other (lib/manifest/applications.ts: applicationOf).
 */
function othersOf(services: readonly string[]): (text: string, kind: string | undefined) => boolean {
  const applications = new Map<string, number>();
  return (text, kind) => {
    if (kind === 'Job') return services.some((service) => text.includes(service));
    if (kind !== 'Application') return false;
    const [, destination = ''] = /^ {2}destination:\n((?: {4}.*\n?)*)/m.exec(text) ?? [];
    const [, namespace = ''] = /^ {4}namespace: *(\S+)/m.exec(destination) ?? [];
    const count = applications.get(namespace) ?? 0;
    applications.set(namespace, count + 1);
    return count < 2;
  };
}
