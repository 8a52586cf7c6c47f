import Ajv from 'ajv/dist/2020';
import type { CatalogInput } from './schema/catalog';
import schema from './services.schema.json';

/** Every error of a value that is no catalog; loaded only when there are any. */
export const catalogErrors: typeof import('./validator-errors').catalogErrors = (value) =>
  (require('./validator-errors') as typeof import('./validator-errors')).catalogErrors(value);

let validate: ((value: unknown) => boolean) | undefined;

/**
 * Whether a value is a catalog by its schema; says no more than that. The bundled product has this module replaced by code
 * that was compiled from the schema beforehand (lib/build/validators.ts).
 */
export function isCatalog(value: unknown): value is CatalogInput {
  validate ??= new Ajv({ strict: true, allowUnionTypes: true }).compile(schema);
  return validate(value);
}
