import { DIFF_CODES } from '../../lib/diff/codes';
import { compareSides } from '../../lib/diff/diff';
import type { DiffExample } from '../../lib/diff/rule';
import { DIFF_RULES, RETIRED_DIFF_CODES } from '../../lib/diff/rules';
import { given } from './tools';

const compare = ({ before, after }: DiffExample) =>
  compareSides({
    before: before.map((one) => given(one)),
    after: after.map((one) => given(one)),
    context: [],
    unread: [],
    faults: [],
    files: { total: 1, changed: 1 },
  });

const told = (example: DiffExample, code: string): readonly string[] =>
  compare(example).changes.flatMap(({ effects }) =>
    effects.filter((effect) => effect.code === code).map(({ path }) => path),
  );

test('codes are unique, and none is used again', () => {
  const codes = [...DIFF_RULES.map(({ code }) => code), ...Object.keys(DIFF_CODES), ...RETIRED_DIFF_CODES];
  expect(new Set(codes).size).toBe(codes.length);
  expect(codes.every((code) => /^DIF[0-9]{3}$/.test(code))).toBe(true);
  expect(DIFF_RULES.map(({ code }) => code)).toEqual([...DIFF_RULES.map(({ code }) => code)].sort());
});

describe.each(DIFF_RULES.map((rule) => [rule.code, rule] as const))('%s', (code, rule) => {
  const { has, hasNot } = rule.examples();

  test('says what happens, why, and what to do', () => {
    for (const text of [rule.title, rule.reason, rule.hint, rule.source]) expect(text.length).toBeGreaterThan(5);
    expect(has.length).toBeGreaterThan(0);
    expect(hasNot.length).toBeGreaterThan(0);
  });

  test.each(has.map((example, i) => [i, example] as const))('is told of example %i', (_, example) => {
    expect(told(example, code)).toEqual(example.paths);
  });

  test.each(hasNot.map((example, i) => [i, example] as const))('is not told of example %i', (_, example) => {
    expect(told(example, code)).toEqual([]);
  });
});
