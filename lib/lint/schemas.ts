import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';
import { compileValidator, type Validator } from '@cdk8s/imports/compile';
import { schemaFor } from '@cdk8s/imports/index';
import { objectValidator } from '../manifest/validators';

const compiled = new Map<string, Validator | undefined>();

/**
 * The validator of any kind that has a schema. Those of the kinds that the product renders are compiled beforehand; others
 * are compiled when they are first met.
 */
export function anyValidator(apiVersion: string, kind: string): Validator | undefined {
  const ready = objectValidator(apiVersion, kind);
  if (ready !== undefined) return ready;
  const key = `${apiVersion}/${kind}`;
  if (!compiled.has(key)) {
    const known = schemaFor(apiVersion, kind) !== undefined;
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
