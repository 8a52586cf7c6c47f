import type { Diagnostic } from '../../diagnostic/diagnostic';
import { now } from '../clock';
import { finding } from '../finding';
import type { DrillReport } from '../report/report';
import { blocked } from './blocked';
import type { Drill, DrillResult, DrillScene } from './drill';
import { fullDisk } from './full-disk';
import { kill } from './kill';
import { revert } from './revert';
import { together } from './together';

/** Every drill, in the order in which they run. */
export const DRILLS: readonly Drill[] = [kill, blocked, fullDisk, revert, together];

/** Runs the drills that are asked for and say something about this migration. */
export async function runDrills(
  scene: DrillScene,
  names: readonly string[],
  progress: (what: string) => void,
): Promise<{ readonly reports: readonly DrillReport[]; readonly findings: readonly Diagnostic[] }> {
  const reports: DrillReport[] = [];
  const findings: Diagnostic[] = [];
  const { file, path } = { file: scene.stage.file, path: scene.stage.path };
  for (const drill of DRILLS) {
    if (!names.includes(drill.name) || !drill.concerns(scene)) continue;
    progress(`${file.name}: ${drill.title}`);
    const began = now();
    const result = await told(() => drill.run(scene));
    const { verdict, told: sentence } = result;
    reports.push({
      name: drill.name,
      migration: file.version,
      verdict,
      told: sentence,
      seconds: Math.round((now() - began) / 100) / 10,
    });
    if (verdict === 'failed')
      findings.push(
        finding(drill.code, scene.path, `${file.name}, ${drill.name}: ${sentence}`, {
          hint: result.hint ?? 'see docs/how-to/rehearse-a-migration.md',
          position: { file: path, line: 1, column: 1 },
        }),
      );
  }
  return { reports, findings };
}

/** A drill that breaks off for a reason of its own has not passed. */
async function told(run: () => Promise<DrillResult>): Promise<DrillResult> {
  try {
    return await run();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { verdict: 'failed', told: `the drill broke off: ${why}`, hint: 'rehearse again; if it stays, report it' };
  }
}
