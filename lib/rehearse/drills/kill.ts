import { setTimeout as sleep } from 'node:timers/promises';
import { now } from '../clock';
import { FlywaySession, reasonOf, runFlyway } from '../flyway-session';
import { ms } from '../report/markup';
import type { StatementReport } from '../report/report';
import { isStatement } from '../stage';
import {
  type Drill,
  type DrillScene,
  drillJob,
  failed,
  lasted,
  passed,
  seconds,
  withClient,
  withCopy,
  wrongAfter,
} from './drill';

/** The longest time that it is let work before it is killed, in milliseconds. */
const LONGEST_MS = 5000;

/** The time in which the server has to notice that the client is gone, in milliseconds: client_connection_check_interval is 2 s. */
const NOTICED_MS = 15_000;

/**
 * Kills Flyway in the middle of the longest statement of the file, and runs it again. The answer to that statement is held
 * back, so that the file cannot be done before it is killed, however short it is.
 */
export const kill: Drill = {
  name: 'kill',
  title: 'Flyway is killed in the middle of the file, and runs again',
  code: 'MIG030',
  concerns: ({ run }) => run.report.statements.length > 0,
  run: (scene) =>
    withCopy(scene, scene.before, async (database) => {
      const statement = longestOf(scene);
      const halfMs = Math.min(statement.ms / 2, LONGEST_MS);
      const at = `killed ${ms(halfMs)} into line ${statement.line}`;
      if (!(await killAt(scene, database, statement, halfMs)))
        return failed(
          `line ${statement.line} was never reached`,
          'rehearse again: the file did something else this time',
        );
      const goneMs = await sessionGone(scene, database);
      if (goneMs === undefined)
        return failed(
          `${at}, the server worked on for more than ${seconds(NOTICED_MS)}, with Flyway's lock`,
          'set client_connection_check_interval on the server: PostgreSQL before 14 does not know it',
        );
      const again = await runFlyway(scene.world, drillJob(scene, database));
      if (again.kind !== 'succeeded')
        return failed(
          `${at}, the next run ${again.kind}: ${reasonOf(again.output)}`,
          'write the file so that it can run twice: IF NOT EXISTS, DROP INDEX CONCURRENTLY IF EXISTS first, one transaction where that is possible',
        );
      const wrong = await wrongAfter(scene, database);
      return wrong === undefined
        ? passed(`${at}; the server let go after ${seconds(goneMs)}, and the next run finished in ${lasted(again)}`)
        : failed(`${at} and run again, but ${wrong}`, 'what the first run left must not be taken for done');
    }),
};

const longestOf = ({ run }: DrillScene): StatementReport =>
  run.report.statements.reduce((longest, one) => (one.ms > longest.ms ? one : longest));

/** Whether the statement was reached and Flyway killed in it. */
async function killAt(
  scene: DrillScene,
  database: string,
  statement: StatementReport,
  afterMs: number,
): Promise<boolean> {
  const planned = scene.stage.statements.find(({ line }) => line === statement.line);
  let killing: Promise<void> | undefined;
  const session = await FlywaySession.start(scene.world, drillJob(scene, database), (text) => {
    if (planned === undefined || killing !== undefined || !isStatement(planned.text, text)) return;
    session.watch.hold();
    killing = sleep(afterMs).then(() => session.kill());
  });
  await session.outcome();
  await killing;
  return killing !== undefined;
}

/** How long the server took to end the session of the killed one; undefined when it did not. */
function sessionGone(scene: DrillScene, database: string): Promise<number | undefined> {
  return withClient(scene, database, async (client) => {
    for (const began = now(); now() - began < NOTICED_MS; await sleep(50)) {
      const { rowCount } = await client.query(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'flyway'`,
      );
      if (rowCount === 0) return now() - began;
    }
    return undefined;
  });
}
