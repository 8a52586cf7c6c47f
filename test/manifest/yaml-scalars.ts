import fc from 'fast-check';

const words =
  'y Y n N yes Yes YES no No NO on On ON off Off OFF true True TRUE false False FALSE yEs tRUE null Null NULL ~';
const numbers = `0 -0 +0 1 +1 -1 0777 0o777 -0o17 +0o17 0O17 0o1_7 0o-17 08 0899 0x1F 0X1F -0x1f +0x1F 0x_1 0b101 0B101 -0b1 0b-1
  0b+1 0b12 0x 0o 0b 1_000 _1 +_1 -_1 1_ - + . +. -. .5 -.5 5. 1.5 1_0.5_0 1e3 1E3 1e+3 1e-3 1.e3 .5e1 1e_5 1e5_ e5 -e5 E10 -E-5
  --e5 +e5 1e 1e+ 1.2.3 10.0.0.1 1:20 -1:20 1:20:30.5 190:20:30 1:99 1:2a .inf -.inf +.inf .Inf .INF .nan .NaN .NAN inf nan NaN
  Infinity 12345678901234567890123 1,000 100m 1d 2e 5s 1.5Gi 50% 1M 0b12ac3 2e5fa 1__.5 ._5 .5_ 0x1p-2 .1p3`;
const timestamps = [
  '2001-01-01',
  '2001-1-1',
  '2001-12-14t21:59:43.10-05:00',
  '2001-12-14 21:59:43.10 -5',
  '2001-12-15 2:59:43',
];
const goTimestamps = [
  '2001-01-01 10:10:10,5',
  '2001-01-01T10:10:10Z',
  '2001-01-01T1:1:1,123+01:00',
  '2001-01-01  10:10:10',
  '2001-01',
];
const slashed = `10.20.0.0/16 045129524082.dkr.ecr.example.com/shop:1.2.0 0/a 1:20/a 1/ 1/: 1/a: 1:/a 0x1/2 2001-01-01/a
  1.5/2@sha256:0a .spec.http .spec[] .inf/a .a .e1 1_0/2 -1/2 -12 .Nan .nanA`.split(/\s+/);
const markers = ['=', '<<', '---', '--- a', '---a', '...', '... a', '...a', '--', '..', '%', '%YAML 1.1', '%a'];
const indicators = [...'-?:,[]{}#&*!|>\'"%@`<=~_/\\$(;^+.'];
const led = indicators.flatMap((sign) => [
  `${sign}a`,
  `${sign} a`,
  `a${sign}`,
  `a ${sign}`,
  `a${sign}b`,
  `a ${sign}b`,
  `a${sign} b`,
]);
const blanks = [
  '',
  ' ',
  '  ',
  '\t',
  ' \n',
  '  \n\n',
  '\n \n',
  ' a',
  'a ',
  'a  b',
  '\ta',
  'a\t',
  'a\tb',
  'a:\tb',
  'a\t#b',
  'a: b',
  'a #b',
  'a# b',
  'a :b',
  'a:',
];
const lines = [
  '\n',
  '\n\n',
  'a\n',
  'a\nb',
  'a\n\nb\n',
  'a\nb\n\n',
  '\na',
  '\n\na\n',
  ' a\nb',
  'a\n b',
  'a \nb',
  'a\nb ',
  'a\n ',
  '\n a',
];
const oddLines = [
  '  \na',
  '\ta\nb',
  '\n\ta',
  ' \ta\nb',
  'a\n\tb',
  'a\n\t',
  'a\n---\nb',
  'a\n...',
  '---\na',
  '%a\nb',
  '# a\nb',
  'a\n# b',
];
const scripts = [
  '#!/bin/sh\nset -e\n\nif true; then\n\techo "a: b"\nfi\n',
  'sum(\n  rate(x{a="b"}[5m])\n)\n/\n1',
  'x \\\n  y\n',
  '- a\n- b\n',
];
const breaks = [
  'a\r',
  'a\rb',
  'a\r\nb',
  '\r',
  'a\x85b',
  '\x85',
  'a\u2028b',
  'a\u2029b',
  '\u2028',
  '-\u2028',
  'a\u2028\nb',
  'a:\u2028',
];
const controls = [
  '\0',
  '\x01',
  '\x07\x08\x0b\x0c\x1b',
  '\x7f',
  '\x80',
  '\x9f',
  '\xa0',
  '\xa0a',
  'a\xad',
  '\ufeff',
  '\ufeffa',
  'a\ufeff',
];
const exotic = [
  '\ufffe',
  '\uffff',
  '\ufffd',
  'a\u200fb',
  '\u202ea',
  '\u2066a\u2069',
  '\u200b',
  'é',
  '日本',
  '😀',
  '😀\n😀',
  'ſ',
  'noſ',
  '\u{10ffff}',
];
const surrogates = ['\ud800', 'a\udc00', '\udc00\ud800'];
const quotes = [
  "it's",
  '"a"',
  "'a'",
  '"a: \'b\'"',
  '{"a":1}',
  '{"a":\'1\'}',
  '[a, b]',
  '{{args.x}}',
  '*.example.com',
  '*/5 * * * *',
  '*\\"',
  '&\\',
];
const proto = ['__proto__', 'constructor', 'toString', 'toJSON', 'hasOwnProperty'];
const long = [
  'a'.repeat(1023),
  'a'.repeat(1024),
  'a'.repeat(1025),
  `"${'a'.repeat(1100)}`,
  'a: '.repeat(400),
  'x'.repeat(65_536),
  'ab '.repeat(30_000),
];
const hostile = [
  '1'.repeat(60_000),
  `${'1'.repeat(60_000)}x`,
  `.${'1'.repeat(60_000)}x`,
  `${'1.1'.repeat(20_000)}x`,
  `${'a: '.repeat(20_000)}é`,
  `${'a\t'.repeat(30_000)}\nb`,
  `${' '.repeat(60_000)}x`,
  `"${' '.repeat(60_000)}`,
];
const longLines = [
  'line\n'.repeat(13_000),
  'line\n'.repeat(14_000),
  ' line\n\n'.repeat(11_000),
  '\u2028'.repeat(2000),
  'x\r\n'.repeat(30),
];

