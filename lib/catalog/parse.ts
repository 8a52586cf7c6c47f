import type { ParseError } from 'jsonc-parser';
import type { Diagnostic } from '../diagnostic/diagnostic';
import { showValue } from '../diagnostic/format';
import { formatPath, type Segment } from '../diagnostic/path';
import { CATALOG_CODES } from './codes';
import { countKeys, countKeysInText } from './count-keys';
import { loadJsonc } from './jsonc';
import { positionOf, startsOfLines } from './locate';
import type { Slices } from './slices';
import { halfCharacters } from './surrogates';
import { type Unrepeated, unrepeated } from './unrepeated';

export interface Parsed<T> {
  readonly value: unknown;
  /** The value where it is of the form that was asked for. */
  readonly known: T | undefined;
  /** Where services stand in the text, where there are any and none twice. */
  readonly slices?: Slices;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The value of a JSON text, or every place where it is not JSON or names a key twice. A text nested deeper than any catalog
 * has no value, because whoever looks for what is wrong in it would run out of stack; one whose value `isKnown` is not
 * looked through for that. What services repeat is looked at once: `isKnown` is told the value, and as much of it as says whether.
 */
export function parseJson<T>(
  file: string,
  text: string,
  isKnown: (value: unknown, part: unknown) => value is T,
): Parsed<T> {
  const read = unrepeated(text) ?? readWhole(text);
  if (read === undefined)
    return { value: undefined, known: undefined, diagnostics: tooDeep(file, text) ?? syntaxErrors(file, text) };
  const { value, part, keys, slices } = read;
  const known = isKnown(value, part) ? value : undefined;
  const twice = keys !== countKeys(part);
  const deep = known !== undefined && !twice ? undefined : tooDeep(file, text);
  if (deep !== undefined) return { value: undefined, known: undefined, diagnostics: deep };
  const halves = halfCharacters(file, text);
  const diagnostics = twice ? [...locateDuplicates(file, text), ...halves] : halves;
  return { value, known, diagnostics, ...(slices && { slices }) };
}

/** The same of a text in which nothing is left out; undefined where it is not JSON. */
function readWhole(text: string): (Omit<Unrepeated, 'slices'> & { readonly slices?: Slices }) | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return { value, part: value, keys: countKeysInText(text) };
  } catch {
    return undefined;
  }
}

/** One error for each line at the most, and none right behind another: they only show that the parser lost its way. */
function syntaxErrors(file: string, text: string): readonly Diagnostic[] {
  if (text.startsWith('\ufeff')) return [noJson(file, 'not JSON: a byte order mark stands before it')];
  const jsonc = loadJsonc();
  const errors: ParseError[] = [];
  jsonc.parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const lineStarts = startsOfLines(text);
  const lines = new Map<number, Diagnostic>();
  let end = -1;
  for (const { error, offset, length } of errors) {
    const position = positionOf(file, lineStarts, offset);
    const lost = lines.has(position.line) || (end >= 0 && text.slice(end, offset).trim() === '');
    end = offset + length;
    if (lost) continue;
    lines.set(position.line, {
      code: 'CAT001',
      severity: CATALOG_CODES.CAT001.severity,
      path: formatPath(jsonc.getLocation(text, offset).path.filter((segment) => segment !== '')),
      message: `not JSON: ${SYNTAX[jsonc.printParseErrorCode(error)] ?? 'unexpected text'}`,
      ...textAt(text, offset, length),
      hint: 'the catalog is strict JSON: double quotes, no comments, no comma after the last item',
      position,
    });
    if (lines.size === 20) break;
  }
  // What jsonc-parser accepts and JSON does not still must not pass.
  return lines.size > 0 ? [...lines.values()] : [noJson(file, 'not JSON')];
}

const noJson = (file: string, message: string): Diagnostic => ({
  code: 'CAT001',
  severity: CATALOG_CODES.CAT001.severity,
  path: '(root)',
  message,
  hint: 'the catalog is strict JSON in UTF-8 without a byte order mark',
  position: { file, line: 1, column: 1 },
});

const SYNTAX: Readonly<Record<string, string>> = {
  InvalidSymbol: 'an unknown word',
  InvalidNumberFormat: 'a malformed number',
  PropertyNameExpected: 'a field name in double quotes is expected',
  ValueExpected: 'a value is expected',
  ColonExpected: 'a colon is expected',
  CommaExpected: 'a comma is expected',
  CloseBraceExpected: 'a closing } is missing',
  CloseBracketExpected: 'a closing ] is missing',
  EndOfFileExpected: 'text after the end of the catalog',
  InvalidCommentToken: 'a comment',
  UnexpectedEndOfComment: 'a comment without an end',
  UnexpectedEndOfString: 'a string without a closing quote',
  UnexpectedEndOfNumber: 'a number that breaks off',
  InvalidUnicode: 'a malformed \\u escape',
  InvalidEscapeCharacter: 'an unknown \\ escape',
  InvalidCharacter: 'a control character inside a string',
};

function textAt(text: string, offset: number, length: number): { readonly value?: string } {
  const value = showValue(text.slice(offset, offset + Math.max(1, length)));
  return value === undefined || value === '""' ? {} : { value };
}

/** A catalog has a dozen levels. */
const DEEPEST = 100;

/** The first bracket that is nested deeper than any catalog, in a text that may not be JSON. */
function tooDeep(file: string, text: string): readonly Diagnostic[] | undefined {
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(/"[^"\\\r\n]*(?:\\.[^"\\\r\n]*)*"?|[[\]{}]/g)) {
    if (token === '}' || token === ']') depth -= 1;
    else if (token === '{' || token === '[') depth += 1;
    if (depth <= DEEPEST) continue;
    const diagnostic: Diagnostic = {
      code: 'CAT013',
      severity: CATALOG_CODES.CAT013.severity,
      path: '(root)',
      message: `nested deeper than ${DEEPEST} levels`,
      hint: 'nothing in a catalog is: look for a bracket that is not closed',
      position: positionOf(file, startsOfLines(text), index),
    };
    return [diagnostic];
  }
  return undefined;
}

function locateDuplicates(file: string, text: string): readonly Diagnostic[] {
  const lineStarts = startsOfLines(text);
  const found: Diagnostic[] = [];
  const seen: Set<string>[] = [];
  loadJsonc().visit(text, {
    onObjectBegin: () => void seen.push(new Set()),
    onObjectEnd: () => void seen.pop(),
    onObjectProperty: (key, offset, _length, _line, _column, pathTo) => {
      const keys = seen.at(-1);
      if (keys?.has(key)) {
        const path: readonly Segment[] = [...pathTo(), key];
        found.push({
          code: 'CAT002',
          severity: CATALOG_CODES.CAT002.severity,
          path: formatPath(path),
          message: `${showValue(key)} stands twice in the same object`,
          hint: 'keep one of them, or give the other its own name',
          position: positionOf(file, lineStarts, offset),
        });
      }
      keys?.add(key);
    },
  });
  return found;
}
