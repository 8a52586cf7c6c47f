import { checksOnly, compileValidators, mergedChecks } from '@cdk8s/imports/compile';
import { listKinds } from '@cdk8s/imports/index';
import { isRecord } from '@cdk8s/imports/merge';
import catalogSchema from '../catalog/services.schema.json';
import { schemaLines } from './schema-lines';

/** What takes the place of a module in the bundle: the text of a CommonJS module with the same exports. */
export interface Replacement {
  /** The module, from the root of the repository. */
  readonly module: string;
  readonly text: () => string;
}

const kinds = () => listKinds().filter((entry) => entry.typed);

/** The schemas of the kinds as lines, and the lines of the kinds. */
function objectShapes(): string {
  const { $defs } = mergedChecks(kinds());
  const { lines, lineOf } = schemaLines(isRecord($defs) ? $defs : {});
  const lineOfKind = kinds()
    .map(({ apiVersion, kind }) => `${apiVersion}/${kind}`)
    .map((name) => [name, lineOf(name)]);
  return `${shapesOf(lines)}
const kinds = ${JSON.stringify(Object.fromEntries(lineOfKind))};
exports.objectShape = (apiVersion, kind) => {
  const name = apiVersion + '/' + kind;
  return Object.hasOwn(kinds, name) ? shapes.at(String(kinds[name])) : undefined;
};`;
}

/** The schema of the catalog as lines. */
function catalogShapes(): string {
  const { $defs, ...schema } = checksOnly(catalogSchema);
  const { lines, lineOf } = schemaLines({ ...(isRecord($defs) ? $defs : {}), [WHOLE]: schema });
  return `${shapesOf(lines)}
exports.catalogShape = () => shapes.at('${lineOf(WHOLE)}');`;
}

/** What stands beside the definitions. */
const WHOLE = '(catalog)';

const shapesOf = (lines: readonly string[]): string => `const { Shapes } = require('../schema/shape');
const lines = ${JSON.stringify(lines.join('\n'))}.split('\\n');
const shapes = new Shapes((line) => JSON.parse(lines[line]));`;

/**
 * The modules that read or compile schemas when they are asked, as modules that hold what was made of them beforehand. What an
 * object must fit is there as text; what ajv makes of the schemas, code of five times the size, is loaded only where something
 * does not fit.
 */
export const REPLACEMENTS: readonly Replacement[] = [
  {
    module: 'lib/manifest/object-shapes.ts',
    text: objectShapes,
  },
  {
    module: 'lib/manifest/strict-validators.ts',
    text: () => `const table = (() => { const module = { exports: {} }; const exports = module.exports; ${compileValidators(kinds())}; return module.exports; })();
exports.strictValidator = (apiVersion, kind) => table[apiVersion + '/' + kind];`,
  },
  {
    module: 'lib/catalog/catalog-shape.ts',
    text: catalogShapes,
  },
];
