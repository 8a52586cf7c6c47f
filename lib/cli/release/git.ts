import { spawnSync } from 'node:child_process';
import { ReleaseFault, releaseFault } from '../../release/fault';

/** A Git repository, by the commands that read it and the few that make a branch in a working tree of its own. */
export class Git {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** What a command prints; undefined where it fails. */
  try(...args: readonly string[]): string | undefined {
    const { status, stdout } = this.start(args);
    return status === 0 ? stdout : undefined;
  }

  /** Whether one commit is behind another; undefined where one of them is not known here. */
  isAncestor(commit: string, of: string): boolean | undefined {
    const { status } = this.start(['merge-base', '--is-ancestor', commit, of]);
    return status === 0 ? true : status === 1 ? false : undefined;
  }

  /** What a command prints; where it fails, a ReleaseFault with Git's own words. */
  run(...args: readonly string[]): string {
    const { status, stdout, stderr, error } = this.start(args);
    if (status === 0) return stdout;
    const words = error?.message ?? stderr.trim().split('\n').slice(0, 5).join('; ');
    throw new ReleaseFault(releaseFault('REL031', this.folder, `git ${args[0]}: ${words}`));
  }

  private start(args: readonly string[]) {
    return spawnSync('git', args, {
      cwd: this.folder,
      encoding: 'utf8',
      maxBuffer: 256 * 1024 * 1024,
      // Words that can be relied on, and no question that nobody sees.
      env: { ...process.env, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0' },
    });
  }
}
