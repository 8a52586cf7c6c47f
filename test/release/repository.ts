import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Edits, edited, MINIMAL, MINIMAL_FILES, workspace } from '../catalog/minimal';
import { ROOT } from '../tools/root';

const IDENTITY = ['Test', 'test@example.com'] as const;
const [NAME, EMAIL] = IDENTITY;

export function git(folder: string, ...args: readonly string[]): string {
  const env = {
    ...process.env,
    GIT_AUTHOR_NAME: NAME,
    GIT_AUTHOR_EMAIL: EMAIL,
    GIT_COMMITTER_NAME: NAME,
    GIT_COMMITTER_EMAIL: EMAIL,
  };
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: folder, encoding: 'utf8', env });
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  return stdout.trim();
}

export function synth(folder: string): void {
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'lib/cli/launch.cjs'), 'synth'], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
}

/** A repository with a catalog and what is rendered from it, in one commit: web at 1.4.0, api at 1.8.0. */
export function newRepository(): string {
  const catalog = edited(MINIMAL, {
    'environments/production/versions/api': '1.8.0',
    'environments/staging/versions/api': '1.8.0',
  });
  const folder = workspace({ ...MINIMAL_FILES, 'services.json': `${JSON.stringify(catalog, null, 2)}\n` });
  git(folder, 'init', '--quiet', '--initial-branch=main');
  git(folder, 'config', 'user.name', NAME);
  git(folder, 'config', 'user.email', EMAIL);
  synth(folder);
  commitAll(folder, 'Begin');
  return folder;
}

/** Changes the catalog, renders it and commits both; gives the commit. */
export function release(folder: string, subject: string, edits: Edits): string {
  const file = join(folder, 'services.json');
  writeFileSync(file, `${JSON.stringify(edited(JSON.parse(readFileSync(file, 'utf8')), edits), null, 2)}\n`);
  synth(folder);
  return commitAll(folder, subject);
}

export function commitAll(folder: string, subject: string): string {
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message', subject);
  return git(folder, 'rev-parse', 'HEAD');
}

const copies: string[] = [];

export function copyOf(folder: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'cutover-repository-'));
  copies.push(copy);
  cpSync(folder, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}

export function removeCopies(): void {
  for (const copy of copies) rmSync(copy, { recursive: true, force: true });
}
