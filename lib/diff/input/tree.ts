import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { compareText } from '../../diagnostic/format';
import { type InputFault, inputFault } from './fault';
import { type BlobSpans, type GitEntry, type GitObject, listTree, readBlobSpans, readBlobs } from './git';

/** A file of a side. */
export interface Entry {
  /** Its path below the side, by which the two sides are laid beside each other. */
  readonly path: string;
  /** Its path as people know it. */
  readonly file: string;
  readonly bytes: number;
  /** The id of the blob; undefined of a file that is not in git. */
  readonly id: string | undefined;
}

/** One of the two sides: its files, none of them read yet. */
export interface Tree {
  readonly entries: ReadonlyMap<string, Entry>;
  /** Whether it is one file, and no folder. */
  readonly single: boolean;
  readonly faults: readonly InputFault[];
}

const MANIFEST = /\.(ya?ml|json)$/i;
const SKIPPED = /(^|\/)(\.[^/]+|node_modules)\//;

const isManifest = (file: string): boolean => MANIFEST.test(file) && !SKIPPED.test(file);

/** A side in git: a tree, or one file. `place` is its path in the repository. */
export function gitTree({ id, type }: GitObject, place: string): Tree | InputFault {
  if (type === 'blob') {
    const name = path.posix.basename(place);
    return { entries: new Map([[name, { path: name, file: place, bytes: 0, id }]]), single: true, faults: [] };
  }
  const listed = listTree(id);
  if ('code' in listed) return listed;
  const toEntry = (entry: GitEntry): Entry => ({ ...entry, file: path.posix.join(place, entry.path) });
  const entries = listed.filter((entry) => isManifest(entry.path)).map(toEntry);
  return { entries: new Map(entries.map((entry) => [entry.path, entry])), single: false, faults: [] };
}

/** A side on disk: a folder with what is below it, or one file. */
export function diskTree(given: string): Tree {
  const entries = new Map<string, Entry>();
  const faults: InputFault[] = [];
  const add = (file: string, name: string, bytes: number) =>
    entries.set(name, { path: name, file: file.replaceAll(path.sep, '/'), bytes, id: undefined });
  const visit = (folder: string, below: string): void => {
    try {
      for (const entry of fs.readdirSync(folder, { withFileTypes: true }).sort((a, b) => compareText(a.name, b.name))) {
        const name = below === '' ? entry.name : `${below}/${entry.name}`;
        const file = path.join(folder, entry.name);
        if (entry.isDirectory() && isManifest(`${name}/x.yaml`)) visit(file, name);
        else if (entry.isFile() && isManifest(name)) add(file, name, fs.statSync(file).size);
      }
    } catch (error) {
      faults.push(
        inputFault('DIF015', folder, `${folder} cannot be read: ${error instanceof Error ? error.message : error}`),
      );
    }
  };
  const stat = fs.statSync(given);
  if (stat.isDirectory()) visit(given, '');
  else add(given, path.basename(given), stat.size);
  return { entries, single: !stat.isDirectory(), faults };
}

/** The bytes of entries, from git by one process; an entry without bytes cannot be read. */
export function readEntries(wanted: readonly Entry[]): ReadonlyMap<Entry, Buffer> | InputFault {
  const blobs = readBlobs(wanted.flatMap(({ id }) => (id === undefined ? [] : [id])));
  if ('code' in blobs) return blobs;
  const bytes = new Map<Entry, Buffer>();
  for (const entry of wanted) {
    const found = entry.id === undefined ? readQuietly(entry.file) : blobs.get(entry.id);
    if (found !== undefined) bytes.set(entry, found);
  }
  return bytes;
}

/** The bytes of entries as characters, which is quicker than to read them as text. Those that cannot be read are left out. */
export function* bytesAsText(wanted: readonly Entry[]): Generator<{ readonly entry: Entry; readonly text: string }> {
  const blobs = readBlobSpans(wanted.flatMap(({ id }) => (id === undefined ? [] : [id])));
  const all = 'code' in blobs ? '' : blobs.bytes.toString('latin1');
  const spans: BlobSpans['spans'] = 'code' in blobs ? new Map() : blobs.spans;
  for (const entry of wanted) {
    const span = entry.id === undefined ? undefined : spans.get(entry.id);
    const text = span === undefined ? undefined : all.slice(...span);
    const found = entry.id === undefined ? readQuietly(entry.file)?.toString('latin1') : text;
    if (found !== undefined) yield { entry, text: found };
  }
}

function readQuietly(file: string): Buffer | undefined {
  try {
    return fs.readFileSync(file);
  } catch {
    return undefined;
  }
}

/** Whether two files are the same byte by byte; of two in git, their ids tell. A file that cannot be read is not the same. */
export function areEqual(a: Entry, b: Entry): boolean {
  if (a.id !== undefined && b.id !== undefined) return a.id === b.id;
  if (a.bytes !== b.bytes && a.bytes !== 0 && b.bytes !== 0) return false;
  const left = a.id ?? readQuietly(a.file);
  const right = b.id ?? readQuietly(b.file);
  if (left === undefined || right === undefined) return false;
  if (Buffer.isBuffer(left) && Buffer.isBuffer(right)) return left.equals(right);
  return blobId(left, right) === blobId(right, left);
}

/** The id that git gives to contents: by the hash function of the repository that the other id is from. */
function blobId(content: Buffer | string, other: Buffer | string): string {
  if (typeof content === 'string') return content;
  const algorithm = typeof other === 'string' && other.length === 64 ? 'sha256' : 'sha1';
  return createHash(algorithm).update(`blob ${content.length}\0`).update(content).digest('hex');
}
