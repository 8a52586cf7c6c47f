import { toHtml } from '../../lib/rehearse/report/html';
import type { RehearsalReport } from '../../lib/rehearse/report/report';
import { toText } from '../../lib/rehearse/report/text';

const HOSTILE = '<script>alert("x")</script>\u001b[31m';

const report: RehearsalReport = {
  ...{
    service: 'shop',
    environment: 'production',
    verdict: 'failed',
    server: 'PostgreSQL 15.18',
    flyway: 'Flyway 13.12.0',
  },
  ...{ base: '1', rows: 10, maxWaitMs: 1000, ownDelayMs: 4, seeded: [{ table: 'users', rows: 10 }] },
  drills: [{ name: 'kill', migration: '2', verdict: 'failed', told: HOSTILE, seconds: 2.5 }],
  findings: [
    { code: 'MIG002', severity: 'error', path: 'services.shop.migrations', message: HOSTILE, hint: 'batch it' },
  ],
  stages: [
    {
      ...{
        version: '2',
        file: 'migrations/shop/expand/V2__x.sql',
        phase: 'expand',
        versions: ['1.0.0'],
        outcome: 'succeeded',
      },
      ...{ startedMs: 5000, endedMs: 7000, longestReadMs: 40, longestWriteMs: 1500, idleReadMs: 3, idleWriteMs: 4 },
      statements: [
        {
          ...{ line: 3, text: HOSTILE, startedMs: 5500, ms: 1400, lock: 'ACCESS EXCLUSIVE', lockedRelation: 'users' },
          ...{ longestReadMs: 40, longestWriteMs: 1500, failedProbes: 2, sqlState: null },
        },
      ],
      probes: [
        {
          ...{ version: '1.0.0', probe: 'find', kind: 'read', calls: 90, longestMs: 40, medianMs: 1 },
          failures: [{ sqlState: '42703', message: HOSTILE, count: 2, firstMs: 6000 }],
        },
      ],
      buckets: [
        { fromMs: 5000, readMs: 2, writeMs: 3, failures: 0 },
        { fromMs: 6000, readMs: 40, writeMs: 1500, failures: 2 },
      ],
    },
  ],
};

test('the page needs nothing beside it, and lets no text become markup', () => {
  const page = toHtml(report);
  expect(page).not.toMatch(/<script|https?:|src=|@import|url\(/);
  expect(page.match(/&#60;script&#62;/g)?.length).toBeGreaterThan(3);
});

test('the timeline shows where the budget was passed and what failed', () => {
  const page = toHtml(report);
  expect(page.match(/class="wait over"/g)).toHaveLength(1);
  expect(page.match(/class="statement all"/g)).toHaveLength(1);
  expect(page).toContain('<title>2 failed</title>');
  // Half a second of two, between the edges of the picture at 70 and 988.
  expect(page).toMatch(/class="statement all" x="299\.5"/);
});

test('every number of the picture is one', () => expect(toHtml(report)).not.toMatch(/NaN|Infinity|undefined/));

test('the text has each statement, the drills and the verdict, and no control character', () => {
  const text = toText(report);
  expect(text).toContain('1400 ms  ACCESS EXCLUSIVE users  40 ms   1500 ms  2       3: ');
  expect(text).toContain('  failed kill 2: ');
  expect(text).toContain('failed: 2 of 90 calls failed; the longest wait of a reader was 40 ms, of a writer 1500 ms');
  expect(text).not.toContain('\u001b');
});
