import { fits } from '../schema/fits';
import type { Shape } from '../schema/shape';
import { catalogShape } from './catalog-shape';
import type { CatalogInput } from './schema/catalog';

/** Every error of a value that is no catalog; loaded only when there are any. */
export const catalogErrors: typeof import('./validator-errors').catalogErrors = (value) =>
  (require('./validator-errors') as typeof import('./validator-errors')).catalogErrors(value);

let shape: Shape | undefined;

/** Whether a value is a catalog by its schema; says no more than that, and no to what `catalogErrors` must look at. */
export function isCatalog(value: unknown): value is CatalogInput {
  shape ??= catalogShape();
  return fits(shape, value);
}
