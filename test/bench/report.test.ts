import { judge } from './bars';
import { PERIOD } from './catalog';
import { growthChart } from './chart';
import { benchmarksDocument } from './document';
import { versionOf } from './machine';
import { readOptions } from './options';
import { helm } from './peers/helm';
import { phaseTable } from './profile';
import { barTable, costTable, missed, table } from './report';
import { Results } from './results';

const results = new Results();
for (const seconds of [2, 1, 3]) {
  results.add('cold', 1000, { seconds, mebibytes: 100 });
  results.add('unchecked', 1000, { seconds: seconds / 2, mebibytes: 100 });
  results.add('unlike', 1000, { seconds: seconds * 4, mebibytes: 150 });
  results.add('helm', 1000, { seconds: 4, mebibytes: 200 });
}

/** Holds every bar that it tells of, but not where no two services are alike. */
const fast = new Results();
fast.add('cold', 1000, { seconds: 1, mebibytes: 100 });
fast.add('unlike', 1000, { seconds: 8, mebibytes: 150 });
fast.add('helm', 1000, { seconds: 4, mebibytes: 200 });

test.each([
  ['v4.3', '4.3'], // what `go install` builds knows no third number
  ['v4.3.1+g2cc4a8d', '4.3.1'],
  ['Jsonnet commandline interpreter (Go implementation) v0.22.0', '0.22.0'],
  ['none', 'unknown'],
])('the version in "%s" is %s', (told, version) =>
  expect(versionOf({ ...helm, version: ['node', '-p', JSON.stringify(told)] }, process.cwd())).toBe(version),
);

test('a table is Markdown with aligned columns', () =>
  expect(
    table(
      ['who', 'n'],
      [
        ['Cutover', '1'],
        ['helm', '1,000'],
      ],
    ),
  ).toBe(
    [
      '| who     |     n |', // the heads of numbers stand at the right, as the numbers do
      '|---------|------:|',
      '| Cutover |     1 |',
      '| helm    | 1,000 |',
      '',
    ].join('\n'),
  ));

test('costs are medians, and who was not measured has no row', () =>
  expect(costTable(results, [1000, 5000], 'seconds')).toBe(
    [
      '| services                             | 1,000 | 5,000 |',
      '|--------------------------------------|------:|------:|',
      '| Cutover, cold                        |  2.00 |     – |',
      '| Cutover, cold, unchecked             |  1.00 |     – |',
      '| Cutover, cold, no two services alike |  8.00 |     – |',
      '| helm template                        |  4.00 |     – |',
      '',
    ].join('\n'),
  ));

test('a bar that was missed is told with how far', () => {
  const verdicts = judge(results);
  expect(missed(verdicts)).toEqual(['Cutover, cold, 1,000 services: CPU of helm template: 0.500× is 11 % above 0.45×']);
  expect(barTable(verdicts)).toMatch(/helm template +\| +≤ 0\.45× \| +0\.500× \| +missed \| +0\.250× \| +2\.00× \|/);
});

test('a bar is judged by the usual catalog alone', () => expect(missed(judge(fast))).toEqual([]));

const pageOf = (measured: Results): string =>
  benchmarksDocument({
    results: measured,
    verdicts: judge(measured),
    phases: phaseTable([['cold', { total: 200, phases: [['render', 50]], files: [], functions: [] }]]),
    sizes: [1000],
    runs: 3,
    machine: '2 cores',
    versions: ['helm 4.3.1'],
    date: '2020-01-02',
  });

