import { fieldAt, listAt, textAt } from '../../manifest/object';

/** The name of the object that controls another one, where it is of a kind. */
export function controllerOf(object: unknown, kind: string): string | undefined {
  const owner = listAt(object, 'metadata.ownerReferences').find(
    (reference) => textAt(reference, 'kind') === kind && fieldAt(reference, 'controller') !== false,
  );
  return textAt(owner, 'name');
}

/** Milliseconds since 1970 of a time that the API server wrote, or undefined where none stands. */
export function timeAt(object: unknown, path: string): number | undefined {
  const time = Date.parse(textAt(object, path) ?? '');
  return Number.isNaN(time) ? undefined : time;
}

export const nameIn = (object: unknown): string => textAt(object, 'metadata.name') ?? '';
