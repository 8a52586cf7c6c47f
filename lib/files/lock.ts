import { bestEffort, errnoOf, TreeFault } from './fault';
import type { Fs } from './fs';
import { removeFile } from './listing';
import { type Mark, newSession, parseMark, type Session } from './names';
import type { Place } from './path';
import type { Processes } from './processes';

export interface Locked {
  readonly session: Session;
  /** What dead runs left beside the root. Nobody else touches it while the lock is held. */
  readonly leftovers: readonly Mark[];
}

const sleep = (milliseconds: number): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
};

const marks = (fs: Fs, place: Place): readonly Mark[] =>
  fs.list(place.parent).flatMap(({ name }) => parseMark(place, name) ?? []);

const createLock = (fs: Fs, place: Place, name: string): void => {
  try {
    fs.create(`${place.parent}/${name}`, '');
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
    fs.mkdirs(place.parent);
    fs.create(`${place.parent}/${name}`, '');
  }
};

/** One attempt: the lock, or the one that holds it. Without the lock nothing of this run stays. */
const attempt = (fs: Fs, place: Place, processes: Processes): Locked | Mark => {
  const session = newSession(place, processes.self);
  const own = `${place.parent}/${session.lock}`;
  createLock(fs, place, session.lock);
  try {
    const found = marks(fs, place).filter((mark) => mark.name !== session.lock);
    const locks = found.filter((mark) => mark.role === 'lock');
    const holder = locks.find((mark) => processes.alive(mark.owner));
    for (const { name } of holder === undefined ? locks : []) removeFile(fs, `${place.parent}/${name}`);
    if (holder === undefined) return { session, leftovers: found.filter((mark) => mark.role !== 'lock') };
    removeFile(fs, own);
    return holder;
  } catch (error) {
    bestEffort(() => removeFile(fs, own));
    throw error;
  }
};

const held = ({ shown, parent }: Place, { name, owner }: Mark, self: Processes['self']): TreeFault => {
  const elsewhere = owner.host !== self.host;
  return new TreeFault({
    code: 'TREE005',
    path: shown,
    message: `process ${owner.pid}${elsewhere ? ` on ${owner.host}` : ''} is writing ${shown}; the old tree is untouched`,
    hint: elsewhere
      ? `wait until it has ended, then run again; if it is gone, remove ${parent}/${name}`
      : 'wait until it has ended, then run again',
  });
};

/**
 * Takes the lock of a root. Waits up to `waitMs` for a run that holds it, then refuses and names that process.
 *
 * Each run creates a lock file of its own name and then lists: who sees another living one withdraws. Of two runs at
 * least one sees the other, so never do both hold the lock; and since a name is used once, removing the lock of a dead
 * run can never hit the lock of a living one, which a single shared file cannot promise. Both may withdraw: the random
 * wait parts them. Needs a directory listing that shows what was created before it: any local file system.
 */
export const takeLock = (fs: Fs, place: Place, processes: Processes, waitMs: number): Locked => {
  const deadline = Date.now() + waitMs;
  for (;;) {
    const taken = attempt(fs, place, processes);
    if ('session' in taken) return taken;
    for (let holder: Mark | undefined = taken; holder !== undefined; ) {
      if (Date.now() >= deadline) throw held(place, holder, processes.self);
      sleep(10 + Math.random() * 40);
      holder = marks(fs, place).find((mark) => mark.role === 'lock' && processes.alive(mark.owner));
    }
  }
};
