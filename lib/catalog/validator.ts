import Ajv from 'ajv/dist/2020';
import type { CatalogInput } from './schema/catalog';
import schema from './services.schema.json';

export { catalogErrors } from './validator-errors';

let validate: ((value: unknown) => boolean) | undefined;

/**
 * Whether a value is a catalog by its schema; says no more than that. The bundled product has this module replaced by code
 * that was compiled from the schema beforehand (lib/build/validators.ts).
 */
export function isCatalog(value: unknown): value is CatalogInput {
  validate ??= new Ajv({ strict: true, allowUnionTypes: true }).compile(schema);
  return validate(value);
}
