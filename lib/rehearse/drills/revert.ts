import { compareVersions } from '../../catalog/versions';
import { reasonOf, runFlyway } from '../flyway-session';
import type { Probe } from '../probes/model';
import { type Drill, type DrillScene, drillJob, failed, passed, withCopy, wrongAfter } from './drill';

/**
 * The commit of a release is reverted: its files are gone, the history of the database is ahead of them (P50), and the version
 * before it serves again. Asked after each contract, and where everything before a contract is done.
 */
export const revert: Drill = {
  name: 'revert',
  title: 'the release is reverted: Flyway has fewer files than the history, and the version before it serves again',
  code: 'MIG031',
  concerns: (scene) =>
    scene.stage.file.phase === 'contract' || (nextPhase(scene) !== scene.stage.file.phase && isLastBefore(scene)),
  run: (scene) =>
    withCopy(scene, scene.after, async (database) => {
      const target = revertedTo(scene);
      const files = scene.world.migrations.files.filter(
        ({ version }) => version === undefined || compareVersions(version, target) <= 0,
      );
      const job = { ...drillJob(scene, database), phase: 'expand' as const, target, files };
      const outcome = await runFlyway(scene.world, { ...job, commands: ['migrate', 'validate'] });
      const back = `back to the files up to ${target}`;
      if (outcome.kind !== 'succeeded')
        return failed(
          `${back}, Flyway ${outcome.kind}: ${reasonOf(outcome.output)}`,
          'keep ignoreMigrationPatterns at *:future',
        );
      const probes = oldest(scene);
      const wrong = await wrongAfter(scene, database, probes);
      const version = probes[0]?.version ?? 'no version';
      return wrong === undefined
        ? passed(`${back}, Flyway accepts the history and does nothing, and the statements of ${version} work`)
        : failed(`${back}, ${wrong}`, 'release what removes something later, when nobody goes back to who needs it');
    }),
};

const nextPhase = ({ plan, stage }: DrillScene): string | undefined =>
  plan.stages[plan.stages.indexOf(stage) + 1]?.file.phase;

/** The last before a contract, or of all. */
const isLastBefore = (scene: DrillScene): boolean => [undefined, 'contract'].includes(nextPhase(scene));

/** The release before a contract has all files before it; the one before a change has those of the beginning. */
function revertedTo({ plan, stage }: DrillScene): string {
  const before = plan.stages.slice(0, plan.stages.indexOf(stage));
  if (stage.file.phase === 'contract') return before.at(-1)?.file.version ?? plan.base;
  return before.filter(({ file }) => file.phase === 'contract').at(-1)?.file.version ?? plan.base;
}

/** The statements of the oldest version that may still run. */
function oldest({ stage, probes }: DrillScene): readonly Probe[] {
  const [version] = stage.versions;
  return version === undefined ? probes : probes.filter((probe) => probe.version === version);
}
