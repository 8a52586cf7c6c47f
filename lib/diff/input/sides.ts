import * as fs from 'node:fs';
import * as path from 'node:path';
import { type InputFault, inputFault, isFault } from './fault';
import { type GitObject, mergeBase, resolveAll } from './git';
import { diskTree, gitTree, type Tree } from './tree';

/** Where Cutover writes what it renders. */
const OUTPUT = 'dist';

/** The two sides of a comparison. */
export interface Sides {
  readonly before: Tree;
  readonly after: Tree;
}

/**
 * What two arguments name: each a folder, a file, a ref of git, or `ref:path`. What is on disk wins over a ref of the same name. A ref
 * alone means the path of the other side where the ref has it, else its `dist`, else all of it. Without the second argument, dist in the
 * working tree is meant; without both, that against the commit in which this branch left the main one.
 */
export function openSides(before: string | undefined, after = OUTPUT): Sides | readonly InputFault[] {
  const base = before ?? mergeBase();
  if (typeof base !== 'string') return [base];
  const opened = [openSide(base, after), openSide(after, base)] as const;
  const faults = opened.filter(isFault);
  const [first, second] = opened;
  return isFault(first) || isFault(second) ? faults : { before: first, after: second };
}

const isOnDisk = (name: string): boolean => {
  const stat = fs.statSync(name, { throwIfNoEntry: false });
  return stat !== undefined && (stat.isFile() || stat.isDirectory());
};

function openSide(name: string, other: string): Tree | InputFault {
  if (name === '') return inputFault('DIF001', '.', 'a side has no name');
  if (isOnDisk(name)) return diskTree(name);
  const colon = name.indexOf(':');
  const candidates = colon === -1 ? placesIn(name, other) : [{ expression: name, place: name.slice(colon + 1) }];
  const ref = colon === -1 ? name : name.slice(0, colon);
  const found = resolveAll([`${ref}^{tree}`, ...candidates.map(({ expression }) => expression)]);
  if ('code' in found) return colon === -1 && !/^[\w.@/-]+$/.test(name) ? missing(name) : found;
  const [tree, ...objects] = found;
  if (tree === undefined) return missing(name);
  const at = objects.findIndex((object): object is GitObject => object?.type === 'blob' || object?.type === 'tree');
  const object = objects[at];
  if (object === undefined) return inputFault('DIF002', name, `"${ref}" has no "${candidates[0]?.place}"`);
  return gitTree(object, candidates[at]?.place ?? '');
}

const missing = (name: string): InputFault =>
  inputFault('DIF001', name, `"${name}" is neither a file, nor a folder, nor a ref of this repository`);

interface Candidate {
  readonly expression: string;
  readonly place: string;
}

/** What of a ref is meant, the likeliest first. */
function placesIn(ref: string, other: string): readonly Candidate[] {
  const here = (place: string): Candidate => ({ expression: `${ref}:./${place}`, place });
  const whole = { expression: `${ref}^{tree}`, place: '' };
  if (isOnDisk(other)) {
    const relative = path.relative(process.cwd(), path.resolve(other)).replaceAll(path.sep, '/');
    if (relative !== '' && !relative.startsWith('..')) return [here(relative), here(OUTPUT), whole];
    return [here(OUTPUT), whole];
  }
  const colon = other.indexOf(':');
  if (colon !== -1) {
    const place = other.slice(colon + 1);
    return [{ expression: `${ref}:${place}`, place }, here(OUTPUT), whole];
  }
  return [here(OUTPUT), whole];
}
