import type { KubeObject } from '../../manifest/object';
import type { Field } from '../change';
import { isRecord } from '../compare/list-keys';

/** A field as it may be shown: what stands in a Secret is not. */
export interface ShownField {
  readonly path: string;
  readonly otherPath?: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly moved?: true;
  /** Of an item of a list with keys that was added, its position in the list. */
  readonly index?: number;
  /** Why it changes nothing on the cluster. */
  readonly idle?: Field['idle'];
  readonly ignored?: true;
}

const HIDDEN = '(hidden)';

/** A field of a change. A value that is not there is null; of a Secret only the names of its keys are shown. */
export function shownField(
  { kind }: KubeObject,
  { path, otherPath, before, after, moved, idle, ignored, at }: Field,
): ShownField {
  const hide = (value: unknown): unknown => (kind === 'Secret' ? hidden(path, value) : (value ?? null));
  const index = at.after.at(-1);
  const isNewItem = typeof index === 'number' && path.endsWith(']') && (before === undefined || before === null);
  return {
    path,
    ...(otherPath === undefined ? {} : { otherPath }),
    before: hide(before),
    after: hide(after),
    ...(moved ? { moved } : {}),
    ...(isNewItem ? { index } : {}),
    ...(idle === undefined ? {} : { idle }),
    ...(ignored ? { ignored } : {}),
  };
}

const SECRET = /^(?:data|stringData)(?=$|[.[])/;

function hidden(path: string, value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (path === '(root)' && isRecord(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, hidden(key, item)]));
  }
  if (!SECRET.test(path)) return value;
  return isRecord(value) ? Object.fromEntries(Object.keys(value).map((key) => [key, HIDDEN])) : HIDDEN;
}