/** Every scalar that a parser is known to trip over, and neighbours that should stay plain. Lone surrogates are apart. */
export const tricky: readonly string[] = [
  ...words.split(' '),
  ...numbers.split(/\s+/),
  ...[
    timestamps,
    goTimestamps,
    markers,
    slashed,
    indicators,
    led,
    blanks,
    lines,
    oddLines,
    scripts,
    breaks,
    controls,
    exotic,
  ].flat(),
  ...[quotes, proto, long, hostile, longLines].flat(),
];

/** What UTF-8, and so no parser but JavaScript's, can hold. */
export const loneSurrogates: readonly string[] = surrogates;

const alphabet = [
  ...'aeEyxXoOb019_+-.:# \t\n,[]{}&*!|>\'"%@`~=<?$(/\\',
  '\r',
  '\x85',
  '\u2028',
  '\ufeff',
  '\x7f',
  '\0',
  '😀',
  '\ud800',
  'ſ',
];
const soup = fc.array(fc.constantFrom(...alphabet), { maxLength: 14 }).map((characters) => characters.join(''));
const numeric = fc
  .array(fc.constantFrom(...'0019_+-.:eExXoObTt ,/@'), { maxLength: 9 })
  .map((characters) => characters.join(''));
const joined = fc.tuple(
  fc.constantFrom(...tricky),
  fc.constantFrom('', ' ', ': ', '\n', ' #', '-'),
  fc.constantFrom(...tricky),
);

/** Strings with most of the weight on those that a parser may misread. */
export const trickyString: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: soup },
  { weight: 3, arbitrary: numeric },
  { weight: 2, arbitrary: fc.constantFrom(...tricky.filter(({ length }) => length < 2000), ...surrogates) },
  { weight: 1, arbitrary: joined.map((parts) => parts.join('').slice(0, 2500)) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
);

const number = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, 0.1, 1e21, 1e-7, 5e-324, 1.7976931348623157e308, 2 ** 53, -1e100),
);

const { anything, object, list } = fc.letrec((tie) => ({
  anything: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    trickyString,
    number,
    fc.constantFrom(null, true, false),
    tie('list'),
    tie('object'),
  ),
  list: fc.array(tie('anything'), { maxLength: 4 }),
  object: fc.array(fc.tuple(trickyString, tie('anything')), { maxLength: 4 }).map((pairs) => Object.fromEntries(pairs)),
}));

/** Any JSON value, with tricky strings as values and keys. */
export const json: fc.Arbitrary<unknown> = anything;

/** Any JSON object or array. */
export const manifest: fc.Arbitrary<unknown> = fc.oneof(object, list);
