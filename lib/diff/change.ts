import type { Severity } from '../diagnostic/diagnostic';
import type { GivenObject } from '../lint/objects';
import type { KubeObject } from '../manifest/object';
import { compareValues, type FieldChange } from './compare/compare';
import { type Idle, idleOf } from './compare/idle';
import { schemaOfKind } from './compare/list-keys';
import { logicalName } from './pair/logical-name';
import type { ObjectPair } from './pair/pair';

/** What became of an object. `moved`: it is the same, but called otherwise, in another namespace or file, or in another order. */
export type ChangeKind = 'added' | 'removed' | 'changed' | 'moved';

/** A field that differs, and why it changes nothing on the cluster, where that is so. */
export interface Field extends FieldChange {
  readonly idle?: Idle;
  /** Whether Argo CD takes this difference for none. It does nothing only if nothing else of the object differs. */
  readonly ignored?: true;
}

/** An object that is not the same on both sides. */
export interface Change {
  readonly kind: ChangeKind;
  readonly before: GivenObject | undefined;
  readonly after: GivenObject | undefined;
  /** Of an object that was added or removed, one field: the whole of it. */
  readonly fields: readonly Field[];
}

/** How long half of the releases take at most, and 95 of 100. */
export interface ExpectedSeconds {
  readonly median: number;
  readonly p95: number;
}

/** What a change does on the cluster. */
export interface Effect {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly hint: string;
  /** The field that does it, as in `fields`; of the object as a whole `(root)`. */
  readonly path: string;
  /** How long it takes, where that is known. */
  readonly seconds?: ExpectedSeconds;
}

/** The object of a change, as it will be; of one that was removed, as it was. */
export function objectOf({ before, after }: Pick<Change, 'before' | 'after'>): KubeObject {
  const given = after ?? before;
  if (given === undefined) throw new TypeError('a change has an object on one side at least');
  return given.object;
}

/** What differs between the objects of a pair; undefined where nothing does. */
export function changeOf({ before, after }: ObjectPair): Change | undefined {
  if (before === after) return undefined;
  if (before === undefined || after === undefined) {
    const field = { path: '(root)', before: before?.written, after: after?.written, at: { before: [], after: [] } };
    return { kind: before === undefined ? 'added' : 'removed', before, after, fields: [field] };
  }
  const { apiVersion, kind } = after.object;
  const found = compareValues(before.written, after.written, schemaOfKind(apiVersion, kind));
  if (found.length === 0 && before.file === after.file) return undefined;
  const fields = found.map((field): Field => {
    const idle = idleOf(kind, field);
    return idle === undefined ? field : { ...field, idle };
  });
  return { kind: kindOf(before.object, after.object, fields), before, after, fields };
}

function kindOf(before: KubeObject, after: KubeObject, fields: readonly Field[]): ChangeKind {
  if (isRenamed(before, after)) return isSameLogically(before, after) ? 'changed' : 'moved';
  return fields.every(({ moved }) => moved) ? 'moved' : 'changed';
}

/** Whether the API server sees two objects: one is removed and another made. A kind that moved to another group is the same. */
export const isRenamed = ({ metadata: before }: KubeObject, { metadata: after }: KubeObject): boolean =>
  before.name !== after.name || before.namespace !== after.namespace;

/** Whether two objects are versions of one thing, by a hash or a version in their names. */
const isSameLogically = ({ metadata: before }: KubeObject, { metadata: after }: KubeObject): boolean =>
  before.namespace === after.namespace && logicalName(before.name) === logicalName(after.name);

/** The fields by which a change does something on the cluster. */
export const liveFields = ({ fields }: Change): readonly Field[] => fields.filter(({ idle }) => idle === undefined);
