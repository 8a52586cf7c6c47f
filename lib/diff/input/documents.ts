import type { Path } from '../../diagnostic/path';
import { type GivenObject, objectsOf } from '../../lint/objects';
import { parseSource } from '../../lint/parse';
import type { LintFinding, Place } from '../../lint/report';
import type { DiffCode } from '../codes';
import { type InputFault, inputFault } from './fault';
import { plainPlace } from './plain-place';
import { readPlainYaml } from './plain-yaml';
import type { Entry } from './tree';

/** The objects of one document of a file. Two documents with the same text have the same objects. */
export interface ReadDocument {
  readonly objects: readonly GivenObject[];
  readonly faults: readonly InputFault[];
}

/** What is not told by the linter's own codes: a comparison has codes and hints of its own. Undefined: nothing is wrong with it here. */
const CODES: Readonly<Record<string, DiffCode | undefined>> = {
  LINT002: 'DIF006',
  LINT003: 'DIF007',
  LINT004: 'DIF008',
  LINT005: 'DIF009',
  LINT006: 'DIF010',
  LINT007: 'DIF011',
  LINT008: 'DIF012',
};

/** A document of a file, as text, and how many lines stand before it. */
export interface DocumentText {
  readonly text: string;
  readonly line: number;
}

/** The documents of a file, as text. */
export function splitDocuments(text: string): readonly DocumentText[] {
  let line = 0;
  let counted = 0;
  return [...documentSpans(text)].map(([from, to]) => {
    line += linesIn(text, counted, from);
    counted = from;
    return { text: text.slice(from, to), line };
  });
}

/** How many lines end in a part of a text. */
export function linesIn(text: string, from: number, to: number): number {
  let lines = 0;
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

const START = /^---[ \t]*(?:#.*)?\r?$/;

/**
 * Where the documents of a file begin and end. No line of a document can begin with three dashes, so that the lines tell; a file with
 * directives, with marks of an end, or with something behind the dashes is left as it is, for the parser. Most files are only looked
 * through, so that no line is taken apart.
 */
export function* documentSpans(text: string): Generator<readonly [from: number, to: number]> {
  const whole = [0, text.length] as const;
  if (/^(?:%|\.\.\.)/.test(text) || text.includes('\n%') || text.includes('\n...')) {
    yield whole;
    return;
  }
  const spans: (readonly [number, number])[] = [];
  let from = 0;
  for (let at = text.startsWith('---') ? 0 : nextDashes(text, 0); at !== -1; at = nextDashes(text, at)) {
    const end = text.indexOf('\n', at);
    const line = text.slice(at, end === -1 ? text.length : end);
    if (/^---[ \t]+[^#\s]/.test(line)) {
      yield whole;
      return;
    }
    if (!START.test(line)) continue;
    if (at > from) spans.push([from, at - 1]);
    from = end === -1 ? text.length : end + 1;
  }
  if (from < text.length || spans.length === 0) spans.push([from, text.length]);
  yield* spans;
}

/** The next line that begins with three dashes; -1 where there is none. */
function nextDashes(text: string, from: number): number {
  const at = text.indexOf('\n---', from);
  return at === -1 ? -1 : at + 1;
}

/** Reads a document of a file. What cannot be read is a fault with its place; nothing in it can make this throw. */
export function readDocument({ file, path }: Pick<Entry, 'file' | 'path'>, { text, line }: DocumentText): ReadDocument {
  const plain = readPlainYaml(text);
  if (plain !== undefined) {
    if (plain.value === null) return { objects: [], faults: [] };
    const placeOf = (at: Path): Place => placeIn(file, { text, line }, at);
    return objectsIn(path, [{ value: plain.value, placeOf }]);
  }
  const below = (place: Place): Place => ({ ...place, line: place.line + line });
  const parsed = parseSource({ file, text });
  const documents = parsed.documents.filter(({ value }) => !nests(value, DEEPEST));
  const deep = parsed.documents
    .filter(({ value }) => nests(value, DEEPEST))
    .map(({ placeOf }) => inputFault('DIF010', below(placeOf([])), `it nests deeper than ${DEEPEST} levels`));
  const read = objectsIn(
    path,
    documents.map(({ value, placeOf }) => ({ value, placeOf: (at) => below(placeOf(at)) })),
  );
  const faults = parsed.findings.flatMap((finding) => toFault({ ...finding, ...below(finding) }));
  return { objects: read.objects, faults: [...faults, ...deep, ...read.faults] };
}

/** The value of a text in YAML that stands in a field; undefined where it is none. */
export function parseYaml(text: string): unknown {
  const plain = readPlainYaml(text);
  return plain === undefined ? parseSource({ file: '', text }).documents[0]?.value : plain.value;
}

const DEEPEST = 200;

function nests(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((item) => nests(item, levels - 1));
}

function objectsIn(file: string, documents: Parameters<typeof objectsOf>[1][]): ReadDocument {
  const read = documents.map((document) => objectsOf(file, document));
  return {
    objects: read.flatMap(({ objects }) => objects),
    faults: read.flatMap(({ findings }) => findings.flatMap(toFault)),
  };
}

function toFault({ code, file, line, column, message }: LintFinding): readonly InputFault[] {
  const known = CODES[code];
  return known === undefined ? [] : [inputFault(known, { file, line, column }, message)];
}

/** Where something stands in a file, of a document that begins behind some lines of it. */
function placeIn(file: string, { text, line }: DocumentText, path: Path): Place {
  const place = plainPlace(text, path);
  return { file, line: place.line + line + 1, column: place.column + 1 };
}
