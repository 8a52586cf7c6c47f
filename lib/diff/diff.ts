import * as path from 'node:path/posix';
import { compareText } from '../diagnostic/format';
import type { GivenObject } from '../lint/objects';
import { hasAt, identityOf, nameOf } from '../manifest/object';
import type { SqlJudge } from '../sql/contracts';
import { type Change, changeOf } from './change';
import { type InputFault, inputFault } from './input/fault';
import type { FileCounts, ReadSides } from './input/read';
import { type JudgedChange, judge } from './judge';
import { bringsSql } from './migrations';
import { pairObjects } from './pair/pair';
import { scopesOf } from './scopes';

/** What a comparison found. */
export interface Comparison {
  /** By file, then in the order of the file. */
  readonly changes: readonly JudgedChange[];
  readonly faults: readonly InputFault[];
  readonly files: FileCounts;
}

/** Compares two sides, and says what each change does on the cluster. What judges SQL is loaded only where a change brings some. */
export async function compare(sides: ReadSides, loadSql: () => Promise<SqlJudge>): Promise<Comparison> {
  const changes = changesIn(sides);
  return judged(sides, changes, changes.some(bringsSql) ? await loadSql() : undefined);
}

/** The same with what was loaded before; without it SQL is judged by its words. */
export const compareSides = (sides: ReadSides, sql?: SqlJudge): Comparison => judged(sides, changesIn(sides), sql);

const changesIn = ({ before, after }: ReadSides): readonly Change[] =>
  pairObjects(before, after).flatMap((pair) => changeOf(pair) ?? []);

function judged(sides: ReadSides, changes: readonly Change[], sql: SqlJudge | undefined): Comparison {
  const found = scopesOf(sides, changes, sql).flatMap(judge);
  const faults = [...sides.faults, ...repeated(sides.before), ...repeated(sides.after)];
  const unique = new Map(faults.map((fault) => [JSON.stringify(fault), fault]));
  return {
    changes: inOrder(sides, found),
    faults: [...unique.values()],
    files: sides.files,
  };
}

/** In the order in which the objects stand in the files of the second side; what is not there any more comes where it stood. */
function inOrder({ before, after }: ReadSides, judged: readonly JudgedChange[]): readonly JudgedChange[] {
  const places = new Map<GivenObject, number>();
  for (const list of [before, after]) {
    for (const [i, given] of list.entries()) places.set(given, i);
  }
  const placed = judged.flatMap((one) => {
    const given = one.change.after ?? one.change.before;
    return given === undefined ? [] : [{ one, file: given.file, at: places.get(given) ?? 0 }];
  });
  placed.sort((a, b) => compareText(a.file, b.file) || a.at - b.at);
  return placed.map(({ one }) => one);
}

/** Objects of one identity in one folder; in two folders they may be of two environments. */
function repeated(objects: readonly GivenObject[]): readonly InputFault[] {
  const seen = new Set<string>();
  const faults: InputFault[] = [];
  for (const { object, written, file, placeOf } of objects) {
    // A name that the API server completes may be given more than once.
    if (!hasAt(written, 'metadata.name')) continue;
    const key = `${path.dirname(file)} ${identityOf(object)}`;
    if (seen.has(key)) faults.push(inputFault('DIF013', placeOf([]), `${nameOf(object)} stands twice in this folder`));
    seen.add(key);
  }
  return faults;
}
