import type { Rehearsal } from '../../lib/catalog/service';
import { findPostgres } from '../../lib/rehearse/server/find';
import { LocalServer } from '../../lib/rehearse/server/local';
import { describeWith } from '../tools/commands';
import { codesOf, fileOf, migrationsWith, missing, OUTSIDE, rehearsed } from './tools';

jest.setTimeout(300_000);

/** Tables that the files below change, each one its own, so that each fault is seen once. */
const BASE = fileOf(
  '1',
  ['dropped', 'filled', 'doubled', 'starred', 'drifted', 'bare']
    .map((table) => `CREATE TABLE ${table} (id bigint PRIMARY KEY, a text NOT NULL, b int);`)
    .join('\n'),
);

const probe = (name: string, kind: 'read' | 'write', sql: string, parameters: readonly string[]) => ({
  ...{ name, kind, sql, parameters },
});

/** The version that runs beside all of them. */
const RUNNING: Rehearsal['versions'] = [
  {
    version: '1.0.0',
    schema: '1',
    probes: [
      probe('read-dropped', 'read', 'SELECT id, a, b FROM dropped WHERE id = $1', ['dropped.id']),
      probe('read-starred', 'read', 'SELECT * FROM starred WHERE id = $1', ['starred.id']),
      probe('read-bare', 'read', 'SELECT a FROM bare WHERE id = $1', ['bare.id']),
      probe('write-filled', 'write', 'UPDATE filled SET b = 1 WHERE id = $1', ['filled.id']),
      probe('write-drifted', 'write', 'UPDATE drifted SET b = 7 WHERE id = $1', ['drifted.id']),
    ],
  },
];

describeWith(missing)('a history that is bad is caught', () => {
  let server: LocalServer;
  let databaseUrl: string;
  beforeAll(async () => {
    server = await LocalServer.start(findPostgres() ?? '');
    const { host, port, user, password } = server.migrator;
    databaseUrl = `postgresql://${user}:${password}@${host}:${port}/postgres`;
  }, 60_000);
  afterAll(() => server?.stop());

  test('statement by statement, with the file and the code', async () => {
    const files = [
      BASE,
      fileOf('2', 'ALTER TABLE dropped DROP COLUMN b;'),
      fileOf('3', 'UPDATE filled SET a = a;\nSELECT pg_sleep(1.5);'),
      fileOf('4', 'ALTER TABLE starred ADD COLUMN c int;'),
      fileOf('5', 'ALTER TABLE drifted ADD COLUMN c int;\nUPDATE drifted SET c = b;'),
      fileOf('6', 'CREATE UNIQUE INDEX CONCURRENTLY doubled_b ON doubled ((b % 10));', OUTSIDE),
      fileOf('7', 'SELECT 1;'),
    ];
    const invariants = [
      { name: 'copied', since: '5', until: undefined, sql: 'SELECT FROM drifted WHERE c IS DISTINCT FROM b' },
    ];
    const report = await rehearsed(migrationsWith(files, { versions: RUNNING, invariants }), { databaseUrl });
    const found = report.findings.map(
      ({ code, position, path }) => `${code} ${position?.file.split('/').at(-1)} ${path}`,
    );
    const at = 'services.backend.migrations';
    expect(found).toEqual(
      expect.arrayContaining([
        `MIG001 V2__x.sql ${at}.rehearsal.versions["1.0.0"].probes.read-dropped`,
        `MIG002 V3__x.sql ${at}`,
        `MIG001 V4__x.sql ${at}.rehearsal.versions["1.0.0"].probes.read-starred`,
        `MIG006 V5__x.sql ${at}.rehearsal.invariants.copied`,
        `MIG004 V6__x.sql ${at}`,
        `MIG003 V6__x.sql ${at}`,
      ]),
    );
    expect(report.verdict).toBe('failed');
    expect(report.stages.map(({ outcome }) => outcome)).toEqual([
      'succeeded',
      'succeeded',
      'succeeded',
      'succeeded',
      'failed',
    ]);
    const [dropped, filled, starred, , doubled] = report.stages;
    expect(dropped?.statements).toMatchObject([{ lock: 'ACCESS EXCLUSIVE', lockedRelation: 'dropped' }]);
    expect(filled?.statements[0]).toMatchObject({ lock: 'ROW EXCLUSIVE', lockedRelation: 'filled' });
    expect(filled?.longestWriteMs).toBeGreaterThan(1000);
    expect(starred?.probes.flatMap(({ failures }) => failures.map(({ sqlState }) => sqlState))).toContain('0A000');
    expect(doubled?.statements).toMatchObject([{ sqlState: '23505' }]);
  });

  test('a migration that does not end is cut, and told what it was doing; without statements of versions derived ones run', async () => {
    const files = [
      BASE,
      fileOf('2', 'ALTER TABLE dropped DROP COLUMN b;\nSELECT pg_sleep(600);', { phase: 'contract' }),
    ];
    const report = await rehearsed(migrationsWith(files, {}), {
      databaseUrl,
      timeoutSeconds: 8,
      rows: 10,
      maxWaitMs: 60_000,
    });
    expect(codesOf(report)).toEqual(['MIG012', 'MIG005 V2__x.sql']);
    expect(report.findings.at(-1)?.message).toContain('SELECT pg_sleep(600) was still running');
    const [stage] = report.stages;
    expect(stage?.versions).toEqual(['derived']);
    expect(stage?.probes.map(({ probe: name }) => name)).toEqual(
      expect.arrayContaining(['read-dropped', 'write-dropped', 'read-filled', 'write-filled']),
    );
    expect(stage?.probes.flatMap(({ failures }) => failures)).toEqual([]);
  });

  test('by the drills, what only an accident shows', async () => {
    const files = [
      BASE,
      fileOf('2', 'ALTER TABLE bare ADD COLUMN c int;'),
      fileOf('3', 'ALTER TABLE dropped ADD COLUMN c int;\nSELECT pg_sleep(1);', OUTSIDE),
    ];
    const drills = ['kill', 'blocked'];
    const report = await rehearsed(migrationsWith(files, { versions: RUNNING }), { databaseUrl, drills, rows: 1000 });
    expect(report.drills.map(({ name, migration, verdict }) => [name, migration, verdict])).toEqual([
      ['kill', '2', 'passed'],
      // Two seconds of lock_timeout from the settings of the Job: everybody queues behind the wait for as long.
      ['blocked', '2', 'failed'],
      ['kill', '3', 'failed'],
      ['blocked', '3', 'failed'],
    ]);
    expect(codesOf(report)).toEqual(expect.arrayContaining(['MIG033 V2__x.sql', 'MIG030 V3__x.sql']));
    expect(report.drills[2]?.told).toContain('42701');
  });
});
