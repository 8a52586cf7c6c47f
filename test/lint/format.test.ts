import { FORMATS } from '../../lib/lint/format';
import type { LintFinding } from '../../lib/lint/report';
import { ruleOf } from '../../lib/lint/rule-of';

const finding: LintFinding = {
  code: 'MAN004',
  severity: 'error',
  path: 'spec.a',
  file: 'a b/c,d:é.yaml',
  line: 3,
  column: 5,
  object: 'Rollout/web',
  message: '50% of\nit: "x"',
  hint: 'mend it',
};
const info: LintFinding = { ...finding, code: 'LINT009', severity: 'info', object: null, path: '', hint: '' };

test('json has every key, always', () => {
  expect(JSON.parse(FORMATS.json([finding, info]))).toEqual([finding, info]);
  expect(JSON.parse(FORMATS.json([]))).toEqual([]);
});

test('text tells place, object, message and hint, and cannot be fooled by a line break', () => {
  expect(FORMATS.text([finding])).toBe(
    'error MAN004 a b/c,d:é.yaml:3:5 Rollout/web spec.a: 50% of\\u000ait: "x"\n  hint: mend it\n1 error, 0 warnings\n',
  );
});

test('github escapes as its own toolkit does', () => {
  expect(FORMATS.github([finding, info])).toBe(
    '::error file=a b/c%2Cd%3Aé.yaml,line=3,col=5,title=MAN004 Rollout/web spec.a::50%25 of%0Ait: "x"%0Ahint: mend it\n' +
      '::notice file=a b/c%2Cd%3Aé.yaml,line=3,col=5,title=LINT009::50%25 of%0Ait: "x"\n',
  );
});

describe('sarif', () => {
  const log = JSON.parse(FORMATS.sarif([finding, info]));
  const [run] = log.runs;

  test('is a log of version 2.1.0 with one run', () => {
    expect([log.version, log.runs.length]).toEqual(['2.1.0', 1]);
    expect(log.$schema).toContain('sarif-2.1.0');
  });

  test('every result leads to its rule', () => {
    for (const { ruleId, ruleIndex } of run.results) expect(run.tool.driver.rules[ruleIndex].id).toBe(ruleId);
    expect(run.results.map(({ level }: { level: string }) => level)).toEqual(['error', 'note']);
  });

  test('places are URIs and lines from 1', () => {
    expect(run.results[0].locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: 'a%20b/c%2Cd%3A%C3%A9.yaml' },
          region: { startLine: 3, startColumn: 5 },
        },
        logicalLocations: [{ fullyQualifiedName: 'Rollout/web spec.a' }],
      },
    ]);
    expect(run.results[1].locations[0].logicalLocations).toBeUndefined();
  });
});

test('every code of every registry is described', () => {
  for (const code of ['MAN001', 'MAN002', 'LINT001', 'LINT022', 'CAT001']) {
    expect(ruleOf(code).code).toBe(code);
    expect(ruleOf(code).title.length).toBeGreaterThan(10);
  }
});
