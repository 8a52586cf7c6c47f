import * as jsonc from 'jsonc-parser';
import type { Diagnostic } from '../diagnostic/diagnostic';
import { showValue } from '../diagnostic/format';
import { formatPath, type Segment } from '../diagnostic/path';
import { CATALOG_CODES } from './codes';
import { positionOf, startsOfLines } from './locate';

/** The value of a JSON text, or every place where it is not JSON or names a key twice. */
export function parseJson(
  file: string,
  text: string,
): { readonly value: unknown; readonly diagnostics: readonly Diagnostic[] } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { value: undefined, diagnostics: syntaxErrors(file, text) };
  }
  return { value, diagnostics: duplicateKeys(file, text, value) };
}

function syntaxErrors(file: string, text: string): readonly Diagnostic[] {
  const errors: jsonc.ParseError[] = [];
  jsonc.parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const lineStarts = startsOfLines(text);
  const found = errors.slice(0, 20).map((error) => ({
    code: 'CAT001',
    severity: CATALOG_CODES.CAT001.severity,
    path: formatPath(jsonc.getLocation(text, error.offset).path),
    message: `not JSON: ${SYNTAX[jsonc.printParseErrorCode(error.error)] ?? 'unexpected text'}`,
    ...valueOf(text, error.offset, error.length),
    hint: 'the catalog is strict JSON: double quotes, no comments, no comma after the last item',
    position: positionOf(file, lineStarts, error.offset),
  }));
  if (found.length > 0) return found;
  // What jsonc-parser accepts and JSON does not (a byte order mark, say) still must not pass.
  return [
    {
      code: 'CAT001',
      severity: 'error',
      path: '(root)',
      message: 'not JSON',
      hint: 'the catalog is strict JSON in UTF-8',
      position: { file, line: 1, column: 1 },
    },
  ];
}

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

function valueOf(text: string, offset: number, length: number): { readonly value?: string } {
  const value = showValue(text.slice(offset, offset + Math.max(1, length)));
  return value === undefined || value === '""' ? {} : { value };
}

/**
 * Keys that stand twice in one object. A valid JSON text has as many `"…":` as its value has keys unless one was
 * overwritten, so that the slower scan that finds them runs only when there is something to find.
 */
function duplicateKeys(file: string, text: string, value: unknown): readonly Diagnostic[] {
  return countKeysInText(text) === countKeys(value) ? [] : locateDuplicates(file, text);
}

function countKeysInText(text: string): number {
  let count = 0;
  for (const match of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"([\t\n\r ]*:)?/g)) if (match[1] !== undefined) count += 1;
  return count;
}

function countKeys(root: unknown): number {
  let count = 0;
  const open: unknown[] = [root];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value !== 'object' || value === null) continue;
    const members: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
    if (!Array.isArray(value)) count += members.length;
    for (const member of members) if (typeof member === 'object' && member !== null) open.push(member);
  }
  return count;
}

function locateDuplicates(file: string, text: string): readonly Diagnostic[] {
  const lineStarts = startsOfLines(text);
  const found: Diagnostic[] = [];
  const seen: Set<string>[] = [];
  jsonc.visit(text, {
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
          message: `"${key}" stands twice in the same object`,
          hint: 'keep one of them, or give the other its own name',
          position: positionOf(file, lineStarts, offset),
        });
      }
      keys?.add(key);
    },
  });
  return found;
}
