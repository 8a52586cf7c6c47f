import { createRequire } from 'node:module';
import { runInThisContext } from 'node:vm';
import { compileValidator, type KindName, type Validator } from '../../imports/compile';

/** What compiled code exports, as a bundle of the product would load it. */
export function exportsOf<T>(code: string): T {
  const module = { exports: {} };
  const load = runInThisContext(`(function (module, exports, require) {${code}\n})`);
  load(module, module.exports, createRequire(__filename));
  return module.exports as T;
}

const validators = new Map<string, Validator>();

/** The errors of an object as `pointer keyword`, sorted; none for a valid object. */
export function faults(
  object: Readonly<Record<string, unknown>> & KindName,
  type: KindName = object,
): readonly string[] {
  const key = `${type.apiVersion}/${type.kind}`;
  const validate = validators.get(key) ?? exportsOf<Validator>(compileValidator(type.apiVersion, type.kind));
  validators.set(key, validate);
  if (validate(object)) return [];
  return (validate.errors ?? []).map(({ instancePath, keyword }) => `${instancePath} ${keyword}`).sort();
}

/** A copy with the value at a JSON pointer replaced, or removed if the value is undefined. */
export function changed<T>(object: T, pointer: string, value: unknown): T {
  const copy = structuredClone(object);
  const steps = pointer.split('/').slice(1);
  const last = steps.pop() ?? '';
  const parent = steps.reduce<unknown>((at, step) => Reflect.get(Object(at), step), copy);
  if (value === undefined) Reflect.deleteProperty(Object(parent), last);
  else Reflect.set(Object(parent), last, value);
  return copy;
}
