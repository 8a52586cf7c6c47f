import type { Place } from './path';
import type { ProcessId } from './processes';

/** The names one run uses beside the root. All start with `.cutover-`, which .gitignore has. */
export interface Session {
  readonly lock: string;
  readonly stage: string;
  readonly old: string;
}

/** A name beside the root that some run made. */
export interface Mark {
  readonly name: string;
  readonly role: 'lock' | 'stage' | 'old';
  readonly owner: ProcessId;
}

const PARTS = /^(\d+)-(\d+)-([A-Za-z0-9._]+)-[0-9a-f]{8}$/;
const ROLES = ['lock', 'stage', 'old'] as const;

/** Fresh names: process and a random number, so that no run ever takes or removes the name of another. */
export const newSession = ({ base }: Place, { pid, start, host }: ProcessId): Session => {
  const random = Math.floor(Math.random() * 2 ** 32);
  const id = `${base}-${pid}-${start}-${host}-${random.toString(16).padStart(8, '0')}`;
  return { lock: `.cutover-lock-${id}`, stage: `.cutover-stage-${id}`, old: `.cutover-old-${id}` };
};

/** Reads a name back; undefined for any other name, that of another root beside this one too: no part holds a dash. */
export const parseMark = ({ base }: Place, name: string): Mark | undefined => {
  const role = ROLES.find((each) => name.startsWith(`.cutover-${each}-${base}-`));
  if (role === undefined) return undefined;
  const parts = PARTS.exec(name.slice(`.cutover-${role}-${base}-`.length));
  const [, pid, start, host] = parts ?? [];
  if (pid === undefined || start === undefined || host === undefined) return undefined;
  return { name, role, owner: { pid: Number(pid), start, host } };
};
