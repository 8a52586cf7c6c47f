import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import type { Peer } from './peers/peer';

/** What makes every start of Node dearer, that of `node -e 0` as that of Cutover: what both cost over it is told too low by ratios. */
const AT_EVERY_START = ['NODE_EXTRA_CA_CERTS', 'NODE_OPTIONS'] as const;

/** Cores, memory, system, and what is set for every start of Node, in one line. */
export function describeMachine(): string {
  const cores = os.availableParallelism();
  const gibibytes = Math.round(os.totalmem() / 2 ** 30);
  const set = AT_EVERY_START.filter((name) => process.env[name]);
  const starts = set.length === 0 ? '' : `; set for every start of Node: ${set.join(', ')}`;
  return `${cores} core${cores === 1 ? '' : 's'}, ${gibibytes} GiB, ${os.type()} ${os.release().split('-')[0]} ${os.arch()}${starts}`;
}

/** The version that a peer tells: the first thing in its answer that looks like one. */
export function versionOf(peer: Peer, repository: string): string {
  const [command = '', ...given] = peer.version;
  const { stdout } = spawnSync(command === 'node' ? process.execPath : command, given, {
    cwd: repository,
    encoding: 'utf8',
  });
  return /\d+\.\d+(\.\d+)?/.exec(stdout ?? '')?.[0] ?? 'unknown';
}

/** Space that the largest catalogs and all that is made of them take. */
const SPACE = 8 * 2 ** 30;

/**
 * A folder in memory where the system has one: a disk's file system makes new files up to ten times dearer for minutes after
 * others were deleted (ext4 passes over inodes just freed), which would be measured as if it were the tools' doing.
 */
export function workFolder(): string {
  const memory = '/dev/shm';
  if (!fs.existsSync(memory)) return os.tmpdir();
  const { bavail, bsize } = fs.statfsSync(memory);
  return bavail * bsize > SPACE ? memory : os.tmpdir();
}
