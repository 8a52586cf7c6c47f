import fc from 'fast-check';
import type { Diagnostic, Severity } from '../../lib/diagnostic/diagnostic';
import { compareText, formatDiagnostics, printable, showValue, sortDiagnostics } from '../../lib/diagnostic/format';

const FAULT: Diagnostic = {
  code: 'CAT007',
  severity: 'error',
  path: 'services.web.replicas',
  message: 'is below the minimum 1',
  hint: 'Pods of the steady state.',
  value: '-1',
  position: { file: 'services.json', line: 12, column: 9 },
};

test('a diagnostic is one line, with what stands there and what to do next below it', () => {
  expect(formatDiagnostics([FAULT])).toBe(
    'error CAT007 services.json:12:9 services.web.replicas: is below the minimum 1\n' +
      '  value: -1\n' +
      '  hint: Pods of the steady state.\n',
  );
});

test('what a diagnostic does not have is left out', () => {
  const { hint: _, value: __, position: ___, ...bare } = FAULT;
  expect(formatDiagnostics([bare, bare])).toBe(
    'error CAT007 services.web.replicas: is below the minimum 1\n'.repeat(2),
  );
  expect(formatDiagnostics([])).toBe('');
});

test.each([
  ['escape', '\u001b[31mred', '\\u001b[31mred'],
  ['carriage return', 'a\rb', 'a\\u000db'],
  ['new line', 'a\nerror CAT999 b', 'a\\u000aerror CAT999 b'],
  ['a C1 control', '\u009b31m', '\\u009b31m'],
  ['delete', '\u007f', '\\u007f'],
  ['a line separator', '\u2028', '\\u2028'],
  ['right to left override', '\u202egnp.exe', '\\u202egnp.exe'],
  ['an isolate', '\u2066x\u2069', '\\u2066x\\u2069'],
  ['Arabic letter mark', '\u061c', '\\u061c'],
  ['a space of no width', 'a\u200bb', 'a\\u200bb'],
  ['a byte order mark', '\ufeff', '\\ufeff'],
  ['half of a pair', '\ud800x', '\\ud800x'],
  ['an unseen tag', '\u{e0041}', '\\udb40\\udc41'],
  ['nothing of letters, signs and pictures', 'Grüße, 東京 🚀', 'Grüße, 東京 🚀'],
])('escapes %s', (_, given, shown) => expect(printable(given)).toBe(shown));

test('nobody can write a line of their own into the report', () => {
  const anything = fc.string({ unit: 'binary' });
  fc.assert(
    fc.property(anything, anything, anything, anything, (path, message, hint, value) => {
      const text = formatDiagnostics([{ ...FAULT, path, message, hint, value }]);
      expect(text.split('\n')).toHaveLength(4);
      expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    }),
  );
});

describe('showValue', () => {
  test.each([
    [undefined, undefined],
    [null, 'null'],
    ['a"b', '"a\\"b"'],
    [[1, { a: true }], '[1,{"a":true}]'],
    ['x'.repeat(118), `"${'x'.repeat(118)}"`],
    ['x'.repeat(119), `"${'x'.repeat(119)}… (121 characters)`],
  ])('%j', (value, shown) => expect(showValue(value)).toBe(shown));
});

describe('sortDiagnostics', () => {
  const at = (line: number, column: number, severity: Severity = 'error', code = 'CAT001', path = 'a', message = 'm') =>
    ({ code, severity, path, message, position: { file: 'f', line, column } }) satisfies Diagnostic;
  const ordered: readonly Diagnostic[] = [
    { code: 'CAT009', severity: 'error', path: 'z', message: 'without a place' },
    at(1, 2),
    at(1, 2, 'error', 'CAT001', 'a', 'n'),
    at(1, 2, 'error', 'CAT002'),
    at(1, 2, 'error', 'CAT001', 'b'),
    at(1, 10),
    at(2, 1),
    at(10, 1),
    at(1, 1, 'warning'),
    at(1, 1, 'info'),
  ];

  test('errors first, then by place, path, code and message, whatever the order before', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...ordered], { minLength: ordered.length }), (shuffled) => {
        expect(sortDiagnostics(Object.freeze(shuffled))).toEqual(ordered);
      }),
    );
  });
});

test('compareText is the order of code units, the same in every locale', () => {
  expect(['ä', 'b', 'Z', 'a', 'a'].sort(compareText)).toEqual(['Z', 'a', 'a', 'b', 'ä']);
});
