import { spawnSync } from 'node:child_process';
import * as fc from 'fast-check';
import { formatPath, type Path } from '../../lib/diagnostic/path';
import { parseJq } from '../../lib/diff/jq/parse';
import { placesOf } from '../../lib/diff/jq/places';
import { describeWith } from '../tools/commands';

const OBJECT = {
  metadata: { annotations: { 'a.b/c': 'x', plain: 'y' }, labels: { app: 'web' } },
  spec: {
    replicas: 3,
    http: [
      { name: 'primary', route: [{ weight: 90 }, { weight: 10 }] },
      { name: 'canary-header', route: [{ weight: 100 }] },
      { name: 'direct', redirect: {} },
    ],
    containers: [
      {
        name: 'web',
        image: 'web:1',
        env: [
          { name: 'A', value: '1' },
          { name: 'FOO_B', value: '2' },
        ],
      },
      { name: 'istio-proxy', image: 'proxy:1' },
    ],
    nothing: null,
  },
};

const placesIn = (expression: string, root: unknown = OBJECT): readonly string[] | undefined => {
  const filter = parseJq(expression);
  return filter && placesOf(filter, root).map(formatPath);
};

const PLACES: readonly (readonly [string, readonly string[]])[] = [
  ['.spec.replicas', ['spec.replicas']],
  ['.', ['(root)']],
  ['.spec["replicas"]', ['spec.replicas']],
  ['."spec"."replicas"', ['spec.replicas']],
  ['.metadata.annotations["a.b/c"]', ['metadata.annotations["a.b/c"]']],
  ['.metadata.annotations."a.b/c"', ['metadata.annotations["a.b/c"]']],
  ['.spec.containers[0].image', ['spec.containers[0].image']],
  ['.spec.containers[-1].image', ['spec.containers[1].image']],
  ['.spec.containers[].image', ['spec.containers[0].image', 'spec.containers[1].image']],
  [
    '.spec.http[]?.route[]?.weight',
    ['spec.http[0].route[0].weight', 'spec.http[0].route[1].weight', 'spec.http[1].route[0].weight'],
  ],
  ['.spec.containers[] | select(.name == "istio-proxy") | .image', ['spec.containers[1].image']],
  [
    '.spec.containers[] | select(.name == "web").env[] | select(.name | test("^FOO_")) | .value',
    ['spec.containers[0].env[1].value'],
  ],
  ['.spec.containers[] | select(.name != "web" and (.image | startswith("proxy")))', ['spec.containers[1]']],
  ['.spec.containers[] | select(has("env") | not)', ['spec.containers[1]']],
  ['.spec.containers[] | select(.name | IN("a", "web"))', ['spec.containers[0]']],
  ['.spec.containers[] | select((.env // []) | length > 1)', ['spec.containers[0]']],
  ['.spec.http[] | select(.route) | .name', ['spec.http[0].name', 'spec.http[1].name']],
  ['.spec.http[] | select(.name | endswith("header") or contains("dir"))', ['spec.http[1]', 'spec.http[2]']],
  ['.spec.replicas, .metadata.labels', ['spec.replicas', 'metadata.labels']],
  ['(.spec, .metadata).labels?', ['spec.labels', 'metadata.labels']],
  ['first(.spec.containers[]).image', ['spec.containers[0].image']],
  ['.metadata.labels[]', ['metadata.labels.app']],
  ['.spec.nothing.deep.deeper', ['spec.nothing.deep.deeper']],
  ['.spec.absent[]?', []],
  ['.spec.http[] | select([.route[]?.weight] | any(. > 95)) | .name', ['spec.http[1].name']],
  [
    '.metadata | .. | select(type == "string")',
    ['metadata.annotations["a.b/c"]', 'metadata.annotations.plain', 'metadata.labels.app'],
  ],
  ['.spec | recurse | select(.name? == "FOO_B") | .value', ['spec.containers[0].env[1].value']],
];

test.each(PLACES)('%s', (expression, expected) => expect(placesIn(expression)).toEqual(expected));

const hasJq = spawnSync('jq', ['--version']).status === 0;

describeWith(hasJq ? [] : ['jq'])('jq finds the same places', () => {
  test.each(PLACES)('%s', (expression, expected) => {
    const { status, stdout } = spawnSync('jq', ['-c', `[path(${expression})]`], {
      input: JSON.stringify(OBJECT),
      encoding: 'utf8',
    });
    expect(status).toBe(0);
    const paths: Path[] = JSON.parse(stdout);
    // An index from the end it leaves as it is written.
    const shown = paths.map((path) => formatPath(path.map((one) => (one === -1 ? 1 : one))));
    expect(shown).toEqual(expected);
  });
});

test.each([
  ['items of what is not there', '.spec.absent[]'],
  ['items of a number', '.spec.replicas[]'],
  ['a field of a text', '.metadata.labels.app.x'],
  ['an index of an object', '.spec[0]'],
  ['an error behind what was found', '.spec.http[].route[].weight'],
  ['what is no place', '.spec.replicas > 1'],
  ['no place at all', 'empty'],
])('an error takes out nothing: %s', (_, expression) => expect(placesIn(expression)).toEqual([]));

test.each([
  ['.spec | map(.x)'],
  ['.a as $x | $x'],
  ['if .a then .b else .c end'],
  ['.spec.a-b'],
  ['.spec['],
  ['.spec.x | test("(a+)+$")'],
  ['.spec.x | test("(?i)a")'],
  ['.spec.x | test(.pattern)'],
  ['"\\(.spec)"'],
  ['.spec[1:2]'],
  [`${'('.repeat(5000)}.`],
  ['.a'.repeat(2000)],
  [''],
])('%s is not followed', (expression) => expect(parseJq(expression)).toBeUndefined());

test('nothing makes it throw or run for long', () => {
  const parts = [
    '.',
    '..',
    'spec',
    '[]',
    '|',
    ',',
    '?',
    '(',
    ')',
    'select(',
    '"a"',
    '==',
    '//',
    '[0]',
    'not',
    ' ',
    'any',
  ];
  const began = performance.now();
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 12 }), (words) => {
      placesIn(words.join(''));
    }),
    { numRuns: 500 },
  );
  expect(placesIn(Array(20).fill('..').join('|'))).toEqual([]);
  expect(performance.now() - began).toBeLessThan(20_000);
});
