import { BODIES } from './corpus/bodies';
import type { Case } from './corpus/case';
import { COLUMNS } from './corpus/columns';
import { CONSTRAINTS } from './corpus/constraints';
import { DATA } from './corpus/data';
import { HISTORIES } from './corpus/histories';
import { IDIOMS } from './corpus/idioms';
import { INDEXES } from './corpus/indexes';
import { MISLEADING } from './corpus/misleading';
import { OBJECTS } from './corpus/objects';
import { RELEASES } from './corpus/releases';
import { TABLES } from './corpus/tables';
import { UPKEEP } from './corpus/upkeep';
import { VERSIONS } from './corpus/versions';
import { lint, told } from './tools';

const CASES: readonly Case[] = [
  ...INDEXES,
  ...COLUMNS,
  ...CONSTRAINTS,
  ...OBJECTS,
  ...DATA,
  ...TABLES,
  ...UPKEEP,
  ...BODIES,
  ...HISTORIES,
  ...VERSIONS,
  ...IDIOMS,
  ...RELEASES,
  ...MISLEADING,
];

test('there are at least 1,000 cases, of both kinds', () => {
  expect(CASES.length).toBeGreaterThanOrEqual(1000);
  expect(CASES.filter(({ expect: wanted }) => wanted === 'safe').length).toBeGreaterThan(400);
});

test.each(CASES)('$expect: $sql', async ({ expect: wanted, ...example }) => {
  const codes = told(await lint(example));
  if (wanted === 'safe') expect(codes).toEqual([]);
  else expect(codes).toContain(wanted);
});
