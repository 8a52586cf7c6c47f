import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import YAML from 'yaml';
import { toYaml, toYamlDocuments } from '../../lib/manifest/yaml';
import { OPTIONS } from '../../lib/manifest/yaml-options';
import { json, loneSurrogates, manifest, tricky, trickyString } from './yaml-scalars';

const stock = (value: unknown): string => YAML.stringify(value, OPTIONS);
const own = (key: string, value: unknown): object => Object.fromEntries([[key, value]]);
const escaped = (text: string): string =>
  text.replace(
    /[\x7f-\xff\u2000-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
const name = (text: string): string => {
  const quoted = JSON.stringify(text);
  return quoted.length > 60 ? `${quoted.slice(0, 60)}… (${text.length})` : quoted;
};

const readAs = (version: '1.1' | '1.2', text: string): unknown => YAML.parse(text, { version, maxAliasCount: 0 });

/** The text is the oracle's, and what either YAML reads is the value: own `__proto__`, `constructor` and -0 included. */
const expectFaithful = (value: unknown): void => {
  const text = toYaml(value);
  expect(text).toBe(stock(value));
  expect([isDeepStrictEqual(readAs('1.2', text), value), text]).toEqual([true, text]);
  expect([isDeepStrictEqual(readAs('1.1', text), value), text]).toEqual([true, text]);
};

describe('strings that parsers misread', () => {
  test.each([...tricky, ...loneSurrogates].map((text) => [name(text), text] as const))('%s', (_, text) => {
    expectFaithful({ value: text, deep: { deeper: text, items: [text, [text], { one: text, two: text }] } });
    expectFaithful([text, [[text]]]);
    expectFaithful(own(text, 1));
    expectFaithful({ a: own(text, own(text, [own(text, text)])) });
    expectFaithful([own(text, null), own(text, {}), own(text, []), own(text, 'a\nb')]);
    expect(toYaml(text)).toBe(stock(text));
  });
});

describe('the options', () => {
  // What gopkg.in/yaml.v3, go.yaml.in/yaml/v2 and sigs.k8s.io/yaml read instead of the string, tried out against each.
  test.each([
    ['yes', 'true'],
    ['n', 'false'],
    ['0777', '511'],
    ['0o777', '511'],
    ['-0o17', '-15'],
    ['0o1_7', '15'],
    ['0X1F', '31'],
    ['0X_1F', '31'],
    ['0B101', '5'],
    ['0b-1', '-1'],
    ['+_1', '1'],
    ['1e_5', '100000'],
    ['1_000', '1000'],
    ['2001-01-01', 'a time'],
    ['2001-01-01 10:10:10,5', 'a time'],
    ['<<', 'a merge'],
    ['~', 'null'],
    ['=', 'PyYAML: an error'],
    [' \n', 'a line break alone'],
    ['\ta\nb', 'an error'],
    ['a\tb', 'PyYAML: an error'],
    ['a\u2028b', '"a b"'],
    ['a\x85b', '"a b"'],
    ['\x7f', 'an error'],
    ['\ufffe', 'an error'],
    ['a\u202eb', 'the same, but a review shows another order'],
    ['a\r\nb'.repeat(20), 'the same, but over many lines'],
    [`${'a\n'.repeat(30)} `, 'the same, but over many lines'],
  ])('quote %j, which else is %s', (text) => {
    const quoted = escaped(JSON.stringify(text));
    expect(toYaml({ [text]: [text] })).toBe(`${quoted}:\n  - ${quoted}\n`);
  });

  test.each([
    '5m',
    '1.5Gi',
    '50%',
    '1.27.3',
    '10.0.0.1',
    '-c',
    '--a=b',
    '/etc/x',
    'a:b',
    'http://a:80/',
    'a b',
    '1:2a',
    'e2e',
    'é',
    '😀',
  ])('leave %j plain', (text) => expect(toYaml({ [text]: [text] })).toBe(`${text}:\n  - ${text}\n`));

  test('give the layout that people know', () => {
    const script = '#!/bin/sh\n\tset -e\n\nsleep 1\n';
    const shared = { matchLabels: { app: 'x' } };
    const value = {
      a: shared,
      list: [shared, [1, 'it']],
      script,
      long: 'word '.repeat(50).trim(),
      empty: [{}, [], '', null],
    };
    expect(toYaml(value)).toBe(`a:
  matchLabels:
    app: x
list:
  - matchLabels:
      app: x
  - - 1
    - it
script: |
  #!/bin/sh
  \tset -e

  sleep 1
long: ${value.long}
empty:
  - {}
  - []
  - ""
  - null
`);
  });
});

describe('any JSON', () => {
  test('is written as the oracle writes it, and read back by YAML 1.1 and 1.2', () => {
    fc.assert(fc.property(manifest, expectFaithful), { numRuns: 1000 });
  });

  test('a lone scalar, which is no manifest and which `yaml` itself may misread, is written as the oracle writes it too', () => {
    fc.assert(fc.property(json, (value) => expect(toYaml(value)).toBe(stock(value))));
  });

  test('strings, as value, item and key', () => {
    const places = (text: string): void => expectFaithful({ a: text, b: [own(text, text)] });
    fc.assert(fc.property(trickyString, places), { numRuns: 3000 });
  });

  test('200 levels deep', () => {
    let value: unknown = 'a\nb';
    for (let level = 0; level < 100; level += 1) value = { key: [value] };
    expectFaithful(value);
  });

  test.each([0, -0, 0.1, 1e21, 1e20, 1e-7, 2 ** 53, 5e-324, -1.5, true, false, null, [], {}])('%p', (value) => {
    expectFaithful({ value, list: [value, [value]] });
    expect(toYaml(value)).toBe(stock(value));
  });

  test('an object that occurs twice is written twice', () => {
    const shared = { a: ['b'] };
    expectFaithful({ x: shared, y: shared, z: [shared] });
  });
});

describe('what JSON does not have', () => {
  const values = [
    new Date(0),
    new Map([['a', 1]]),
    new Set(['a']),
    Number.NaN,
    -Infinity,
    undefined,
    10n,
    { toJSON: () => 'x' },
  ];

  test.each(values)('%p is left to the oracle', (value) => {
    const around = { a: 'yes', value, list: [value, 'b\nc'] };
    expect(toYaml(around)).toBe(stock(around));
  });

  test('a key without a value is left out', () => {
    expect(toYaml({ a: undefined, b: 1, c: { d: undefined } })).toBe('b: 1\nc: {}\n');
  });

  test('nothing at all, and cycles, are refused', () => {
    const cycle: unknown[] = [];
    cycle.push({ cycle });
    expect(() => toYaml(undefined)).toThrow(new TypeError('undefined has no YAML: a manifest is an object'));
    expect(() => toYaml(cycle)).toThrow(RangeError);
  });
});

describe('loading', () => {
  const loads = (value: unknown): boolean => {
    let loaded = false;
    jest.isolateModules(() => {
      jest.doMock('yaml', () => {
        loaded = true;
        return jest.requireActual<typeof YAML>('yaml');
      });
      jest.requireActual<typeof import('../../lib/manifest/yaml')>('../../lib/manifest/yaml').toYaml(value);
    });
    return loaded;
  };

  test('is put off until a string is neither certainly plain nor certainly quoted', () => {
    const query = 'sum(rate(x{a="b"}[5m]))\n/\n1\n';
    const strings = [
      'argoproj.io/v1alpha1',
      '8080',
      'true',
      '*.example.com',
      '{"a":1}',
      '{{args.x}}',
      'a: b',
      '',
      '5m',
      '0.5',
      '.',
      query,
    ];
    expect(loads({ strings, number: 0.1, nothing: null, empty: {}, absent: undefined })).toBe(false);
    expect(loads(['2001-01-01'])).toBe(true);
  });
});

describe('documents', () => {
  test('are separated, below a header of comments', () => {
    expect(toYamlDocuments([{ a: 1 }, { b: 'x\n\n' }, {}], 'Made by cutover.\n\nDo not edit.')).toBe(
      '# Made by cutover.\n#\n# Do not edit.\na: 1\n---\nb: |+\n  x\n\n---\n{}\n',
    );
    expect(toYamlDocuments([{ a: 1 }])).toBe('a: 1\n');
    expect(toYamlDocuments([{}], 'a\r\n\u2028b: 1')).toBe('# a\\u000d\n# \\u2028b: 1\n{}\n');
    expect(toYamlDocuments([], 'empty')).toBe('# empty\n');
  });

  test('are read back one by one, whatever the header says', () => {
    const documents = fc.array(fc.dictionary(trickyString, trickyString), { minLength: 1, maxLength: 4 });
    const check = (objects: readonly unknown[], header: string): void => {
      const parsed = YAML.parseAllDocuments(toYamlDocuments(objects, header));
      expect(parsed.flatMap((document) => [...document.errors])).toEqual([]);
      expect(parsed.map((document) => document.toJS())).toEqual(objects.map((object) => ({ ...Object(object) })));
    };
    fc.assert(fc.property(documents, trickyString, check), { numRuns: 1000 });
  });
});
