import { lstatSync } from 'node:fs';

/** Loaded when there is something to swap: most runs have nothing, and loading it takes longer than looking at a thousand files. */
const loadChildProcess = (): typeof import('node:child_process') => require('node:child_process');

/**
 * The call that swaps two paths: its number, the value that means "from the working directory", the flag; and the number of
 * prctl where the system can end a process together with its parent.
 */
interface SwapCall {
  readonly number: number;
  readonly cwd: number;
  readonly flag: number;
  readonly prctl?: number;
}

/**
 * renameat2(…, RENAME_EXCHANGE) by architecture (Linux: asm/unistd_64.h, asm-generic/unistd.h, linux/fs.h) and
 * renameatx_np(…, RENAME_SWAP) (macOS: sys/syscall.h, sys/stdio.h). A system not listed has the fallback.
 */
const CALLS: Readonly<Record<string, SwapCall>> = {
  'linux-x64': { number: 316, cwd: -100, flag: 2, prctl: 157 },
  'linux-arm64': { number: 276, cwd: -100, flag: 2, prctl: 167 },
  'darwin-x64': { number: 488, cwd: -2, flag: 2 },
  'darwin-arm64': { number: 488, cwd: -2, flag: 2 },
};

/**
 * Ctrl-C reaches the whole process group: the child ignores it, so that the swap is never half asked for. A child whose parent
 * was killed must not swap any more: the next run may be removing what it would put in the place of the tree. PR_SET_PDEATHSIG
 * (1) has the kernel end it (SIGKILL, 9) before the parent counts as gone; a parent that was gone before is told by its number.
 */
const script = ({ number, cwd, flag, prctl }: SwapCall): string =>
  [
    `$SIG{INT} = $SIG{TERM} = 'IGNORE';`,
    prctl === undefined ? '' : `syscall(${prctl}, 1, 9, 0, 0, 0);`,
    `exit 1 if getppid() != $ARGV[2];`,
    `exit(syscall(${number}, ${cwd}, $ARGV[0], ${cwd}, $ARGV[1], ${flag}) == 0 ? 0 : 1)`,
  ].join(' ');

const inode = (path: string): bigint => lstatSync(path, { bigint: true }).ino;

/**
 * Swaps two directories of one file system in one step: at no moment is either name absent.
 * Node has no binding for the call, so perl makes it; perl comes with git on Debian and with macOS.
 * Gives false, with nothing changed, where there is no perl, or the kernel, the file system or a sandbox refuses.
 * Whether it happened is read from the inodes and not from the exit code: a child killed after the call has swapped.
 */
export const exchange = (one: string, other: string): boolean => {
  const call = CALLS[`${process.platform}-${process.arch}`];
  if (call === undefined) return false;
  const before = inode(one);
  if (before === inode(other)) return false;
  loadChildProcess().spawnSync('perl', ['-e', script(call), '--', one, other, String(process.pid)], {
    stdio: 'ignore',
    env: { PATH: process.env.PATH ?? '' },
    timeout: 10_000,
    killSignal: 'SIGKILL',
  });
  return inode(other) === before;
};
