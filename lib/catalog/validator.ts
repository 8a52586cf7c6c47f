import { fits } from '../schema/fits';
import type { Shape } from '../schema/shape';
import { catalogShape } from './catalog-shape';
import type { CatalogInput } from './schema/catalog';

/** Every error of a value that is no catalog; loaded only when there are any. */
export const catalogErrors: typeof import('./validator-errors').catalogErrors = (value) =>
  (require('./validator-errors') as typeof import('./validator-errors')).catalogErrors(value);

let shape: Shape | undefined;

/**
 * Whether a value is a catalog by its schema; says no more than that, and no to what `catalogErrors` must look at. A part of it
 * may stand for the whole: what is left out is there in the same words (unrepeated.ts).
 */
export function isCatalog(value: unknown, part: unknown = value): value is CatalogInput {
  shape ??= catalogShape();
  return fits(shape, part);
}
