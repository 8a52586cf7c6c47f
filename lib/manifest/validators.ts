import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';
import { compileValidator, type Validator } from '@cdk8s/imports/compile';
import { listKinds } from '@cdk8s/imports/index';

const compiled = new Map<string, Validator | undefined>();

/**
 * The validator of a kind's schema, or undefined for a kind without one. Here it is compiled when first asked for; in the
 * bundled product this module is replaced by validators that were compiled beforehand (lib/build/validators.ts).
 */
export function objectValidator(apiVersion: string, kind: string): Validator | undefined {
  const key = `${apiVersion}/${kind}`;
  if (!compiled.has(key)) {
    const known = listKinds().some((entry) => entry.apiVersion === apiVersion && entry.kind === kind);
    compiled.set(key, known ? load(compileValidator(apiVersion, kind)) : undefined);
  }
  return compiled.get(key);
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
