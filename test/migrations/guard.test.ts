import { describeWith } from '../tools/commands';
import { BEFORE_THE_CHANGE, Harness, missing } from './harness';
import { AFTERWARDS, BEFORE, CONTRACTS, findJob, jobOf } from './releases';

const GUARDED = jobOf(AFTERWARDS, 'expand');
const ALL = ['1 true', '1.1 true', '1.1.1 true', '1.1.2 true', '1.2 true'];
const REFUSED = 'contract migration 1.2 of an earlier release has not run here';

let harness: Harness;
jest.setTimeout(60_000);

test('the release after the contract has one Job, which reaches behind the contract', () => {
  expect(GUARDED.env.FLYWAY_TARGET).toBe('1.2');
  expect([findJob(AFTERWARDS, 'backfill'), findJob(AFTERWARDS, 'contract')]).toEqual([undefined, undefined]);
});

test('the release before the contract carries it as a file that no Job reaches', () => {
  expect(Object.keys(jobOf(BEFORE, 'expand').files)).toContain('V1.2__users_drop_email_confirmed_at.sql');
  expect(findJob(BEFORE, 'contract')).toBeUndefined();
});

describeWith(missing)('the guard of contracts', () => {
  beforeAll(async () => {
    harness = await Harness.start();
    await harness.prepareTemplates();
  }, 300_000);

  afterAll(() => harness?.stop());

  test('an empty database has no contract to miss', async () => {
    const name = harness.create('fresh');
    expect(await harness.migrate(name, GUARDED)).toBe(5);
    expect(harness.history(name)).toEqual(ALL);
  });

  test('a history without a version is an empty one', async () => {
    const name = harness.create('created');
    const schema = { ...GUARDED, env: { ...GUARDED.env, FLYWAY_SCHEMAS: 'made' } };
    const guard = (text: string) => text.replaceAll('"public"', '"made"');
    const files = Object.fromEntries(Object.entries(schema.files).map(([file, text]) => [file, guard(text)]));
    const first = { ...schema, files: { ...files, 'V1__users.sql': 'SELECT 1 / 0;' } };
    expect(await harness.run(name, first)).toEqual({ status: 1, output: expect.stringContaining('22012') });
    expect(harness.sql(name, 'SELECT type, version FROM made.flyway_schema_history')).toBe('SCHEMA|');
    expect(await harness.migrate(name, { ...schema, files })).toBe(5);
  });

  test('promoted release by release, it passes', async () => {
    const name = harness.copyOf('baseline', 'promoted');
    for (const [version, phases] of [
      [BEFORE, ['expand', 'backfill']],
      [CONTRACTS, ['expand', 'backfill', 'contract']],
    ] as const) {
      for (const phase of phases) await harness.migrate(name, jobOf(version, phase));
    }
    const result = await harness.run(name, GUARDED);
    expect(result).toEqual({ status: 0, output: expect.stringContaining('migrations executed: 0') });
    expect(result.output.match(/afterConnect/g)).toHaveLength(1);
    expect(harness.history(name)).toEqual(ALL);
  });

  test('a release that jumps over the one of the contract is stopped before anything happens', async () => {
    const name = harness.copyOf('expanded', 'jumped');
    const before = harness.history(name);
    const result = await harness.run(name, GUARDED);
    expect(result).toEqual({ status: 1, output: expect.stringContaining(REFUSED) });
    expect(result.output).toContain('Promote that release first');
    expect(harness.history(name)).toEqual(before);
    for (const phase of ['expand', 'backfill', 'contract'] as const) {
      await harness.migrate(name, jobOf(CONTRACTS, phase));
    }
    expect(await harness.migrate(name, GUARDED)).toBe(0);
  });

  test('a contract that failed does not count', async () => {
    const name = harness.copyOf('expanded', 'failed');
    await harness.migrate(name, jobOf(CONTRACTS, 'backfill'));
    harness.sql(
      name,
      `INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, installed_by,
         execution_time, success) VALUES (9, '1.2', 'x', 'SQL', 'x', 'x', 1, false)`,
    );
    const result = await harness.run(name, GUARDED);
    expect(result).toEqual({ status: 1, output: expect.stringContaining(REFUSED) });
  });

  test.each([
    ['1.2', 0],
    ['1.10', 0],
    ['1.1.1', 1],
  ])('a baseline at %s', async (version, status) => {
    const name = harness.create(`baseline${version.replaceAll('.', '_')}`);
    harness.sql(name, 'CREATE TABLE of_before (id int)');
    const baseline = { ...GUARDED, args: ['baseline', `-baselineVersion=${version}`] };
    expect((await harness.run(name, baseline)).status).toBe(0);
    expect((await harness.run(name, GUARDED)).status).toBe(status);
  });

  test('the first version alone is not enough', async () => {
    const name = harness.create('broken_off');
    await harness.migrate(name, jobOf(BEFORE, 'expand'), BEFORE_THE_CHANGE);
    expect((await harness.run(name, GUARDED)).output).toContain('is emptied instead');
  });
});
