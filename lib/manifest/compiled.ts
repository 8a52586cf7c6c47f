import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';
import { compileValidator, type Validator } from '@cdk8s/imports/compile';

/** Validators by kind that are compiled when one is first asked for; undefined for a kind that is not known. */
export function compiledWhenAsked(isKnown: (apiVersion: string, kind: string) => boolean) {
  const compiled = new Map<string, Validator | undefined>();
  return (apiVersion: string, kind: string): Validator | undefined => {
    const key = `${apiVersion}/${kind}`;
    if (!compiled.has(key))
      compiled.set(key, isKnown(apiVersion, kind) ? load(compileValidator(apiVersion, kind)) : undefined);
    return compiled.get(key);
  };
}

/** Runs the text of a compiled CommonJS module; it requires only ajv's runtime. */
function load(code: string): Validator {
  const module: { exports: unknown } = { exports: {} };
  compileFunction(code, ['module', 'exports', 'require'])(module, module.exports, createRequire(__filename));
  const { exports } = module;
  if (!isValidator(exports)) throw new TypeError('the compiled schema is not a function');
  return exports;
}

const isValidator = (value: unknown): value is Validator => typeof value === 'function';
