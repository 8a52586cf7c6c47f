import { SQL_CODES, type SqlCodeName } from './codes';
import { declaredPhases, type Ignore, ignoresOf, isPhase, type Phase } from './comments';
import type { SqlFinding } from './finding';
import { type FlywayName, flywayName, parseConf, replacePlaceholders } from './flyway';
import { type Body, readPiece } from './locate';
import type { Parser } from './parser';
import type { Releases } from './releases';
import { split } from './split';
import type { Located } from './statement';
import { Lines } from './text';

/** A file that was given. */
export interface SqlSource {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** The text of the .conf beside it. */
  readonly conf?: string;
  /** What the versions use around its release, where that is not what holds for all. */
  readonly releases?: Releases;
  /** It has been applied: it is replayed, and nothing is told of it. */
  readonly applied?: boolean;
}

/** A statement with its body, where it has one. */
export interface ReadStatement {
  readonly located: Located;
  readonly body: Body | undefined;
}

/** A file that has been read, with what was wrong in reading it. */
export interface SqlFile {
  readonly path: string;
  readonly name: FlywayName;
  readonly text: string;
  readonly statements: readonly ReadStatement[];
  readonly ignores: readonly (Ignore & { readonly line: number; readonly column: number; readonly target: number })[];
  readonly phase: Phase;
  readonly transaction: boolean | undefined;
  readonly releases: Releases | undefined;
  readonly applied: boolean;
  readonly findings: readonly SqlFinding[];
}

export type Tell = (
  code: SqlCodeName,
  place: { readonly line: number; readonly column: number },
  message: string,
  hint?: string,
) => void;

/** A function that adds findings about a file. */
export function teller(path: string, findings: SqlFinding[]): Tell {
  return (code, { line, column }, message, hint) => {
    const known = SQL_CODES[code];
    findings.push({ code, severity: known.severity, path, line, column, message, hint: hint ?? known.hint });
  };
}

const START = { line: 1, column: 1 };

/** Reads a file into statements; what is wrong with it is told, and the rest is read on. */
export function readFile(source: SqlSource, phase: Phase | undefined, parser: Parser): SqlFile {
  const findings: SqlFinding[] = [];
  const tell = teller(source.path, findings);
  const raw = textOf(source, tell);
  const { text, placeholders } = replacePlaceholders(raw);
  const lines = new Lines(text);
  const { pieces, comments, oddities } = split(text);
  for (const { kind, what, offset } of oddities) {
    if (kind === 'psql') tell('SQL003', lines.at(offset), `${what.slice(0, 80)} is a command of psql`);
    else tell('SQL001', lines.at(offset), kind === 'unclosed' ? `the ${what} is never closed` : `there is ${what}`);
  }
  const statements: ReadStatement[] = [];
  const rawLines = text === raw ? lines : new Lines(raw);
  for (const { offset, name, harmless } of placeholders) {
    if (harmless || quoted(raw, offset)) continue;
    tell('SQL006', rawLines.at(offset), `\${${name}} stands where its value decides what the statement does`);
  }
  for (const piece of pieces) {
    const reading = readPiece(piece, lines, parser);
    if (reading.ok) statements.push({ located: reading.statement, body: reading.body });
    else
      tell(
        'SQL001',
        lines.at(reading.offset),
        `PostgreSQL refuses it: ${reading.message.replace(/[\r\n]+/g, ' ').slice(0, 200)}`,
      );
  }
  if (pieces.length === 0 && findings.length === 0) tell('SQL007', START, 'the file has no statement');
  const name = flywayName(source.path);
  const ends = pieces.map(({ offset, text: one }) => offset + one.length);
  return {
    path: source.path,
    name,
    text: raw,
    statements,
    ignores: ignoresOf(comments).map((one) => {
      const index = ends.findIndex((end) => end > one.offset);
      return { ...one, ...lines.at(one.offset), target: pieces[index]?.offset ?? -1 };
    }),
    phase: phaseOf(name.folder, declaredPhases(comments, pieces[0]?.offset ?? text.length), phase, lines, tell),
    transaction: confOf(source, tell),
    releases: source.releases,
    applied: source.applied === true,
    findings,
  };
}

const LARGEST_BYTES = 10 * 1024 * 1024;
const UTF8 = new TextDecoder('utf-8', { fatal: true });

function textOf({ bytes }: SqlSource, tell: Tell): string {
  if (bytes.length > LARGEST_BYTES) {
    tell('SQL002', START, `it has ${bytes.length} bytes, and at most ${LARGEST_BYTES} are read`, 'split it');
    return '';
  }
  try {
    const text = UTF8.decode(bytes);
    const nul = text.indexOf('\0');
    if (nul < 0) return text;
    tell('SQL002', new Lines(text).at(nul), 'there is a NUL byte in it');
  } catch {
    tell('SQL002', START, 'it is not UTF-8');
  }
  return '';
}

/** Whether an offset lies in a string or a comment, as far as its line shows. */
function quoted(text: string, offset: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return line.includes('--') || (line.match(/'/g)?.length ?? 0) % 2 === 1;
}

function confOf({ conf }: SqlSource, tell: Tell): boolean | undefined {
  if (conf === undefined) return undefined;
  const { transaction, unknown } = parseConf(conf);
  for (const line of unknown) tell('SQL014', START, `its .conf says "${line.slice(0, 80)}"`);
  return transaction;
}

function phaseOf(
  folder: string,
  declared: readonly { readonly phase: string; readonly offset: number }[],
  asked: Phase | undefined,
  lines: Lines,
  tell: Tell,
): Phase {
  const places = [...(asked === undefined ? [] : [asked]), ...(isPhase(folder) ? [folder] : [])];
  for (const { phase, offset } of declared) {
    if (!isPhase(phase)) tell('SQL011', lines.at(offset), `"${phase}" is no phase`);
    else if (places.some((one) => one !== phase))
      tell(
        'SQL011',
        lines.at(offset),
        `the comment says ${phase}, and the ${asked === undefined ? 'folder' : 'command line'} says ${places[0]}`,
      );
    else places.push(phase);
  }
  return places[0] ?? 'expand';
}
