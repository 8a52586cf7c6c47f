import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { stringify } from 'yaml';
import { splitDocuments } from '../../lib/diff/input/documents';
import { readPlainYaml } from '../../lib/diff/input/plain-yaml';
import { parseSource } from '../../lib/lint/parse';
import { toYaml } from '../../lib/manifest/yaml';
import { ROOT } from '../tools/catalog';

/** What the parser of the whole language reads; undefined where it finds a fault. */
function whole(text: string): unknown {
  const { documents, findings } = parseSource({ file: 'x.yaml', text });
  return findings.length > 0 || documents.length > 1 ? undefined : { value: documents[0]?.value ?? null };
}

const plain = (value: unknown): unknown => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));

test('it reads all that is rendered, and as the parser does', () => {
  const files = readdirSync(join(ROOT, 'dist'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.yaml'),
  );
  const documents = files.flatMap((name) => splitDocuments(readFileSync(join(ROOT, 'dist', name), 'utf8')));
  expect(documents.length).toBeGreaterThan(100);
  for (const { text } of documents) expect(plain(readPlainYaml(text))).toEqual(plain(whole(text)));
});

const word = fc.constantFrom(
  ...[
    'web',
    '1',
    '-1',
    '1.5',
    '1e3',
    '0x1f',
    '017',
    '1_000',
    '12:30:45',
    '2001-12-14',
    'y',
    'no',
    'on',
    'NULL',
    '~',
    'null',
    'true',
  ],
  ...[
    '100m',
    '1.9.0',
    '.5',
    '-.inf',
    '.nan',
    '<<',
    '=',
    'a: b',
    'a #b',
    '#a',
    'a:',
    '- a',
    '--',
    '---',
    '...',
    '*a',
    '&a',
    '!a',
    '{}',
    '[]',
  ],
  ...[
    "it's",
    '"q"',
    'a\\b',
    'line\nbreak',
    'tail\n',
    ' lead',
    'trail ',
    'é',
    '\u0085',
    '\t',
    '10.0.0.0/16',
    '045/x:1',
    'a"b',
    "''",
    '%x',
    '@x',
    '`x`',
    '?',
    '? a',
    '|',
    '>',
    '-x',
    '1Gi',
    '5d',
    '%',
  ],
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    word,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(word, tie('value'), { maxKeys: 3 }),
  ),
}));

test.each([
  ['our writer', toYaml],
  ['yaml', (one: unknown) => stringify(one)],
  ['yaml, indented otherwise', (one: unknown) => stringify(one, { indent: 4, indentSeq: false, singleQuote: true })],
])('whatever it reads of %s, it reads as the parser does', (_, write) => {
  let read = 0;
  fc.assert(
    fc.property(value, (one) => {
      const text = write({ root: one });
      const result = readPlainYaml(text);
      if (result === undefined) return;
      read += 1;
      expect(plain(result)).toEqual(plain(whole(text)));
    }),
    { numRuns: 2000 },
  );
  expect(read).toBeGreaterThan(200);
});

/** Lines that are put together in any way: most is no YAML, or other YAML than it looks. */
const line = fc
  .tuple(
    fc.constantFrom('', '  ', '    ', ' '),
    fc.constantFrom('', '- ', 'a: ', 'b:', '- a: ', '- - ', '? ', '"k": ', "'k': ", 'a : '),
    fc.oneof(word, fc.constantFrom('', '|', '|-', '>', '"x', '# c', 'x # c', '"x" # c', '{a: b}')),
  )
  .map((parts) => parts.join(''));

test('whatever it reads of lines put together in any way, it reads as the parser does', () => {
  let read = 0;
  fc.assert(
    fc.property(fc.array(line, { maxLength: 6 }), (lines) => {
      const text = `${lines.join('\n')}\n`;
      if (splitDocuments(text).length !== 1 || /^(?:---|\.\.\.)/m.test(text)) return;
      const result = readPlainYaml(text);
      if (result === undefined) return;
      read += 1;
      expect(plain(result)).toEqual(plain(whole(text)));
    }),
    { numRuns: 20_000 },
  );
  expect(read).toBeGreaterThan(300);
});

test('keys that stand twice, and deep nesting, are left to the parser', () => {
  expect(readPlainYaml('a: 1\na: 2\n')).toBeUndefined();
  expect(readPlainYaml('__proto__: 1\n')).toBeUndefined();
  expect(readPlainYaml(Array.from({ length: 100 }, (_, i) => `${'  '.repeat(i)}a:`).join('\n'))).toBeUndefined();
});
