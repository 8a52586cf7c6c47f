import { judge } from './bars';
import { Results } from './results';
import { median, medianCost, pairedRatio } from './statistics';

const costs = (...seconds: readonly number[]) => seconds.map((one) => ({ seconds: one, mebibytes: 10 * one }));

test.each([
  [[3], 3],
  [[5, 1, 3], 3],
  [[4, 1, 3, 2], 2.5],
  [[10, 9, 100], 10],
])('the median of %j is %d', (values, expected) => expect(median(values)).toBe(expected));

test('nothing has no median', () => expect(() => median([])).toThrow('nothing'));

test('time and memory have medians of their own', () =>
  expect(
    medianCost([
      { seconds: 1, mebibytes: 30 },
      { seconds: 2, mebibytes: 10 },
      { seconds: 3, mebibytes: 20 },
    ]),
  ).toEqual({ seconds: 2, mebibytes: 20 }));

test('a ratio pairs the runs of a round: a round that is slow for both leaves it', () => {
  // The medians are 3 and 2; every round says one half or two.
  expect(pairedRatio(costs(1, 30, 3), costs(2, 60, 1.5))).toBe(0.5);
  expect(() => pairedRatio(costs(1, 2), costs(1, 2, 3))).toThrow('paired');
});

test('who ran more often is paired by its median of each round', () => {
  expect(pairedRatio(costs(1, 9, 2, 30, 31, 80), costs(4, 62))).toBe(0.5);
  expect(pairedRatio(costs(4, 62), costs(1, 9, 2, 30, 31, 80))).toBe(2);
});

describe('the bars', () => {
  const measured = new Results();
  for (const cost of costs(1, 1, 1)) {
    measured.add('cold', 1000, cost);
    measured.add('helm', 1000, { seconds: 2, mebibytes: 1 });
    measured.add('cold', 5000, { seconds: 5, mebibytes: 201 });
  }
  const verdict = (services: number, of: string) =>
    judge(measured).find(({ bar }) => bar.services === services && JSON.stringify(bar.of).includes(of));

  test('compare with a peer', () => expect(verdict(1000, 'helm')).toMatchObject({ value: 0.5, held: false }));
  test('compare with fewer services', () => expect(verdict(5000, '1000')).toMatchObject({ value: 5, held: true }));
  test('limit memory', () => expect(verdict(5000, 'MiB')).toMatchObject({ value: 201, held: false }));
  test('are not missed by what was not measured', () =>
    expect(verdict(1000, 'jsonnet')).toEqual(expect.objectContaining({ value: undefined, held: true })));
});
