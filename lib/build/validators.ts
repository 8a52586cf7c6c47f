import { compileSchema, compileValidators } from '@cdk8s/imports/compile';
import { listKinds } from '@cdk8s/imports/index';
import catalogSchema from '../catalog/services.schema.json';

/** What takes the place of a module in the bundle: the text of a CommonJS module with the same exports. */
export interface Replacement {
  /** The module, from the root of the repository. */
  readonly module: string;
  readonly text: () => string;
}

/**
 * The modules that compile schemas when they are asked, as modules that were compiled beforehand: neither ajv's compiler
 * nor a schema is loaded when everything is right. ajv itself is still required where errors are told.
 */
export const REPLACEMENTS: readonly Replacement[] = [
  {
    module: 'lib/manifest/validators.ts',
    text: () => {
      const kinds = listKinds().filter((entry) => entry.typed);
      return `const table = (() => { const module = { exports: {} }; const exports = module.exports; ${compileValidators(kinds)}; return module.exports; })();
exports.objectValidator = (apiVersion, kind) => table[apiVersion + '/' + kind];`;
    },
  },
  {
    module: 'lib/catalog/validator.ts',
    text: () => `exports.isCatalog = (() => { const module = { exports: {} }; const exports = module.exports; ${compileSchema(catalogSchema)}; return module.exports; })();
exports.catalogErrors = (value) => require('./validator-errors').catalogErrors(value);`,
  },
];
