import type { Diagnostic } from '../diagnostic/diagnostic';
import { formatPath, type Path } from '../diagnostic/path';
import { CATALOG_CODES } from './codes';
import { loadJsonc } from './jsonc';
import { positionOf, startsOfLines } from './locate';

/** Half of a surrogate pair: JSON can write it as an escape, UTF-8 and what reads manifests cannot. */
const HALF = /[\ud800-\udfff]/u;

/**
 * Texts and keys that hold half of a surrogate pair, in a JSON text that was read from UTF-8. Only an escape can make one, so
 * that a text without such an escape is not looked through.
 */
export function halfCharacters(file: string, text: string): readonly Diagnostic[] {
  if (!text.includes('\\ud') && !text.includes('\\uD')) return [];
  const lineStarts = startsOfLines(text);
  const found: Diagnostic[] = [];
  const look = (given: unknown, offset: number, path: Path): void => {
    if (typeof given !== 'string' || !HALF.test(given)) return;
    found.push({
      code: 'CAT008',
      severity: CATALOG_CODES.CAT008.severity,
      path: formatPath(path),
      message: 'not a text: one half of a surrogate pair stands alone',
      hint: 'write the character itself, or both halves of its pair',
      position: positionOf(file, lineStarts, offset),
    });
  };
  loadJsonc().visit(text, {
    onObjectProperty: (key, offset, _length, _line, _column, pathTo) => look(key, offset, [...pathTo(), key]),
    onLiteralValue: (value, offset, _length, _line, _column, pathTo) => look(value, offset, pathTo()),
  });
  return found;
}
