import { FlywaySession, reasonOf } from '../flyway-session';
import { type Drill, drillJob, failed, passed, withCopy, wrongAfter } from './drill';

/**
 * Two Jobs at once, as after a node that was lost and came back. Flyway takes its lock anew for each file (13.12
 * core/internal/command/DbMigrate, migrateAll), so the second may run what the first has left between two files: every file once is right.
 */
export const together: Drill = {
  name: 'together',
  title: 'two runs begin at the same moment',
  code: 'MIG032',
  concerns: ({ plan, stage }) => plan.stages.at(-1) === stage,
  run: (scene) =>
    withCopy(scene, scene.base, async (database) => {
      const job = drillJob(scene, database);
      const sessions = await Promise.all([1, 2].map(() => FlywaySession.start(scene.world, job)));
      const outcomes = await Promise.all(sessions.map((session) => session.outcome()));
      const bad = outcomes.find(({ kind }) => kind !== 'succeeded');
      if (bad !== undefined)
        return failed(
          `one of two runs ${bad.kind}: ${reasonOf(bad.output)}`,
          'let no file end the session that has the lock',
        );
      const executed = outcomes.map((outcome) => outcome.executed).sort((a, b) => b - a);
      const all = scene.plan.stages.length;
      const shares = `two runs executed ${executed.join(' and ')} of ${all} files`;
      if (executed.reduce((sum, files) => sum + files, 0) !== all)
        return failed(shares, 'look into the history: each file must stand in it once');
      const wrong = await wrongAfter(scene, database);
      return wrong === undefined
        ? passed(`${shares}, each once`)
        : failed(`after two runs ${wrong}`, 'look into the history: each file must stand in it once');
    }),
};
