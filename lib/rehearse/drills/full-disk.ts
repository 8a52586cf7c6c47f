import { execFileSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, literal, quoted } from '../connect';
import { reasonOf, runFlyway } from '../flyway-session';
import { serverAccount } from '../server/local';
import {
  type Drill,
  type DrillResult,
  type DrillScene,
  drillJob,
  failed,
  firstFailure,
  passed,
  skipped,
  withClient,
  wrongAfter,
} from './drill';

/** What a migration must need to be worth it, in bytes. */
const LEAST_BYTES = 2 * 1024 * 1024;

/**
 * The disk fills up while the migration writes: the database is copied to a file system in memory that has an eighth of what the
 * migration needed. Readers must go on; when there is room again, the next run must get through, after a repair at the most.
 */
export const fullDisk: Drill = {
  name: 'full-disk',
  title: 'the disk is full in the middle of the file, and gets room again',
  code: 'MIG034',
  concerns: () => true,
  run: async (scene) => {
    if (scene.world.server.local === undefined) return skipped('the server was given, and its disk is not filled');
    if (process.getuid?.() !== 0) return skipped('only root can mount a small file system');
    const [before, after] = [await sizeOf(scene, scene.before), await sizeOf(scene, scene.after)];
    const needed = after - before;
    if (needed < LEAST_BYTES) return skipped(`it needs ${mebibytes(needed)} only`);
    const folder = mkdtempSync(join(tmpdir(), 'cutover-disk-'));
    try {
      if (!mount(folder, before + 4 * needed)) return skipped('a small file system cannot be mounted here');
      return await onDisk(scene, folder, needed);
    } finally {
      unmount(folder);
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

const mebibytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MiB`;

function sizeOf(scene: DrillScene, database: string): Promise<number> {
  return withClient(scene, database, async (client) => {
    const { rows } = await client.query<{ size: string }>('SELECT pg_database_size(current_database()) AS size');
    return Number(rows[0]?.size ?? 0);
  });
}

function mount(folder: string, bytes: number): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', folder], { stdio: 'ignore' });
    const { uid, gid } = serverAccount();
    if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
    return true;
  } catch {
    return false;
  }
}

const resize = (folder: string, bytes: number): void => {
  execFileSync('mount', ['-o', `remount,size=${Math.round(bytes)}`, folder], { stdio: 'ignore' });
};

/** What its files take, in bytes. */
function usedBytes(folder: string): number {
  const { blocks, bfree, bsize } = statfsSync(folder);
  return (blocks - bfree) * bsize;
}

function unmount(folder: string): void {
  try {
    execFileSync('umount', [folder], { stdio: 'ignore' });
  } catch {
    // Nothing was mounted, or a file is open for a moment longer: it goes with the server.
    execFileSync('umount', ['-l', folder], { stdio: 'ignore' });
  }
}

/** Runs on a copy in a tablespace of the small file system. */
async function onDisk(scene: DrillScene, folder: string, needed: number): Promise<DrillResult> {
  const { server, databases } = scene.world;
  const space = `small_${Date.now()}`;
  const admin = await connect(server.admin, server.database, { name: 'cutover' });
  try {
    await admin.query(`CREATE TABLESPACE ${quoted(space)} LOCATION ${literal(folder)}`);
    await admin.query(`GRANT CREATE ON TABLESPACE ${quoted(space)} TO ${quoted(server.migrator.user)}`);
    const database = await databases.copy(scene.before, space);
    try {
      // Sessions write a cache of the catalog when there is none, and on a full disk cannot begin without it. Everybody has one.
      await withClient(scene, database, (client) => firstFailure(client, scene.probes));
      // Only now the files of the copy are on the disk.
      await admin.query('CHECKPOINT');
      const used = usedBytes(folder);
      resize(folder, used + needed / 8);
      return await fill(scene, database, () => resize(folder, used + 4 * needed));
    } finally {
      await databases.drop(database);
      await admin.query(`DROP TABLESPACE ${quoted(space)}`);
    }
  } finally {
    await admin.end();
  }
}

async function fill(scene: DrillScene, database: string, makeRoom: () => void): Promise<DrillResult> {
  const job = drillJob(scene, database);
  const full = await runFlyway(scene.world, job);
  if (full.kind === 'succeeded') return skipped('it got through with the room that there was');
  const reason = full.statements.find(({ error }) => error !== undefined)?.error?.sqlState ?? full.kind;
  const readers = scene.probes.filter(({ kind }) => kind === 'read');
  const broken = await withClient(scene, database, (client) => firstFailure(client, readers));
  if (broken !== undefined)
    return failed(
      `it failed on the full disk (${reason}), and ${broken}`,
      'nothing that is read may be taken away by half a file',
    );
  makeRoom();
  const again = await runFlyway(scene.world, job);
  const repaired =
    again.kind === 'succeeded' ? again : await runFlyway(scene.world, { ...job, commands: ['repair', 'migrate'] });
  if (repaired.kind !== 'succeeded')
    return failed(
      `it failed on the full disk (${reason}), and with room again the next run ${repaired.kind}: ${reasonOf(repaired.output)}`,
      'write the file so that it can run twice',
    );
  const wrong = await wrongAfter(scene, database);
  if (wrong !== undefined)
    return failed(
      `it failed on the full disk (${reason}), and done again ${wrong}`,
      'what the first run left must not be taken for done',
    );
  const how = again.kind === 'succeeded' ? 'the next run succeeded' : 'flyway repair and the next run succeeded';
  return passed(`it failed on the full disk (${reason}), readers went on, and with room again ${how}`);
}
