import { childPath } from '../../manifest/object';

/**
 * One step into an object: a field, a position in a list, or the item of a list with a key. A key is one field of the item or several,
 * in the order in which they are written: `[name=web]`, `[port=80,protocol=TCP]`.
 */
export type Step = string | number | ItemKey;

/** What tells an item of a list from the others. */
export interface ItemKey {
  readonly key: readonly (readonly [field: string, value: string | number])[];
}

/**
 * A path as people read it: `spec.template.spec.containers[name=web].image`, `spec.strategy.canary.steps[2].setWeight`,
 * `metadata.annotations["a.b/c"]`; the root of an object is `(root)`.
 */
export function writePath(steps: readonly Step[]): string {
  let text = '';
  for (const step of steps)
    text = typeof step === 'object' ? `${text}[${step.key.map(writePair).join(',')}]` : childPath(text, step);
  return text === '' ? '(root)' : text;
}

const writePair = ([field, value]: readonly [string, string | number]): string => `${field}=${writeValue(value)}`;

/** A number stays one, and a text that could be taken for something else is quoted. */
const writeValue = (value: string | number): string =>
  typeof value === 'string' && !/^[A-Za-z_*./-][\w.*:/-]*$/.test(value) ? JSON.stringify(value) : String(value);
