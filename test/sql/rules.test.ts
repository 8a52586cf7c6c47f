import { SQL_CODES } from '../../lib/sql/codes';
import { SQL_RULES } from '../../lib/sql/rules';
import { lint, told } from './tools';

test('at least 45 rules, each code once', () => {
  const codes = [...SQL_RULES.map(({ code }) => code), ...Object.keys(SQL_CODES)];
  expect(SQL_RULES.length).toBeGreaterThanOrEqual(45);
  expect(new Set(codes).size).toBe(codes.length);
});

describe.each(SQL_RULES.map((rule) => [rule.code, rule] as const))('%s', (code, rule) => {
  test('has both kinds of examples', () => expect(Math.min(rule.bad.length, rule.good.length)).toBeGreaterThan(0));
  test.each(rule.bad)('reports $sql', async (example) =>
    expect((await lint(example)).map((one) => one.code)).toContain(code),
  );
  test.each(rule.good)('accepts $sql', async (example) => {
    const findings = await lint(example);
    expect(told(findings)).toEqual([]);
    expect(findings.map((one) => one.code)).not.toContain(code);
  });
});
