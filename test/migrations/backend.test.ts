import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeWith } from '../tools/commands';
import { buildFlyway, configMapVolume, type FlywayResult, FlywayRun, missingForFlyway } from '../tools/flyway/flyway';
import { jobEnvironment } from '../tools/flyway/job-environment';
import { findPostgres, Postgres } from '../tools/postgres';
import { DISAGREEING, next, previous, SEED, type Version } from './statements';

const SAMPLE = join(__dirname, '../../migrations/backend');
const PHASES = ['expand', 'backfill', 'contract'] as const;
type Phase = (typeof PHASES)[number];

const bin = findPostgres();
const missing = [...(bin === undefined ? ['postgres'] : []), ...missingForFlyway()];

const byNumber = new Intl.Collator('en', { numeric: true }).compare;

/** The versions that a phase declares, in Flyway's order. */
function versionsOf(phase: Phase): string[] {
  const versions = readdirSync(join(SAMPLE, phase)).map((file) => /^V([\d.]+)__\w+\.sql$/.exec(file)?.[1]);
  return versions.filter((version) => version !== undefined).sort(byNumber);
}

/** The target of a phase's Job: its last version. */
const targetOf = (phase: Phase): string => versionsOf(phase).at(-1) ?? '';
const TARGET = { expand: targetOf('expand'), backfill: targetOf('backfill'), contract: targetOf('contract') };

/** The files of a release that has come as far as a phase. */
function filesUpTo(phase: Phase): string[] {
  const folders = PHASES.slice(0, PHASES.indexOf(phase) + 1).map((name) => join(SAMPLE, name));
  return folders.flatMap((folder) => readdirSync(folder).map((file) => join(folder, file)));
}

let scratch: string;
let classPath: string;
let postgres: Postgres;
const volumes = new Map<string, string>();

/** The mounted ConfigMap of a release. */
function volume(files: readonly string[]): string {
  const key = files.join();
  const folder = volumes.get(key) ?? configMapVolume(join(scratch, `volume${volumes.size}`), files);
  volumes.set(key, folder);
  return folder;
}

function start(database: string, args: readonly string[], files = filesUpTo('contract')): FlywayRun {
  const connection = { host: '127.0.0.1', port: postgres.port, user: postgres.user, password: postgres.password };
  return new FlywayRun(classPath, jobEnvironment({ ...connection, database }, volume(files)), args);
}

const flyway = (database: string, args: readonly string[], files?: readonly string[]): Promise<FlywayResult> =>
  start(database, args, files === undefined ? undefined : [...files]).result();

/** Runs Flyway, which must succeed, and returns how many files it executed. */
async function migrate(database: string, target: string): Promise<number> {
  const result = await flyway(database, ['migrate', `-target=${target}`]);
  expect(result).toEqual({ status: 0, output: expect.stringContaining('migrations executed: ') });
  return Number(/migrations executed: (\d+)/.exec(result.output)?.[1]);
}

const sql = (database: string, statements: string): string => postgres.psql(database, statements);

/** A database of its own for a test: a copy of one that `beforeAll` prepared. */
function copyOf(template: 'baseline' | 'expanded', name: string): string {
  postgres.psql('postgres', `CREATE DATABASE ${name} TEMPLATE ${template}`);
  return name;
}

/** `baseline`: the first version and rows of the time before the change. `expanded`: the same after the first phase. */
async function prepareTemplates(): Promise<void> {
  postgres.psql('postgres', 'CREATE DATABASE baseline');
  await migrate('baseline', '1');
  sql('baseline', SEED);
  await migrate(copyOf('baseline', 'expanded'), TARGET.expand);
}

const HISTORY = `SELECT version || ' ' || success FROM flyway_schema_history WHERE version IS NOT NULL
  ORDER BY installed_rank`;
const history = (name: string): string[] => sql(name, HISTORY).split('\n');

/** Polls, because what is waited for happens in another process. */
async function until(what: string, condition: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 15_000; !condition(); ) {
    if (Date.now() > deadline) {
      throw new Error(`not seen within 15 s: ${what}`);
    }
    await sleep(50);
  }
}

