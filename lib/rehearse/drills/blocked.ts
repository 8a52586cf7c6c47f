import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { quoted } from '../connect';
import { type FlywayOutcome, FlywaySession, reasonOf, runFlyway } from '../flyway-session';
import { longest } from '../measure';
import { Load } from '../probes/load';
import type { Sample } from '../probes/model';
import { stopsWriters } from '../watch/locks';
import {
  type Drill,
  type DrillResult,
  type DrillScene,
  drillJob,
  failed,
  lasted,
  passed,
  withClient,
  withCopy,
  wrongAfter,
} from './drill';

/** How long the transaction stays open at the most, in milliseconds: longer than any lock_timeout that is worth its name. */
const OPEN_MS = 5000;

/**
 * A transaction that has read and written the table stays open, as of a client that hangs. The migration must give up soon, or
 * wait without a lock that others queue behind; when the transaction is over it must get through.
 */
export const blocked: Drill = {
  name: 'blocked',
  title: 'a long transaction is open on the table that the migration locks',
  code: 'MIG033',
  concerns: (scene) => tableOf(scene) !== undefined,
  run: (scene) =>
    withCopy(scene, scene.before, async (database) => {
      const table = tableOf(scene) ?? '';
      const { outcome, samples } = await runBlocked(scene, database, table);
      const again = outcome.kind === 'succeeded' ? outcome : await runFlyway(scene.world, drillJob(scene, database));
      const wrong = again.kind === 'succeeded' ? await wrongAfter(scene, database) : undefined;
      return judge(scene, table, { outcome, again, samples, wrong });
    }),
};

/** The table on which it took the strongest lock; where none was seen, as its text says. What the file makes itself is nobody's. */
function tableOf({ run, seededTables, locks }: DrillScene): string | undefined {
  const strong = run.report.statements.filter(({ lock }) => lock !== null && stopsWriters(lock));
  const seen = strong.find(({ lock }) => lock === 'ACCESS EXCLUSIVE') ?? strong[0];
  return [seen?.lockedRelation, ...locks].find((table) => table != null && seededTables.has(table)) ?? undefined;
}

async function runBlocked(
  scene: DrillScene,
  database: string,
  table: string,
): Promise<{ readonly outcome: FlywayOutcome; readonly samples: readonly Sample[] }> {
  const { world, probes, clients } = scene;
  const { schema } = world.migrations.database;
  return withClient(scene, database, async (blocker) => {
    const load = await Load.start(probes, { account: world.server.migrator, database, schema, clients });
    try {
      await open(blocker, table);
      const session = await FlywaySession.start(world, drillJob(scene, database));
      const ended = session.outcome();
      await Promise.race([ended, lockedFor(session)]);
      await blocker.query('COMMIT');
      const outcome = await ended;
      return { outcome, samples: load.samples };
    } finally {
      await load.stop();
    }
  });
}

/** Holds a snapshot and the locks of a reader and of a writer, but no row: only the migration can be in the way of others. */
async function open(blocker: Client, table: string): Promise<void> {
  await blocker.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
  await blocker.query(`SELECT FROM ${quoted(table)} LIMIT 1`);
  await blocker.query(`LOCK TABLE ${quoted(table)} IN ROW EXCLUSIVE MODE`);
}

/** The time that the transaction stays open, from the moment at which the migration waits for it. */
async function lockedFor(session: FlywaySession): Promise<void> {
  for (let tries = 0; tries < 600 && (await session.watch.blocked()).length === 0; tries += 1) await sleep(50);
  await sleep(OPEN_MS);
}

interface Blocked {
  readonly outcome: FlywayOutcome;
  readonly again: FlywayOutcome;
  readonly samples: readonly Sample[];
  readonly wrong: string | undefined;
}

function judge({ maxWaitMs }: DrillScene, table: string, { outcome, again, samples, wrong }: Blocked): DrillResult {
  const wait = Math.round(Math.max(longest(samples, 'read'), longest(samples, 'write')));
  const failures = samples.filter(({ failure }) => failure !== undefined).length;
  const gaveUp = outcome.statements.find(({ error }) => error !== undefined)?.error?.sqlState;
  const did =
    outcome.kind === 'succeeded'
      ? `behind an open transaction on ${table} it got through in ${lasted(outcome)}`
      : `behind an open transaction on ${table} it gave up (${gaveUp ?? outcome.kind})`;
  const others = `nobody waited longer than ${wait} ms`;
  if (wait > maxWaitMs || failures > 0)
    return failed(
      `${did}, and meanwhile somebody waited ${wait} ms${failures > 0 ? ` and ${failures} calls failed` : ''}`,
      `everybody queues behind a statement that waits for a lock: SET LOCAL lock_timeout = '500ms' before it, and let the Job try again`,
    );
  if (again.kind !== 'succeeded')
    return failed(
      `${did}, and the next run ${again.kind}: ${reasonOf(again.output)}`,
      'a file without a transaction that gave up needs a repair: SET lock_timeout = 0 where nobody queues behind the wait',
    );
  if (wrong !== undefined)
    return failed(`${did}, and afterwards ${wrong}`, 'what the first run left must not be taken for done');
  return passed(
    outcome.kind === 'succeeded' ? `${did}, and ${others}` : `${did}, ${others}, and the next run succeeded`,
  );
}
