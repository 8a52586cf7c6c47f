import { type Document, isAlias, isMap, isSeq, LineCounter, type ParsedNode, parseAllDocuments, type Tags } from 'yaml';
import { inputFinding, type LintFinding, type Place } from './report';
import type { Source } from './sources';

/** One document of a file, as the API server would read it, and how to find the place of a path in it. */
export interface ParsedDocument {
  readonly value: unknown;
  /** Where the field stands: its key, or the item; of a path that is not there, the nearest parent that is. */
  readonly placeOf: (path: readonly (string | number)[]) => Place;
}

export interface ParsedFile {
  readonly documents: readonly ParsedDocument[];
  readonly findings: readonly LintFinding[];
}

/**
 * kubectl and Argo CD read YAML 1.1, so an unquoted `y` or `on` is a boolean; but not its dates, binaries and numbers to the
 * base of 60, which the Go library leaves as text.
 */
const kubernetesTags = (tags: Tags): Tags =>
  tags.filter(
    (tag) =>
      typeof tag === 'string' ||
      !(tag.tag === 'tag:yaml.org,2002:timestamp' || ('format' in tag && tag.format === 'TIME')),
  );

const TEMPLATE = /\{\{-?\s*[^}]*-?\}\}/;

/** Reads every document of a file. Nothing in it can make this throw: what cannot be read is a finding with its place. */
export function parseSource({ file, text }: Source): ParsedFile {
  const lines = new LineCounter();
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  if (nestsTooDeep(text))
    return { documents: [], findings: [tooDeep(place(0), `it nests deeper than ${DEEPEST} levels`)] };
  let parsed: readonly Document.Parsed[];
  try {
    const all = parseAllDocuments(text, {
      version: '1.1',
      customTags: kubernetesTags,
      lineCounter: lines,
      prettyErrors: false,
      logLevel: 'silent',
      stringKeys: false,
    });
    parsed = 'empty' in all ? [] : all;
  } catch (error) {
    return { documents: [], findings: [tooDeep(place(0), error)] };
  }
  const documents: ParsedDocument[] = [];
  const findings: LintFinding[] = [];
  for (const document of parsed) {
    if (document.errors.length > 0) {
      findings.push(...syntaxFindings(document, text, place));
      continue;
    }
    try {
      const value: unknown = document.toJS({ maxAliasCount: 100 });
      if (value !== null && value !== undefined) {
        documents.push({ value, placeOf: (path) => place(offsetOf(document, path)) });
      }
    } catch (error) {
      findings.push(tooDeep(place(document.range[0]), error));
    }
  }
  return { documents, findings };
}

/** More levels than this no manifest has; the parser calls itself for each, and near the end of the stack V8 ends the process. */
const DEEPEST = 1000;

/** Whether brackets or dashes open more levels than are parsed. Brackets in texts count too: they are nearly always closed. */
function nestsTooDeep(text: string): boolean {
  let open = 0;
  for (let i = 0; i < text.length && open <= DEEPEST; i += 1) {
    const code = text.charCodeAt(i);
    if (code === 91 || code === 123) open += 1;
    else if ((code === 93 || code === 125) && open > 0) open -= 1;
  }
  return open > DEEPEST || DASHES.test(text);
}

const DASHES = new RegExp(`(?:[-?:] ){${DEEPEST}}`);

const tooDeep = (place: Place, error: unknown): LintFinding =>
  inputFinding('LINT006', place, error instanceof Error ? firstLine(error.message) : String(error));

const firstLine = (text: string): string => text.split('\n')[0] ?? '';

function syntaxFindings(
  document: Document.Parsed,
  text: string,
  place: (offset: number) => Place,
): readonly LintFinding[] {
  const [first] = document.errors;
  const template = TEMPLATE.exec(text);
  if (first !== undefined && template !== null && !document.errors.every(({ code }) => code === 'DUPLICATE_KEY')) {
    return [inputFinding('LINT007', place(template.index), `"${firstLine(template[0])}" belongs to a template`)];
  }
  const wrong = document.errors.find(({ code }) => code !== 'DUPLICATE_KEY');
  // What comes after the first fault of syntax is mostly its consequence.
  if (wrong !== undefined) return [inputFinding('LINT004', place(wrong.pos[0]), firstLine(wrong.message))];
  return document.errors.map(({ pos }) => inputFinding('LINT005', place(pos[0]), 'this key stands twice in its map'));
}

/** The offset of what a path leads to; aliases and merged maps are followed to where they are written. */
function offsetOf(document: Document.Parsed, path: readonly (string | number)[]): number {
  let node: unknown = document.contents;
  let offset = document.contents?.range[0] ?? document.range[0];
  for (const segment of path) {
    if (isAlias(node)) node = node.resolve(document);
    const next = childOf(document, node, segment);
    if (next === undefined) break;
    offset = next.offset;
    node = next.node;
  }
  return offset;
}

/** The library turns the key `<<` into a symbol. */
const isMergeKey = (key: ParsedNode): boolean => 'source' in key && key.source === '<<';

interface Child {
  readonly node: unknown;
  readonly offset: number;
}

function childOf(document: Document.Parsed, node: unknown, segment: string | number): Child | undefined {
  if (isSeq<ParsedNode>(node)) {
    const item = typeof segment === 'number' ? node.items[segment] : undefined;
    return item === undefined ? undefined : { node: item, offset: item.range[0] };
  }
  if (!isMap<ParsedNode, ParsedNode | null>(node)) return undefined;
  const merged: unknown[] = [];
  for (const { key, value } of node.items) {
    const name = 'value' in key ? String(key.value) : undefined;
    if (name === String(segment)) return { node: value, offset: key.range[0] };
    if (isMergeKey(key)) merged.push(...(isSeq<ParsedNode>(value) ? value.items : [value]));
  }
  for (const source of merged) {
    const found = childOf(document, isAlias(source) ? source.resolve(document) : source, segment);
    if (found !== undefined) return found;
  }
  return undefined;
}
