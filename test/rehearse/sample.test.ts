import { describeWith } from '../tools/commands';
import { missing, rehearsed, sampleMigrations } from './tools';

jest.setTimeout(600_000);

describeWith(missing)('the migrations of the sample', () => {
  test('pass, with every drill', async () => {
    const drills = ['kill', 'blocked', 'full-disk', 'revert', 'together'];
    // Twice the budget of the command: other suites run on the same cores, and a wait for one of those is not the migration's.
    const report = await rehearsed(sampleMigrations(), { rows: 100_000, drills, maxWaitMs: 2000 });
    expect(report.findings).toEqual([]);
    expect(report.verdict).toBe('passed');
    expect(report.seeded).toEqual([{ table: 'users', rows: 100_000 }]);
    expect(report.stages.map(({ version, versions }) => [version, versions])).toEqual([
      ['1.1', ['2.3.0']],
      ['1.1.1', ['2.3.0']],
      ['1.1.2', ['2.3.0', '2.4.0']],
      ['1.2', ['2.5.0']],
    ]);
    const locks = report.stages.map(
      ({ statements }) => statements.find(({ lock }) => lock === 'ACCESS EXCLUSIVE')?.lockedRelation,
    );
    expect(locks).toEqual(['users', undefined, undefined, 'users']);
    for (const { probes } of report.stages) {
      expect(probes.length).toBeGreaterThan(3);
      for (const { calls, failures } of probes) expect([calls > 20, failures]).toEqual([true, []]);
    }
    const told = report.drills
      .filter(({ verdict }) => verdict !== 'skipped')
      .map(({ name, migration }) => `${name} ${migration}`);
    expect(told).toEqual(
      expect.arrayContaining([
        'kill 1.1',
        'kill 1.1.1',
        'kill 1.1.2',
        'kill 1.2',
        'blocked 1.1',
        'revert 1.1.2',
        'revert 1.2',
        'together 1.2',
      ]),
    );
  });
});
