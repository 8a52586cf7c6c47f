import { setTimeout as sleep } from 'node:timers/promises';
import { describeWith } from '../tools/commands';
import { Harness, missing, until } from './harness';
import { BEFORE, CONTRACTS, jobOf, without } from './releases';
import { DISAGREEING, next, previous, type Version } from './statements';

const EXPAND = jobOf(CONTRACTS, 'expand');
const BACKFILL = jobOf(CONTRACTS, 'backfill');
const CONTRACT = jobOf(CONTRACTS, 'contract');
const JOBS = { expand: EXPAND, backfill: BACKFILL, contract: CONTRACT };

let harness: Harness;
const sql = (database: string, statements: string): string => harness.sql(database, statements);

/** Everything a version does with an account, and what it reads afterwards. */
function lifeOf(name: string, version: Version, email: string): string[] {
  const steps = [version.insert(email, false), version.confirm(email), version.revoke(email), version.confirm(email)];
  return steps.map((step) => {
    sql(name, step);
    return sql(name, version.read(email)).replace(`${email}|`, '');
  });
}
const LIFE = ['f', 't', 'f', 't'];

jest.setTimeout(60_000);

describeWith(missing)('migrations/backend', () => {
  beforeAll(async () => {
    harness = await Harness.start();
    await harness.prepareTemplates();
  }, 300_000);

  afterAll(() => harness?.stop());

  test('each Job stops where its phase ends', () => {
    expect([EXPAND, BACKFILL, CONTRACT].map((job) => job.env.FLYWAY_TARGET)).toEqual(['1.1.1', '1.1.2', '1.2']);
  });

  test('every prefix but the contract serves the previous version', async () => {
    const name = harness.copyOf('baseline', 'prefixes');
    expect(lifeOf(name, previous, 'before')).toEqual(LIFE);
    for (const target of ['1.1', '1.1.1', '1.1.2']) {
      expect(await harness.migrate(name, BACKFILL, `-target=${target}`)).toBe(1);
      expect([target, ...lifeOf(name, previous, `old${target}`)]).toEqual([target, ...LIFE]);
    }
  });

  describe('after expand', () => {
    const name = 'shared';
    beforeAll(() => {
      harness.copyOf('expanded', name);
    });

    test.each([
      ['previous', previous, next],
      ['next', next, previous],
    ])('the %s version works, and the other one sees what it wrote', (label, writer, reader) => {
      expect(lifeOf(name, writer, label)).toEqual(LIFE);
      expect(sql(name, reader.read(label))).toBe(`${label}|t`);
      sql(name, writer.revoke(label));
      expect(sql(name, reader.read(label))).toBe(`${label}|f`);
      sql(name, writer.insert(`${label}2`, true));
      expect(sql(name, reader.read(`${label}2`))).toBe(`${label}2|t`);
    });

    test('a row that the back-fill has not reached is made right by whoever writes it', () => {
      const confirmed = (email: string): string =>
        sql(name, `SELECT email_verified, email_confirmed_at::date FROM users WHERE email = '${email}'`);
      expect(confirmed('seed1')).toBe('f|2020-01-01');
      sql(name, next.confirm('seed1'));
      sql(name, `UPDATE users SET email_confirmed_at = email_confirmed_at WHERE email = 'seed2'`);
      expect([confirmed('seed1'), confirmed('seed2')]).toEqual(['t|2020-01-01', 't|2020-01-01']);
    });

    test('the index is valid', () => {
      const valid = `SELECT indisvalid FROM pg_index WHERE indexrelid = 'users_verified_created_at'::regclass`;
      expect(sql(name, valid)).toBe('t');
    });
  });

  test('the back-fill makes every row right, also those that the previous version writes meanwhile', async () => {
    const name = harness.copyOf('expanded', 'filled');
    const client = harness.postgres.session(name);
    const run = harness.start(name, BACKFILL);
    const finished = run.result();
    let writing = true;
    finished.finally(() => {
      writing = false;
    });
    let writes = 0;
    for (; writing; writes++) {
      const email = `seed${((writes * 7919) % 60_000) + 1}`;
      client.send(writes % 2 === 0 ? previous.confirm(email) : previous.revoke(email));
      client.send(previous.insert(`during${writes}`, writes % 3 === 0));
      await sleep(1);
    }
    await client.end();
    expect(await finished).toEqual({ status: 0, output: expect.stringContaining('migrations executed: 1') });
    expect(writes).toBeGreaterThan(100);
    expect(sql(name, DISAGREEING)).toBe('0');
  });

  test('a back-fill that was killed half-way is finished by the next Job', async () => {
    const name = harness.copyOf('expanded', 'killed');
    const filled = (): number => Number(sql(name, 'SELECT count(*) FROM users WHERE email_verified'));
    const blocker = harness.postgres.session(name);
    blocker.send(`BEGIN; SELECT FROM users WHERE email = 'seed31000' FOR UPDATE`);
    const run = harness.start(name, BACKFILL);
    await until('the batch before the locked row', () => filled() === 20_000);
    // Passing the limit of 200 ms several times must not fail the file: it lets go and tries again.
    await sleep(700);
    await run.kill();
    await harness.sessionEnds(name);
    expect([filled(), harness.history(name)]).toEqual([20_000, ['1 true', '1.1 true', '1.1.1 true']]);
    blocker.send('COMMIT');
    await blocker.end();
    expect(await harness.migrate(name, BACKFILL)).toBe(1);
    expect([filled(), sql(name, DISAGREEING)]).toEqual([40_000, '0']);
  });

  test('an index build that was killed is started afresh by the next Job', async () => {
    const name = harness.copyOf('baseline', 'reindexed');
    await harness.migrate(name, EXPAND, '-target=1.1');
    const valid = `SELECT string_agg(indisvalid::text, ',') FROM pg_class
      JOIN pg_index ON indexrelid = oid WHERE relname = 'users_verified_created_at'`;
    const blocker = harness.postgres.session(name);
    blocker.send(`BEGIN; ${previous.insert('open', true)}`);
    const run = harness.start(name, EXPAND);
    await until('the unfinished index', () => sql(name, valid) === 'false');
    await run.kill();
    await harness.sessionEnds(name);
    blocker.send('COMMIT');
    await blocker.end();
    expect(sql(name, valid)).toBe('false');
    expect(await harness.migrate(name, EXPAND)).toBe(1);
    expect(sql(name, valid)).toBe('true');
  });

  test('a file that runs into a lock rolls back whole, and the next Job applies it', async () => {
    const name = harness.copyOf('baseline', 'locked');
    const reader = harness.postgres.session(name);
    reader.send('BEGIN; SELECT count(*) FROM users');
    await until(
      'the open reader',
      () => sql(name, "SELECT count(*) FROM pg_locks WHERE relation = 'users'::regclass") !== '0',
    );
    const result = await harness.run(name, EXPAND);
    expect(result).toEqual({ status: 1, output: expect.stringContaining('55P03') });
    expect(harness.history(name)).toEqual(['1 true']);
    expect(lifeOf(name, previous, 'meanwhile')).toEqual(LIFE);
    reader.send('COMMIT');
    await reader.end();
    expect(await harness.migrate(name, EXPAND)).toBe(2);
  });

  test('a file without a timeout of its own does not queue everybody behind its wait', async () => {
    const name = harness.copyOf('baseline', 'bare');
    const files = { ...EXPAND.files, 'V1.0.1__bare.sql': 'ALTER TABLE users ADD COLUMN bare int;' };
    const reader = harness.postgres.session(name);
    reader.send('BEGIN; SELECT count(*) FROM users');
    await until(
      'the open reader',
      () => sql(name, "SELECT count(*) FROM pg_locks WHERE relation = 'users'::regclass") !== '0',
    );
    const result = await harness.run(name, { ...EXPAND, files });
    expect(result).toEqual({ status: 1, output: expect.stringContaining('55P03') });
    reader.send('COMMIT');
    await reader.end();
  });

  describe('after contract', () => {
    const name = 'contracted';
    beforeAll(async () => {
      harness.copyOf('expanded', name);
      expect(await harness.migrate(name, BACKFILL)).toBe(1);
      expect(await harness.migrate(name, CONTRACT)).toBe(1);
    });

    test('the next version works, the previous one cannot', () => {
      expect(sql(name, next.read('seed1'))).toBe('seed1|t');
      expect(lifeOf(name, next, 'new')).toEqual(LIFE);
      expect(() => sql(name, previous.confirm('new'))).toThrow('column "email_confirmed_at"');
    });

    test('nothing of the change is left behind', () => {
      expect(sql(name, 'SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal')).toBe('0');
      expect(sql(name, `SELECT count(*) FROM pg_proc WHERE proname LIKE 'users%'`)).toBe('0');
    });

    test.each(Object.entries(JOBS))('running %s again does nothing', async (_, job) => {
      const before = harness.history(name);
      expect(await harness.migrate(name, job)).toBe(0);
      expect(harness.history(name)).toEqual(before);
    });

    test.each([
      ['the release before', ['1.2']],
      ['the one that had no back-fill yet', ['1.1.2', '1.2']],
    ])('a revert to %s passes, though the history is ahead of its files', async (_, versions) => {
      const reverted = without(jobOf(BEFORE, 'expand'), ...versions);
      const result = await harness.run(name, reverted, 'validate');
      expect(result).toEqual({ status: 0, output: expect.stringContaining('migrations executed: 0') });
    });

    test('a file that is missing before the last one is refused', async () => {
      const result = await harness.run(name, without(CONTRACT, '1.1'));
      expect(result).toEqual({ status: 1, output: expect.stringContaining('not resolved locally: 1.1.') });
    });
  });

  test('an empty volume is refused, not taken for a schema that is up to date', async () => {
    const name = harness.copyOf('baseline', 'unmounted');
    const result = await harness.run(name, { ...EXPAND, files: {} });
    expect(result).toEqual({ status: 1, output: expect.stringContaining('target version 1.1.1') });
  });
});
