import { checksOnly, compileValidators, mergedChecks } from '@cdk8s/imports/compile';
import { listKinds } from '@cdk8s/imports/index';
import { isRecord, pointerTo } from '@cdk8s/imports/merge';
import catalogSchema from '../catalog/services.schema.json';

/** What takes the place of a module in the bundle: the text of a CommonJS module with the same exports. */
export interface Replacement {
  /** The module, from the root of the repository. */
  readonly module: string;
  readonly text: () => string;
}

const kinds = () => listKinds().filter((entry) => entry.typed);

/** Each definition by the reference to it, as text that is parsed when an object first reaches it. */
function definitionTexts(): Readonly<Record<string, string>> {
  const { $defs } = mergedChecks(kinds());
  return Object.fromEntries(
    Object.entries(isRecord($defs) ? $defs : {}).map(([name, schema]) => [pointerTo(name), JSON.stringify(schema)]),
  );
}

/**
 * The modules that read or compile schemas when they are asked, as modules that hold what was made of them beforehand. What an
 * object must fit is there as text; what ajv makes of the schemas, code of five times the size, is loaded only where something
 * does not fit.
 */
export const REPLACEMENTS: readonly Replacement[] = [
  {
    module: 'lib/manifest/object-shapes.ts',
    text: () => `const { Shapes } = require('../schema/shape');
const texts = ${JSON.stringify(definitionTexts())};
const shapes = new Shapes((reference) => JSON.parse(texts[reference]));
exports.objectShape = (apiVersion, kind) => {
  const reference = '${pointerTo('')}' + encodeURIComponent((apiVersion + '/' + kind).replaceAll('~', '~0').replaceAll('/', '~1'));
  return Object.hasOwn(texts, reference) ? shapes.at(reference) : undefined;
};`,
  },
  {
    module: 'lib/manifest/strict-validators.ts',
    text: () => `const table = (() => { const module = { exports: {} }; const exports = module.exports; ${compileValidators(kinds())}; return module.exports; })();
exports.strictValidator = (apiVersion, kind) => table[apiVersion + '/' + kind];`,
  },
  {
    module: 'lib/catalog/catalog-shape.ts',
    text: () => `const { shapeOf } = require('../schema/shape');
exports.catalogShape = () => shapeOf(JSON.parse(${JSON.stringify(JSON.stringify(checksOnly(catalogSchema)))}));`,
  },
];
