import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { errnoOf } from './fault';

/**
 * A process, told from a later one with the same number.
 * `start` is the kernel's start time of the process, '0' where there is no /proc; `host` tells machines and containers apart.
 */
export interface ProcessId {
  readonly pid: number;
  readonly start: string;
  readonly host: string;
}

export interface Processes {
  readonly self: ProcessId;
  /** False only when the process is certainly gone: one of another host counts as alive, its number says nothing here. */
  alive(process: ProcessId): boolean;
}

/** State and start time, fields 3 and 22 of /proc/<pid>/stat; counted from the last ')', for a name may hold anything. */
const statOf = (pid: number): { readonly state: string; readonly start: string } => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? '', start: fields[19] ?? '0' };
  } catch {
    return { state: '', start: '0' };
  }
};

const exists = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errnoOf(error) !== 'ESRCH';
  }
};

/** The processes of this machine. A zombie (killed, not yet reaped by its parent) holds nothing and counts as gone. */
export const nodeProcesses = (): Processes => {
  const host =
    hostname()
      .replaceAll(/[^A-Za-z0-9.]/g, '_')
      .slice(0, 40) || '_';
  return {
    self: { pid: process.pid, start: statOf(process.pid).start, host },
    alive: (other) => {
      if (other.host !== host) return true;
      if (!exists(other.pid)) return false;
      const { state, start } = statOf(other.pid);
      if (state === 'Z' || state === 'X') return false;
      return start === '0' || other.start === '0' || start === other.start;
    },
  };
};
