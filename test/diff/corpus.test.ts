import { loadSqlJudge, type SqlJudge } from '../../lib/sql/contracts';
import { ACCESS } from './corpus/access';
import { ARGO } from './corpus/argo';
import type { Case } from './corpus/case';
import { CONFIGURATION } from './corpus/configuration';
import { GATES } from './corpus/gates';
import { PODS } from './corpus/pods';
import { REFUSED } from './corpus/refused';
import { RELEASES } from './corpus/releases';
import { TRAFFIC } from './corpus/traffic';
import { compareTexts, verdictOf } from './tools';

const CASES: readonly Case[] = [
  ...PODS,
  ...RELEASES,
  ...GATES,
  ...TRAFFIC,
  ...CONFIGURATION,
  ...REFUSED,
  ...ACCESS,
  ...ARGO,
];

let sql: SqlJudge;
beforeAll(async () => {
  sql = await loadSqlJudge();
});

test('there are enough cases, each with a name of its own', () => {
  expect(CASES.length).toBeGreaterThanOrEqual(120);
  expect(new Set(CASES.map(({ name }) => name)).size).toBe(CASES.length);
});

test.each(CASES)('$name', ({ before, after, verdict }) => {
  const compared = compareTexts(before, after, sql);
  expect(compared.faults).toEqual([]);
  expect(verdictOf(compared)).toEqual(verdict);
});

test.each(CASES)('there and back: $name', ({ before, after }) => {
  const told = (text: string, other: string) => compareTexts(text, other, sql).changes.map(({ change }) => change);
  const turned = { added: 'removed', removed: 'added', changed: 'changed', moved: 'moved' } as const;
  const kinds = (changes: ReturnType<typeof told>) =>
    changes.map(({ kind, fields }) => `${kind} ${fields.length}`).sort();
  expect(told(before, before)).toEqual([]);
  expect(kinds(told(after, before))).toEqual(
    told(before, after)
      .map(({ kind, fields }) => `${turned[kind]} ${fields.length}`)
      .sort(),
  );
});
