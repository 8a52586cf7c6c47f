import { fieldAt, type KubeObject } from '../../lib/manifest/object';

/** One change to rendered objects, and the code of the rule that must find it. */
export interface Mutation {
  readonly name: string;
  readonly code: string;
  /** The objects with the change; undefined where there is nothing to change. The objects given are left as they are. */
  readonly breaks: (objects: readonly KubeObject[]) => readonly KubeObject[] | undefined;
}

/** Changes a copy of the first object that fits. */
export function change(
  objects: readonly KubeObject[],
  fits: (object: KubeObject) => boolean,
  edit: (copy: KubeObject) => void,
): readonly KubeObject[] | undefined {
  const index = objects.findIndex(fits);
  const object = objects[index];
  if (object === undefined) return undefined;
  const copy = structuredClone(object);
  edit(copy);
  return objects.with(index, copy);
}

/** Sets what stands at a path of dots; undefined takes it away. */
export function put(root: unknown, path: string, value: unknown): void {
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const target = keys.reduce<unknown>((node, key) => (isObject(node) ? Reflect.get(node, key) : undefined), root);
  if (!isObject(target)) throw new Error(`nothing stands at ${path}`);
  if (value === undefined) Reflect.deleteProperty(target, last);
  else Reflect.set(target, last, value);
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
export const isKind = (kind: string) => (object: KubeObject) => object.kind === kind;
export const has = (kind: string, path: string) => (object: KubeObject) =>
  object.kind === kind && fieldAt(object, path) !== undefined;
