import type { FlywayOutcome } from '../../lib/rehearse/flyway-session';
import type { Stage } from '../../lib/rehearse/plan';
import type { StageReport, StatementReport } from '../../lib/rehearse/report/report';
import { judgeStage } from '../../lib/rehearse/verdict';
import { tellBlocked, waitsForItself } from '../../lib/rehearse/watch/blocked';
import { lockName, stopsWriters, strongest } from '../../lib/rehearse/watch/locks';
import { fileOf } from './tools';

const AT = 'services.shop.migrations';
const SQL = 'ALTER TABLE users ADD COLUMN x int;\nUPDATE users SET x = 1;';
const stage: Stage = {
  file: { ...fileOf('2', SQL), version: '2' },
  path: 'migrations/shop/expand/V2__x.sql',
  statements: [
    { text: 'ALTER TABLE users ADD COLUMN x int', line: 1, column: 1 },
    { text: 'UPDATE users SET x = 1', line: 2, column: 1 },
  ],
  versions: ['1.0.0'],
  probes: [],
};
const statement = (line: number, changed: Partial<StatementReport> = {}): StatementReport => ({
  ...{
    line,
    text: 'UPDATE users SET x = 1',
    startedMs: line * 100,
    ms: 100,
    lock: 'ROW EXCLUSIVE',
    lockedRelation: 'users',
  },
  ...{ longestReadMs: 1, longestWriteMs: 1, failedProbes: 0, sqlState: null },
  ...changed,
});
const report = (changed: Partial<StageReport> = {}): StageReport => ({
  ...{
    version: '2',
    file: stage.path,
    phase: 'expand',
    versions: ['1.0.0'],
    outcome: 'succeeded',
    startedMs: 0,
    endedMs: 1000,
  },
  ...{ statements: [statement(1), statement(2)], probes: [], buckets: [] },
  ...{ longestReadMs: 10, longestWriteMs: 20, idleReadMs: 5, idleWriteMs: 6 },
  ...changed,
});
const outcome = (changed: Partial<FlywayOutcome> = {}): FlywayOutcome => ({
  ...{ kind: 'succeeded', output: '', executed: 1, statements: [], startedMs: 0, endedMs: 9000, hung: undefined },
  ...changed,
});
const judge = (one: StageReport, how: FlywayOutcome = outcome(), maxWaitMs = 1000) =>
  judgeStage(stage, one, how, { maxWaitMs }, AT).map(({ code, path, position, message }) => ({
    ...{ code, path, line: position?.line, message },
  }));

test('what stays within the budget has no findings, and one millisecond more has', () => {
  expect(judge(report({ longestWriteMs: 1000 }))).toEqual([]);
  const slow = report({ longestWriteMs: 1001, statements: [statement(1), statement(2, { longestWriteMs: 1001 })] });
  expect(judge(slow)).toEqual([
    {
      code: 'MIG002',
      path: AT,
      line: 2,
      message:
        'a writer waited 1001 ms beside V2__x.sql during "UPDATE users SET x = 1", which has ROW EXCLUSIVE on users; 1000 ms are allowed, and without it the longest wait was 6 ms',
    },
  ]);
  expect(judge(report({ longestReadMs: 30 }), outcome(), 20).map(({ code }) => code)).toEqual(['MIG002']);
});

test('a failed statement of a version is told at its place in the catalog, with the statement that was running', () => {
  const failures = [{ sqlState: '42703', message: 'column "b" does not exist', count: 3, firstMs: 250 }];
  const probes = [
    { version: '1.0.0', probe: 'find', kind: 'read' as const, calls: 40, longestMs: 2, medianMs: 1, failures },
  ];
  expect(judge(report({ probes }))).toEqual([
    {
      code: 'MIG001',
      path: `${AT}.rehearsal.versions["1.0.0"].probes.find`,
      line: 2,
      message: '3 of 40 calls of find of version 1.0.0 failed beside V2__x.sql: 42703 column "b" does not exist',
    },
  ]);
});

test('Flyway that fails or hangs is told with the reason', () => {
  const output = 'noise\nERROR: Script failed\nSQL State  : 23505\nMessage    : ERROR: duplicate key';
  const failed = report({ outcome: 'failed', statements: [statement(1), statement(2, { sqlState: '23505' })] });
  expect(judge(failed, outcome({ kind: 'failed', output }))).toMatchObject([{ code: 'MIG004', line: 2 }]);
  const hung = {
    statement: 'CREATE INDEX CONCURRENTLY i ON t (a)',
    waits: 'the virtualxid of pid 7 (flyway, idle in transaction for 4 s)',
  };
  const [cut] = judgeStage(stage, report({ outcome: 'cut' }), outcome({ kind: 'cut', hung }), { maxWaitMs: 1 }, AT);
  expect(cut?.message).toBe(`V2__x.sql was cut after 9 s: ${hung.statement} waits for ${hung.waits}`);
  expect(cut?.hint).toContain('executeInTransaction=false');
});

describe('locks', () => {
  const lock = (mode: Parameters<typeof lockName>[0], index = false) => ({
    mode,
    relation: mode,
    index,
    granted: true,
  });

  test('are named as SQL names them, the strongest on a table first', () => {
    expect(lockName('ShareUpdateExclusive')).toBe('SHARE UPDATE EXCLUSIVE');
    expect(strongest([lock('RowExclusive', true), lock('RowExclusive'), lock('AccessShare')])).toEqual(
      lock('RowExclusive'),
    );
    expect(strongest([lock('RowExclusive'), lock('AccessExclusive', true)])).toEqual(lock('AccessExclusive', true));
    expect(strongest([])).toBeUndefined();
  });

  // explicit-locking.html, table 13.2: ROW EXCLUSIVE, which writers take, conflicts with the last four.
  test('stop writers from SHARE on', () => {
    expect(['SHARE', 'SHARE ROW EXCLUSIVE', 'EXCLUSIVE', 'ACCESS EXCLUSIVE'].every(stopsWriters)).toBe(true);
    expect(['ACCESS SHARE', 'ROW SHARE', 'ROW EXCLUSIVE', 'SHARE UPDATE EXCLUSIVE'].some(stopsWriters)).toBe(false);
  });
});

test('a session that waits for an idle one of the same Flyway waits for ever', () => {
  const blocked = {
    pid: 1,
    wait: 'Lock virtualxid',
    holderPid: 2,
    holder: 'flyway',
    holderState: 'idle in transaction',
    holderSeconds: 4.2,
  };
  expect(waitsForItself([blocked], [1, 2])).toEqual(blocked);
  expect(waitsForItself([blocked], [1])).toBeUndefined();
  expect(waitsForItself([{ ...blocked, holderState: 'active' }], [1, 2])).toBeUndefined();
  expect(tellBlocked(blocked)).toBe('the virtualxid of pid 2 (flyway, idle in transaction for 4 s)');
});
