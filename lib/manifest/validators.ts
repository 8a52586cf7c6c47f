import type { Validator } from '@cdk8s/imports/compile';
import { fits } from '../schema/fits';
import { objectShape } from './object-shapes';

const validators = new Map<string, Validator | undefined>();

/**
 * The validator of a kind's schema, or undefined for a kind that has none here. What ajv makes of the schemas is asked
 * only for what is wrong with an object that does not fit: to load it costs more than to check a hundred services.
 */
export function objectValidator(apiVersion: string, kind: string): Validator | undefined {
  const key = `${apiVersion}/${kind}`;
  if (!validators.has(key)) validators.set(key, validatorOf(apiVersion, kind));
  return validators.get(key);
}

function validatorOf(apiVersion: string, kind: string): Validator | undefined {
  const shape = objectShape(apiVersion, kind);
  if (shape === undefined) return undefined;
  let asked: Validator | undefined;
  const validate = (object: unknown): boolean => {
    asked = undefined;
    if (fits(shape, object)) return true;
    asked = strictValidator(apiVersion, kind);
    return asked?.(object) === true;
  };
  const errors = { get: () => asked?.errors ?? null };
  return Object.defineProperty(Object.assign(validate, { errors: null }), 'errors', errors);
}

const strictValidator: typeof import('./strict-validators').strictValidator = (apiVersion, kind) =>
  (require('./strict-validators') as typeof import('./strict-validators')).strictValidator(apiVersion, kind);
