import { spawnSync } from 'node:child_process';
import { type InputFault, inputFault } from './fault';

/** So much may a command of git say; a tree that needs more is refused before it is read. */
const LARGEST_OUTPUT_BYTES = 2 ** 30;

/** What git says to a command. */
interface Answer {
  readonly out: Buffer;
  readonly failed: boolean;
  /** The first line of what it says of a failure. */
  readonly why: string;
}

/** What git says to a command, or why it could not be asked. Nothing is fetched, and no lock is taken. */
function ask(args: readonly string[], input = ''): Answer | InputFault {
  const { status, stdout, stderr, error } = spawnSync('git', args, {
    input,
    maxBuffer: LARGEST_OUTPUT_BYTES,
    env: { ...process.env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0', GIT_NO_LAZY_FETCH: '1' },
    stdio: 'pipe',
  });
  // It may be over before it has read what it is given.
  if (error !== undefined && status === null) {
    const told = stdout === null ? 'git cannot be started' : `git ${args[0]} did not end well`;
    return inputFault('DIF003', '.', `${told}: ${error.message}`);
  }
  return { out: stdout, failed: status !== 0, why: stderr.toString('utf8').split('\n')[0] ?? '' };
}

/** An object of git. */
export interface GitObject {
  readonly id: string;
  readonly type: 'blob' | 'tree' | 'commit' | 'tag';
}

/** What expressions such as `main:dist` mean; undefined for one that means nothing. One process for all of them. */
export function resolveAll(expressions: readonly string[]): readonly (GitObject | undefined)[] | InputFault {
  const usable = expressions.map((text) => (/[\n\0]/.test(text) ? '-' : text));
  const said = ask(
    ['cat-file', '--batch-check=%(objecttype) %(objectname)'],
    usable.map((text) => `${text}\n`).join(''),
  );
  if ('code' in said) return said;
  if (said.failed && said.out.length === 0) return inputFault('DIF003', '.', `git says: ${said.why}`);
  const lines = said.out.toString('utf8').split('\n');
  // What means nothing is answered with one line too, which repeats it.
  return expressions.map((_, i) => {
    const [, type, id] = /^(blob|tree|commit|tag) ([0-9a-f]{40,64})$/.exec(lines[i] ?? '') ?? [];
    return id !== undefined && isType(type) ? { id, type } : undefined;
  });
}

const isType = (text: string | undefined): text is GitObject['type'] =>
  text === 'blob' || text === 'tree' || text === 'commit' || text === 'tag';

/** A file of a tree of git. */
export interface GitEntry {
  readonly path: string;
  readonly id: string;
  readonly bytes: number;
}

/** The files of a tree, with the ids of their contents. Links and submodules are none. */
export function listTree(tree: string): readonly GitEntry[] | InputFault {
  const said = ask(['ls-tree', '-r', '-z', '-l', '--full-tree', tree]);
  if ('code' in said) return said;
  if (said.failed) return inputFault('DIF015', tree, 'git cannot list this tree: objects of it are missing');
  const found: GitEntry[] = [];
  for (const line of said.out.toString('utf8').split('\0')) {
    const [, id, bytes, path] = /^100[0-7]{3} blob ([0-9a-f]+) +(\d+|-)\t([\s\S]+)$/.exec(line) ?? [];
    if (id !== undefined && path !== undefined) found.push({ path, id, bytes: Number(bytes) || 0 });
  }
  return found;
}

/** The contents of blobs by their ids, from one process; those that the clone does not have are left out. */
export function readBlobs(ids: readonly string[]): ReadonlyMap<string, Buffer> | InputFault {
  const read = readBlobSpans(ids);
  if ('code' in read) return read;
  return new Map([...read.spans].map(([id, [from, to]]) => [id, read.bytes.subarray(from, to)]));
}

/** Several contents in one piece of memory, and where each stands. */
export interface BlobSpans {
  readonly bytes: Buffer;
  readonly spans: ReadonlyMap<string, readonly [from: number, to: number]>;
}

/** The same, not yet taken apart. */
export function readBlobSpans(ids: readonly string[]): BlobSpans | InputFault {
  const spans = new Map<string, readonly [number, number]>();
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return { bytes: Buffer.alloc(0), spans };
  const said = ask(['cat-file', '--batch', '--buffer'], wanted.map((id) => `${id}\n`).join(''));
  if ('code' in said) return said;
  let at = 0;
  while (at < said.out.length) {
    const end = said.out.indexOf(10, at);
    const [, id, bytes] = /^([0-9a-f]+) blob (\d+)$/.exec(said.out.toString('latin1', at, end)) ?? [];
    at = end + 1;
    if (id === undefined) continue;
    spans.set(id, [at, at + Number(bytes)]);
    at += Number(bytes) + 1;
  }
  return { bytes: said.out, spans };
}

/** The branches that may be the main one, the likeliest first. */
const mainBranches = (): readonly string[] => {
  const target = process.env.GITHUB_BASE_REF;
  return [...(target ? [`origin/${target}`] : []), 'origin/HEAD', 'origin/main', 'origin/master', 'main', 'master'];
};

/** The commit in which this branch left the main one, or another that is named. */
export function mergeBase(names: readonly string[] = mainBranches()): string | InputFault {
  const known = resolveAll(names.map((name) => `${name}^{commit}`));
  if (isFaultOf(known)) return known;
  const found = names.filter((_, i) => known[i] !== undefined);
  for (const name of found) {
    const said = ask(['merge-base', 'HEAD', name]);
    if ('code' in said) return said;
    if (!said.failed) return said.out.toString('utf8').trim();
  }
  const shallow = ask(['rev-parse', '--is-shallow-repository']);
  if (!('code' in shallow) && shallow.out.toString('utf8').trim() === 'true') {
    return inputFault('DIF004', '.', 'the clone is shallow: the commit in which the branches part is not in it');
  }
  const told =
    found.length === 0 ? `there is none of ${names.join(', ')}` : `HEAD has nothing in common with ${found.join(', ')}`;
  return inputFault('DIF005', '.', told);
}

const isFaultOf = (value: readonly unknown[] | InputFault): value is InputFault => 'code' in value;
