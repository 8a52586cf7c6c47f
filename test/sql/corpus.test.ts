import type { Case } from './corpus/case';
import { COLUMNS } from './corpus/columns';
import { CONSTRAINTS } from './corpus/constraints';
import { DATA } from './corpus/data';
import { INDEXES } from './corpus/indexes';
import { OBJECTS } from './corpus/objects';
import { lint, told } from './tools';

const CASES: readonly Case[] = [...INDEXES, ...COLUMNS, ...CONSTRAINTS, ...OBJECTS, ...DATA];

test('there are at least 250 cases, of both kinds', () => {
  expect(CASES.length).toBeGreaterThanOrEqual(250);
  expect(CASES.filter(({ expect: wanted }) => wanted === 'safe').length).toBeGreaterThan(100);
});

test.each(CASES)('$expect: $sql', async ({ expect: wanted, ...example }) => {
  const codes = told(await lint(example));
  if (wanted === 'safe') expect(codes).toEqual([]);
  else expect(codes).toContain(wanted);
});
