import { checksOnly, compileValidators, type KindName, mergedChecks } from '@cdk8s/imports/compile';
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

/**
 * Each definition as a line that is parsed when an object first reaches it, and the lines of the kinds. What refers to another one
 * has the number of its line: a table by names takes longer to make than most runs take to check their objects.
 */
function definitionLines(): { readonly lines: string; readonly kinds: Readonly<Record<string, number>> } {
  const { $defs } = mergedChecks(kinds());
  const definitions = Object.entries(isRecord($defs) ? $defs : {});
  const numbers = new Map(definitions.map(([name], line) => [pointerTo(name), line]));
  const numbered = (key: string, value: unknown): unknown =>
    key === '$ref' && typeof value === 'string' ? String(numbers.get(value)) : value;
  const lineOf = ({ apiVersion, kind }: KindName): number => numbers.get(pointerTo(`${apiVersion}/${kind}`)) ?? -1;
  return {
    lines: definitions.map(([, schema]) => JSON.stringify(schema, numbered)).join('\n'),
    kinds: Object.fromEntries(kinds().map((kind) => [`${kind.apiVersion}/${kind.kind}`, lineOf(kind)])),
  };
}

function objectShapes(): string {
  const { lines, kinds } = definitionLines();
  return `const { Shapes } = require('../schema/shape');
const lines = ${JSON.stringify(lines)}.split('\\n');
const kinds = ${JSON.stringify(kinds)};
const shapes = new Shapes((line) => JSON.parse(lines[line]));
exports.objectShape = (apiVersion, kind) => {
  const name = apiVersion + '/' + kind;
  return Object.hasOwn(kinds, name) ? shapes.at(String(kinds[name])) : undefined;
};`;
}

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
    text: () => `const { shapeOf } = require('../schema/shape');
exports.catalogShape = () => shapeOf(JSON.parse(${JSON.stringify(JSON.stringify(checksOnly(catalogSchema)))}));`,
  },
];
