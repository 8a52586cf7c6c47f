import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv/dist/2020';
import schema from './services.schema.json';

let validate: ValidateFunction | undefined;

/** Every error of a value that is no catalog, with the schema that made it; empty for a catalog. */
export function catalogErrors(value: unknown): readonly ErrorObject[] {
  validate ??= new Ajv({ strict: true, allErrors: true, verbose: true, allowUnionTypes: true }).compile(schema);
  validate(value);
  return validate.errors ?? [];
}
