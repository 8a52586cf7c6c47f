/**
 * `jsonc-parser`, loaded when something is wrong with a catalog: it tells where. A `require` inside a function is the form that
 * stays lazy in a bundle and in Jest.
 */
export const loadJsonc = (): typeof import('./stock-jsonc') =>
  require('./stock-jsonc') as typeof import('./stock-jsonc');
