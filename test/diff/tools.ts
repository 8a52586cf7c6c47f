import { objectOf } from '../../lib/diff/change';
import { type Comparison, compareSides } from '../../lib/diff/diff';
import { readDocument, splitDocuments } from '../../lib/diff/input/documents';
import type { GivenObject } from '../../lib/lint/objects';
import { type KubeObject, nameOf } from '../../lib/manifest/object';
import type { SqlJudge } from '../../lib/sql/contracts';

/** An object as it is read from a file. */
export const given = (object: KubeObject, file = 'all.yaml'): GivenObject => ({
  object,
  written: object,
  file,
  placeOf: () => ({ file, line: 1, column: 1 }),
});

/** Compares two texts of manifests, as if they were two files. */
export function compareTexts(before: string, after: string, sql?: SqlJudge): Comparison {
  const read = (text: string) =>
    splitDocuments(text).map((document) => readDocument({ file: 'all.yaml', path: 'all.yaml' }, document));
  const [then, now] = [read(before), read(after)];
  const sides = {
    before: then.flatMap(({ objects }) => objects),
    after: now.flatMap(({ objects }) => objects),
    context: [],
    unread: [],
    faults: [...then, ...now].flatMap(({ faults }) => faults),
    files: { total: 1, changed: 1 },
  };
  return compareSides(sides, sql);
}

/** What a comparison says, one line for each effect; a change without effects ends behind its object. */
export const verdictOf = ({ changes }: Comparison): readonly string[] =>
  changes.flatMap(({ change, effects }) => {
    const head = `${change.kind} ${nameOf(objectOf(change))}`;
    return effects.length === 0
      ? [head]
      : effects.map(({ severity, code, path }) => `${head}: ${severity} ${code} ${path}`);
  });