/** The server must not work on for a Job that is gone: it would hold Flyway's lock meanwhile. */
function sessionEnds(name: string): Promise<void> {
  const sessions = `SELECT count(*) FROM pg_stat_activity WHERE datname = '${name}' AND application_name = 'flyway'`;
  return until('the end of the session of the killed Job', () => sql(name, sessions) === '0');
}

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
    scratch = mkdtempSync(join(tmpdir(), 'cutover-migrations-'));
    classPath = buildFlyway();
    postgres = await Postgres.start(bin ?? '');
    await prepareTemplates();
  }, 300_000);

  afterAll(async () => {
    await postgres?.stop();
    rmSync(scratch, { recursive: true, force: true });
  });

  test('a phase is a prefix of the history', () => {
    const versions = PHASES.flatMap(versionsOf);
    expect(versions).toEqual([...versions].sort(byNumber));
    expect(versions).toContain('1.1');
  });

  test('every prefix but the contract serves the previous version', async () => {
    const name = copyOf('baseline', 'prefixes');
    expect(lifeOf(name, previous, 'before')).toEqual(LIFE);
    for (const target of [...versionsOf('expand').slice(1), ...versionsOf('backfill')]) {
      expect(await migrate(name, target)).toBe(1);
      expect([target, ...lifeOf(name, previous, `old${target}`)]).toEqual([target, ...LIFE]);
    }
  });

  describe('after expand', () => {
    const name = 'shared';
    beforeAll(() => {
      copyOf('expanded', name);
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
    const name = copyOf('expanded', 'filled');
    const client = postgres.session(name);
    const run = start(name, ['migrate', `-target=${TARGET.backfill}`]);
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
    const name = copyOf('expanded', 'killed');
    const filled = (): number => Number(sql(name, 'SELECT count(*) FROM users WHERE email_verified'));
    const blocker = postgres.session(name);
    blocker.send(`BEGIN; SELECT FROM users WHERE email = 'seed31000' FOR UPDATE`);
    const run = start(name, ['migrate', `-target=${TARGET.backfill}`]);
    await until('the batch before the locked row', () => filled() === 20_000);
    // Passing the limit of 200 ms several times must not fail the file: it lets go and tries again.
    await sleep(700);
    await run.kill();
    await sessionEnds(name);
    expect([filled(), history(name)]).toEqual([20_000, ['1 true', '1.1 true', '1.1.1 true']]);
    blocker.send('COMMIT');
    await blocker.end();
    expect(await migrate(name, TARGET.backfill)).toBe(1);
    expect([filled(), sql(name, DISAGREEING)]).toEqual([40_000, '0']);
  });

  test('an index build that was killed is started afresh by the next Job', async () => {
    const name = copyOf('baseline', 'reindexed');
    await migrate(name, '1.1');
    const valid = `SELECT string_agg(indisvalid::text, ',') FROM pg_class
      JOIN pg_index ON indexrelid = oid WHERE relname = 'users_verified_created_at'`;
    const blocker = postgres.session(name);
    blocker.send(`BEGIN; ${previous.insert('open', true)}`);
    const run = start(name, ['migrate', `-target=${TARGET.expand}`]);
    await until('the unfinished index', () => sql(name, valid) === 'false');
    await run.kill();
    await sessionEnds(name);
    blocker.send('COMMIT');
    await blocker.end();
    expect(sql(name, valid)).toBe('false');
    expect(await migrate(name, TARGET.expand)).toBe(1);
    expect(sql(name, valid)).toBe('true');
  });

  test('a file that runs into a lock rolls back whole, and the next Job applies it', async () => {
    const name = copyOf('baseline', 'locked');
    const reader = postgres.session(name);
    reader.send('BEGIN; SELECT count(*) FROM users');
    await until(
      'the open reader',
      () => sql(name, "SELECT count(*) FROM pg_locks WHERE relation = 'users'::regclass") !== '0',
    );
    const result = await flyway(name, ['migrate', `-target=${TARGET.expand}`]);
    expect(result).toEqual({ status: 1, output: expect.stringContaining('55P03') });
    expect(history(name)).toEqual(['1 true']);
    expect(lifeOf(name, previous, 'meanwhile')).toEqual(LIFE);
    reader.send('COMMIT');
    await reader.end();
    expect(await migrate(name, TARGET.expand)).toBe(2);
  });

  describe('after contract', () => {
    const name = 'contracted';
    beforeAll(() => migrate(copyOf('expanded', name), TARGET.contract));

    test('the next version works, the previous one cannot', () => {
      expect(sql(name, next.read('seed1'))).toBe('seed1|t');
      expect(lifeOf(name, next, 'new')).toEqual(LIFE);
      expect(() => sql(name, previous.confirm('new'))).toThrow('column "email_confirmed_at"');
    });

    test('nothing of the change is left behind', () => {
      expect(sql(name, 'SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal')).toBe('0');
      expect(sql(name, `SELECT count(*) FROM pg_proc WHERE proname LIKE 'users%'`)).toBe('0');
    });

    test.each(PHASES)('running %s again does nothing', async (phase) => {
      const before = history(name);
      expect(await migrate(name, TARGET[phase])).toBe(0);
      expect(history(name)).toEqual(before);
    });

    test.each(['expand', 'backfill'] as const)('a revert to a release that ends with %s passes', async (phase) => {
      const commands = ['validate', 'migrate', `-target=${TARGET[phase]}`];
      const result = await flyway(name, commands, filesUpTo(phase));
      expect(result).toEqual({ status: 0, output: expect.stringContaining('migrations executed: 0') });
    });

    test('a file that is missing before the last one is refused', async () => {
      const files = filesUpTo('contract').filter((file) => !basename(file).startsWith('V1.1__'));
      const result = await flyway(name, ['migrate', `-target=${TARGET.contract}`], files);
      expect(result).toEqual({ status: 1, output: expect.stringContaining('not resolved locally: 1.1.') });
    });
  });

  test('an empty volume is refused, not taken for a schema that is up to date', async () => {
    const name = copyOf('baseline', 'unmounted');
    const result = await flyway(name, ['migrate', `-target=${TARGET.expand}`], []);
    expect(result).toEqual({ status: 1, output: expect.stringContaining('target version 1.1.1') });
  });
});
