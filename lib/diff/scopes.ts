import type { GivenObject } from '../lint/objects';
import { identityOf, type KubeObject } from '../manifest/object';
import { groupOf } from '../manifest/rule';
import type { SqlJudge } from '../sql/contracts';
import type { Change } from './change';
import { withIgnored } from './ignored';
import type { ReadSides } from './input/read';
import type { Scope } from './rule';

/**
 * Splits what was read into what is released together, on both sides at once. Everything is, unless two folders hold an object of the
 * same name on one side: then each is an environment of its own, and what stands above them belongs to each.
 */
export function scopesOf(
  { before, after, context, unread }: ReadSides,
  changes: readonly Change[],
  sql: SqlJudge | undefined,
): readonly Scope[] {
  const parts = split(
    [
      ...before.map((given) => sided(given, BEFORE)),
      ...after.map((given) => sided(given, AFTER)),
      ...context.map((given) => sided(given, BOTH)),
      ...unread.map((one): Sided => ({ ...one, sides: BOTH, object: undefined })),
    ],
    0,
  );
  const partOfFile = new Map<string, number>();
  parts.forEach((part, i) => {
    for (const { file } of part) if (!partOfFile.has(file)) partOfFile.set(file, i);
  });
  const changesOf = new Map<number, Change[]>();
  for (const change of changes) {
    const part = partOfFile.get((change.after ?? change.before)?.file ?? '') ?? 0;
    const same = changesOf.get(part);
    if (same === undefined) changesOf.set(part, [change]);
    else same.push(change);
  }
  return parts.flatMap((part, i) => {
    const own = changesOf.get(i);
    return own === undefined ? [] : [scopeOf(part, own, sql)];
  });
}

const BEFORE = 1;
const AFTER = 2;
const BOTH = 3;

interface Sided {
  readonly file: string;
  readonly identities: readonly string[];
  readonly sides: typeof BEFORE | typeof AFTER | typeof BOTH;
  /** Undefined where it is only known to be there. */
  readonly object: KubeObject | undefined;
}

const sided = ({ file, object }: GivenObject, sides: Sided['sides']): Sided => ({
  file,
  identities: [identityOf(object)],
  sides,
  object,
});

function scopeOf(part: readonly Sided[], own: readonly Change[], sql: SqlJudge | undefined): Scope {
  const on = (side: number) =>
    groupOf([...new Set(part.flatMap(({ sides, object }) => ((sides & side) === 0 ? [] : (object ?? []))))], false);
  const [before, after] = [on(BEFORE), on(AFTER)];
  const changes = own.map((change) => withIgnored(change, after));
  const byObject = new Map<KubeObject, Change>();
  for (const change of changes) {
    if (change.before !== undefined) byObject.set(change.before.object, change);
    if (change.after !== undefined) byObject.set(change.after.object, change);
  }
  return { before, after, changes, changeOf: (object) => byObject.get(object), sql };
}

function split(objects: readonly Sided[], depth: number): readonly (readonly Sided[])[] {
  const shared: Sided[] = [];
  const folders = new Map<string, Sided[]>();
  for (const one of objects) {
    const segments = one.file.split('/');
    const folder = depth < segments.length - 1 ? segments[depth] : undefined;
    const inside = folder === undefined ? shared : folders.get(folder);
    if (inside !== undefined) inside.push(one);
    else if (folder !== undefined) folders.set(folder, [one]);
  }
  if (folders.size === 0) return [shared];
  const parts = [...folders.values()].map((inside) => split(inside, depth + 1));
  if (repeats([...folders.values()])) return parts.flat().map((part) => [...shared, ...part]);
  const whole = [...shared, ...parts.filter((part) => part.length === 1).flat(2)];
  const several = parts.filter((part) => part.length > 1).flat();
  return several.length === 0 ? [whole] : several.map((part) => [...whole, ...part]);
}

/** Whether two of the folders hold the same object on one side. */
function repeats(folders: readonly (readonly Sided[])[]): boolean {
  if (folders.length < 2) return false;
  const seen = new Map<string, { readonly folder: number; readonly sides: number }>();
  for (const [folder, inside] of folders.entries()) {
    for (const { identities, sides } of inside) {
      const own = { folder, sides };
      for (const identity of identities) {
        const known = seen.get(identity);
        if (known === undefined) seen.set(identity, own);
        else if (known.folder !== folder && (known.sides & sides) !== 0) return true;
        else if (known.folder === folder) seen.set(identity, { folder, sides: known.sides | sides });
      }
    }
  }
  return false;
}
