import type { Severity } from '../diagnostic/diagnostic';
import type { ChangeKind } from './change';
import type { Comparison } from './diff';

/** A comparison in a few numbers. */
export interface Summary {
  /** For people, in one line. */
  readonly text: string;
  readonly objects: Readonly<Record<ChangeKind, number>>;
  readonly effects: Readonly<Record<Severity, number>>;
  readonly files: Comparison['files'];
}

/** Counts what was found. */
export function summaryOf({ changes, files }: Comparison): Summary {
  const objects = { added: 0, removed: 0, changed: 0, moved: 0 };
  const effects = { error: 0, warning: 0, info: 0 };
  for (const { change, effects: found } of changes) {
    objects[change.kind] += 1;
    for (const { severity } of found) effects[severity] += 1;
  }
  return { text: `${changes.length} objects differ`, objects, effects, files };
}