test('the page holds the tables, the versions and no place of the machine', () => {
  const page = pageOf(results);
  for (const text of [
    costTable(results, [1000], 'mebibytes'),
    'helm 4.3.1',
    '2 cores',
    '2020-01-02',
    'npm run bench -- --check',
    '| render | 25 % |',
    `of ${PERIOD} shapes`,
  ])
    expect(page).toContain(text);
  expect(page).not.toMatch(/undefined|NaN|\n\n\n|\/(home|tmp|root|Users)\//);
});

test('the page tells what missed bars mean where there are any', () => {
  expect(pageOf(results)).toContain('The copy without checks holds what is missed');
  expect(pageOf(fast)).not.toContain('What is missed');
  const slow = new Results();
  for (const who of ['cold', 'unchecked']) slow.add(who, 1000, { seconds: 3, mebibytes: 100 });
  slow.add('helm', 1000, { seconds: 4, mebibytes: 200 });
  expect(pageOf(slow)).toContain('The copy without checks misses it too');
  slow.add('node', 1, { seconds: 1, mebibytes: 100 });
  slow.add('cold', 1, { seconds: 2, mebibytes: 100 });
  slow.add('unchecked', 1, { seconds: 1, mebibytes: 100 });
  expect(pageOf(slow)).toContain('The copy without checks holds 1 of the 2 that are missed');
});

/** The tags of a text of XML, with those closed at once left out; throws nothing, as a parser would. */
function unclosed(xml: string): readonly string[] {
  const open: string[] = [];
  for (const [, closing, name = '', rest = ''] of xml.matchAll(/<(\/?)([a-z]+)((?:\s[^<>]*)?)>/g)) {
    if (closing === '/') {
      if (open.at(-1) === name) open.pop();
      else open.push(`/${name}`);
    } else if (!rest.endsWith('/')) open.push(name);
  }
  return open;
}

describe('the chart', () => {
  const line = (title: string, last: number) => ({
    title,
    points: [
      [1, 0.1],
      [1000, 1],
      [20_000, last],
    ] as const,
  });
  const chart = growthChart([
    line('Cutover & co', 20),
    line('helm <template>', 60),
    { title: 'alone', points: [[1, 1]] },
  ]);

  test('is well-formed XML', () => {
    expect(unclosed(chart)).toEqual([]);
    expect(chart).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 \d+ \d+"/);
    expect(chart.replaceAll(/&(amp|lt|gt);/g, '')).not.toContain('&');
    expect(chart).not.toMatch(/NaN|Infinity|undefined/);
  });

  test('names both axes and every line of more than one point', () => {
    for (const text of [
      '>services<',
      'CPU seconds (user + system)',
      'Cutover &amp; co',
      'helm &lt;template&gt;',
      '>1,000<',
    ])
      expect(chart).toContain(text);
    expect(chart).not.toContain('alone');
  });

  test('draws what grows linearly as a straight line', () => {
    const linear = growthChart([
      {
        title: 'a',
        points: [
          [1, 0.1],
          [100, 10],
          [10_000, 1000],
        ],
      },
    ]);
    const points = /class="line"[^>]*points="([^"]*)"/.exec(linear)?.[1] ?? '';
    const [[x1 = 0, y1 = 0] = [], [x2 = 0, y2 = 0] = [], [x3 = 0, y3 = 0] = []] = points
      .split(' ')
      .map((point) => point.split(',').map(Number));
    expect((y2 - y1) / (x2 - x1)).toBeCloseTo((y3 - y2) / (x3 - x2), 2);
  });
});

test.each<[string[], object | string]>([
  [[], { mode: 'measure', runs: 5, sizes: undefined }],
  [['--check', '--runs', '7'], { mode: 'check', runs: 7 }],
  [['--sizes', '1,10'], { sizes: [1, 10] }],
  [['--shards', '4', '--sizes', '100'], { mode: 'shards', shards: 4, sizes: [100] }],
  [['--profile', '--folder', 'here'], { mode: 'profile', folder: 'here' }],
  [['--sizes', '1,many'], '--sizes 1,many is not understood'],
  [['--runs', '0'], '--runs 0 is not understood'],
  [['--fast'], '--fast is unknown or lacks its value'],
])('options %j', (words, expected) => {
  const options = readOptions(words);
  if (typeof expected === 'string') expect(options).toBe(expected);
  else expect(options).toMatchObject(expected);
});
