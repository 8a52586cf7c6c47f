import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Git } from './git';

/** A branch in a working tree of its own, so that nothing of the user's own tree is touched. */
export interface WorkTree {
  readonly git: Git;
  readonly folder: string;
  readonly branch: string;
}

/** Makes a branch at HEAD and does something in a tree of it; the tree goes afterwards, and the branch too where that fails. */
export function inWorkTree<T>(repository: Git, branch: string, work: (tree: WorkTree) => T): T {
  const folder = join(mkdtempSync(join(tmpdir(), 'cutover-rollback-')), 'tree');
  let kept = false;
  try {
    repository.run('worktree', 'add', '--quiet', '-b', branch, folder, 'HEAD');
    const done = work({ git: new Git(folder), folder, branch });
    kept = true;
    return done;
  } finally {
    repository.try('worktree', 'remove', '--force', folder);
    if (!kept) repository.try('branch', '--delete', '--force', branch);
    rmSync(resolve(folder, '..'), { recursive: true, force: true });
  }
}

/** Renders the catalog of a folder with this product; gives what it said. */
export function synthIn(folder: string): { readonly ok: boolean; readonly said: string } {
  // The launcher tells where it keeps its bundles, which is in the folder of the product.
  const root = resolve(process.env.CUTOVER_CACHE ?? 'node_modules/.cache/cutover', '../../..');
  const { CDK8S_OUTDIR: _, ...env } = process.env;
  const launcher = join(root, 'lib/cli/launch.cjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [launcher, 'synth'], {
    cwd: folder,
    encoding: 'utf8',
    env,
  });
  return { ok: status === 0, said: `${stdout}${stderr}` };
}
