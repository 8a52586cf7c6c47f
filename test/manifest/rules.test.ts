import { CATALOG_CODES, RETIRED_CATALOG_CODES } from '../../lib/catalog/codes';
import { TREE_CODES } from '../../lib/files/fault';
import { INPUT_CODES } from '../../lib/lint/codes';
import { SCHEMA_RULE } from '../../lib/manifest/check';
import { IGNORE_CODES } from '../../lib/manifest/ignore';
import type { KubeObject } from '../../lib/manifest/object';
import { groupOf, rulesByKinds } from '../../lib/manifest/rule';
import { MANIFEST_RULES, RETIRED_MANIFEST_CODES } from '../../lib/manifest/rules';
import { PLAN_CODES, RETIRED_PLAN_CODES } from '../../lib/plan/codes';

function findings(objects: readonly KubeObject[]) {
  const group = groupOf(objects);
  return rulesByKinds(MANIFEST_RULES)(group).flatMap((rule) => {
    const found: { code: string; path: string }[] = [];
    rule.check(group, (_object, path) => found.push({ code: rule.code, path }));
    return found;
  });
}

describe.each(MANIFEST_RULES)('$code', (rule) => {
  const { bad, good } = rule.examples();

  test('has examples of both kinds', () => {
    expect(Math.min(bad.length, good.length)).toBeGreaterThan(0);
  });

  test.each(bad)('reports its bad example %#, and nothing else does', ({ objects, paths }) => {
    expect(findings(objects)).toEqual(paths.map((path) => ({ code: rule.code, path })));
  });

  test.each(good.map((objects) => ({ objects })))('accepts its good example %#', ({ objects }) => {
    expect(findings(objects)).toEqual([]);
  });

  test('changes nothing that it reads', () => {
    for (const { objects } of bad) {
      const before = JSON.stringify(objects);
      findings(objects);
      expect(JSON.stringify(objects)).toBe(before);
    }
  });

  test('says why, what to do next and where it is known from', () => {
    expect(rule.reason.length).toBeGreaterThan(30);
    expect(rule.hint.length).toBeGreaterThan(10);
    expect(rule.source.length).toBeGreaterThan(10);
  });
});

test('a code is given once, for ever', () => {
  const codes = [
    SCHEMA_RULE.code,
    ...MANIFEST_RULES.map((rule) => rule.code),
    ...Object.keys(CATALOG_CODES),
    ...Object.keys(TREE_CODES),
    ...Object.keys(INPUT_CODES),
    ...Object.keys(IGNORE_CODES),
    ...Object.keys(PLAN_CODES),
  ];
  expect(new Set(codes).size).toBe(codes.length);
  const retired = [...RETIRED_MANIFEST_CODES, ...RETIRED_CATALOG_CODES, ...RETIRED_PLAN_CODES];
  expect(codes.filter((code) => retired.includes(code))).toEqual([]);
});
