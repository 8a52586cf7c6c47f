import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Path } from '../../lib/diagnostic/path';
import { splitDocuments } from '../../lib/diff/input/documents';
import { plainPlace } from '../../lib/diff/input/plain-place';
import { readPlainYaml } from '../../lib/diff/input/plain-yaml';
import { parseSource } from '../../lib/lint/parse';
import { ROOT } from '../tools/catalog';

/** Every path of a value. */
function* pathsOf(value: unknown, path: Path = []): Generator<Path> {
  yield path;
  if (Array.isArray(value)) for (const [i, item] of value.entries()) yield* pathsOf(item, [...path, i]);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) yield* pathsOf(item, [...path, key]);
  }
}

function compare(text: string): number {
  const plain = readPlainYaml(text);
  const [document] = parseSource({ file: 'x', text }).documents;
  if (plain === undefined || document === undefined) return 0;
  const paths = [...pathsOf(plain.value), ['spec', 'nothing', 3]];
  for (const path of paths) {
    const { line, column } = plainPlace(text, path);
    expect({ path, line: line + 1, column: column + 1 }).toEqual({
      path,
      line: document.placeOf(path).line,
      column: document.placeOf(path).column,
    });
  }
  return paths.length;
}

test('everything that is rendered is found where the parser finds it', () => {
  const files = readdirSync(join(ROOT, 'dist/staging'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.yaml'),
  );
  let seen = 0;
  for (const name of files) {
    for (const { text } of splitDocuments(readFileSync(join(ROOT, 'dist/staging', name), 'utf8')))
      seen += compare(text);
  }
  expect(seen).toBeGreaterThan(3000);
});

test.each([
  'a:\n- b: 1\n  c:\n  - 1\n  - 2\n- b: 2\nd: 1\n',
  '# a comment\n\na:\n  # another\n  b: 1\n\n  c: |\n    text\n\n    c: no\n  d: 1\n',
  'a:\n  - x\n  - v: 1\n    z:\n        - 1\n        - k: 2\n  - w\n',
  '"a b": 1\n\'c d\': 2\n',
])('%j', (text) => expect(compare(text)).toBeGreaterThan(2));
