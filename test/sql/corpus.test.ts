import { CASES } from './corpus';
import { lint, told } from './tools';

test('there are at least 1,000 cases, of both kinds', () => {
  expect(CASES.length).toBeGreaterThanOrEqual(1000);
  expect(CASES.filter(({ expect: wanted }) => wanted === 'safe').length).toBeGreaterThan(400);
});

test.each(CASES)('$expect: $sql', async ({ expect: wanted, ...example }) => {
  const codes = told(await lint(example));
  if (wanted === 'safe') expect(codes).toEqual([]);
  else expect(codes).toContain(wanted);
});
