import { isRecord } from './merge';

/** ajv's standalone code, a third as long: it is read and parsed at every start of the product. Its form is checked on the way. */
export const shortened = (code: string): string => withoutSchemas(withErrorFunction(code));

const ERROR_BLOCK =
  /const (err\d+) = \{instancePath(?::(.*?))?,schemaPath:.*?,keyword:("\w+"),params:(\{.*?\})(?:,propertyName:(\w+))?\};if\(vErrors === null\)\{vErrors = \[\1\];\}\s*else \{vErrors\.push\(\1\);\}errors\+\+;/g;

/** Inside a `not` an error is only counted. */
const EMPTY_ERROR = /const (err\d+) = \{\};(?=if\(vErrors === null\)\{vErrors = \[\1\];)/g;

const ERROR_FUNCTION =
  'function fail(errors, instancePath, keyword, params, propertyName){const error = {instancePath, keyword, params};if(propertyName !== undefined)error.propertyName = propertyName;if(errors === null)return [error];errors.push(error);return errors;}';

/** Half of ajv's code builds error objects; a function that builds them makes it that much smaller. */
function withErrorFunction(code: string): string {
  const shorter = code
    .replace(EMPTY_ERROR, 'const $1 = {instancePath,schemaPath:"",keyword:"not",params:{}};')
    .replace(
      ERROR_BLOCK,
      (_, _name, path = 'instancePath', keyword, params, property) =>
        `vErrors = fail(vErrors,${path},${keyword},${params}${property ? `,${property}` : ''});errors++;`,
    );
  const left = /const err\d+ = .{0,300}/.exec(shorter);
  if (left) throw new Error(`ajv's error code has another form (see withErrorFunction): ${left[0]}`);
  return shorter.replace('"use strict";', `"use strict";${ERROR_FUNCTION}`);
}

/**
 * The code names its schemas for three things only: lists of types and of enum values in errors, and the names of properties.
 * Each becomes a constant, and the schemas go.
 */
function withoutSchemas(code: string): string {
  const schemas = new Map<string, unknown>();
  const bare = code.replace(/const (schema\d+) = (\{.*?\});(?=const |function )/g, (_, name: string, text: string) => {
    schemas.set(name, JSON.parse(text));
    return '';
  });
  const constants = new Map<string, string>();
  const short = bare.replace(
    /\b(schema\d+)((?:\.\w+|\["(?:[^"\\]|\\.)*"\]|\[\d+\])+)/g,
    (_, name: string, path: string) => {
      const value = JSON.stringify(partOf(schemas.get(name), path));
      const constant = constants.get(value) ?? `part${constants.size}`;
      constants.set(value, constant);
      return constant;
    },
  );
  const declared = [...constants].map(([value, name]) => `const ${name} = ${value};`).join('');
  return short.replace('"use strict";', `"use strict";${declared}`);
}

/** What an expression like `.properties["a-b"].enum` finds; of properties only the names, which are all that is looked up. */
function partOf(schema: unknown, path: string): unknown {
  const steps = [...path.matchAll(/\.(\w+)|\["(.*?)"\]|\[(\d+)\]/g)].map((step) => step[1] ?? step[2] ?? step[3] ?? '');
  const value = steps.reduce(
    (at, step) => (isRecord(at) || Array.isArray(at) ? Reflect.get(at, step) : undefined),
    schema,
  );
  if (value === undefined) throw new Error(`ajv's code names ${path}, which its schema does not hold`);
  if (steps.at(-1) !== 'properties' || !isRecord(value)) return value;
  return Object.fromEntries(Object.keys(value).map((name) => [name, 0]));
}
