import type { ErrorObject } from 'ajv/dist/2020';
import { showValue } from '../diagnostic/format';
import { nearest } from '../diagnostic/nearest';
import { type Path, pathFromPointer, valueAt } from '../diagnostic/path';
import type { Fault } from './faults';

/** What ajv says of a catalog, with every error and the schema that made it. */
export type SchemaErrors = readonly ErrorObject[];

/** A fault of the schema, and the field that is not there because of it, about which nothing more is to be said. */
export interface SchemaFault extends Fault {
  readonly absent?: Path;
}

/**
 * Every place where a catalog breaks its schema, in the words of the person who wrote it. `errors` come from ajv with
 * allErrors and verbose.
 */
export function schemaFaults(root: unknown, errors: SchemaErrors): readonly SchemaFault[] {
  const mistyped = new Set(errors.flatMap((error) => (error.keyword === 'type' ? [error.instancePath] : [])));
  const faults = errors
    // What is wrong inside a name has a summary of its own, the error of propertyNames; a value of the wrong type breaks
    // the other keywords only because of that.
    .filter((error) => error.propertyName === undefined)
    .filter((error) => error.keyword === 'type' || !mistyped.has(error.instancePath))
    .map((error) => toFault(root, error));
  const misspelt = new Set(faults.flatMap(({ code, absent }) => (code === 'CAT003' && absent ? [key(absent)] : [])));
  return faults.filter(({ code, absent }) => !(code === 'CAT004' && absent && misspelt.has(key(absent))));
}

const key = (path: Path): string => JSON.stringify(path);

type Words = (error: ErrorObject, at: Path, value: unknown) => SchemaFault;

function toFault(root: unknown, error: ErrorObject): SchemaFault {
  const at = pathFromPointer(root, error.instancePath);
  const words = Object.hasOwn(KEYWORDS, error.keyword) ? KEYWORDS[error.keyword] : undefined;
  return (words ?? other)(error, at, valueAt(root, at));
}

const KEYWORDS: Readonly<Record<string, Words>> = {
  additionalProperties: unknownField,
  required: (error, at) => ({
    code: 'CAT004',
    at,
    message: `"${param(error, 'missingProperty')}" is missing`,
    hint: `add "${param(error, 'missingProperty')}"`,
    value: undefined,
    absent: [...at, param(error, 'missingProperty')],
  }),
  type: (error, at, value) => ({
    code: 'CAT005',
    at,
    message: `${typeName(value)} stands where ${list(error.params.type)} is expected`,
    ...describe(error),
  }),
  enum: wrongWord,
  minimum: (error, at) => outOfRange(error, at, `is below the minimum ${param(error, 'limit')}`),
  maximum: (error, at) => outOfRange(error, at, `is above the maximum ${param(error, 'limit')}`),
  minLength: (error, at) => outOfRange(error, at, `is shorter than ${param(error, 'limit')} characters`),
  maxLength: (error, at) => outOfRange(error, at, `is longer than ${param(error, 'limit')} characters`),
  minItems: (error, at) => outOfRange(error, at, `has fewer than ${param(error, 'limit')} items`),
  maxItems: (error, at) => outOfRange(error, at, `has more than ${param(error, 'limit')} items`),
  minProperties: (error, at, value) => wrongNumberOfFields(error, at, value),
  maxProperties: (error, at, value) => wrongNumberOfFields(error, at, value),
  pattern: (error, at) => ({
    code: 'CAT008',
    at,
    message: `does not match ${param(error, 'pattern')}`,
    ...describe(error),
  }),
  uniqueItems: (error, at) => ({
    code: 'CAT011',
    at,
    message: `items ${[param(error, 'i'), param(error, 'j')].sort((a, b) => Number(a) - Number(b)).join(' and ')} are the same`,
    hint: 'keep one of them',
  }),
  propertyNames: (error, at) => ({
    code: 'CAT012',
    at: [...at, param(error, 'propertyName')],
    value: param(error, 'propertyName'),
    message: 'is not a name that can stand here',
    hint: namesHint(error),
  }),
};

function unknownField(error: ErrorObject, at: Path): SchemaFault {
  const field = param(error, 'additionalProperty');
  const known = Object.keys(propertiesOf(error));
  const meant = nearest(field, known);
  return {
    code: 'CAT003',
    at: [...at, field],
    message: `there is no field ${showValue(field)} here`,
    hint: meant === undefined ? `the fields are: ${known.sort().join(', ')}` : `did you mean "${meant}"?`,
    ...(meant === undefined ? {} : { absent: [...at, meant] }),
  };
}

function wrongWord(error: ErrorObject, at: Path, value: unknown): SchemaFault {
  const allowed = error.params.allowedValues;
  const words = Array.isArray(allowed) ? allowed.map(String) : [];
  const meant = typeof value === 'string' ? nearest(value, words) : undefined;
  return {
    code: 'CAT006',
    at,
    message: `is not one of ${words.join(', ')}`,
    hint: meant === undefined ? 'use one of these words' : `did you mean "${meant}"?`,
  };
}

function outOfRange(error: ErrorObject, at: Path, message: string): SchemaFault {
  return { code: 'CAT007', at, message, ...describe(error) };
}

function wrongNumberOfFields(error: ErrorObject, at: Path, value: unknown): SchemaFault {
  const given = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  const known = Object.keys(propertiesOf(error));
  if (known.length === 0) return { code: 'CAT007', at, message: 'must not be empty', ...describe(error) };
  return {
    code: 'CAT010',
    at,
    message: given.length === 0 ? 'is empty' : `has ${given.length} of the fields ${given.sort().join(', ')}`,
    hint: `set exactly one of: ${known.sort().join(', ')}`,
  };
}

function other(error: ErrorObject, at: Path): SchemaFault {
  return { code: 'CAT008', at, message: error.message ?? `breaks "${error.keyword}"`, ...describe(error) };
}

const param = (error: ErrorObject, key: string): string => String(error.params[key]);

const propertiesOf = (error: ErrorObject): object => {
  const properties: unknown = error.parentSchema?.properties;
  return typeof properties === 'object' && properties !== null ? properties : {};
};

const describe = (error: ErrorObject): { readonly hint?: string } => {
  const description: unknown = error.parentSchema?.description;
  return typeof description === 'string' ? { hint: description } : {};
};

const namesHint = (error: ErrorObject): string => {
  const names: unknown = error.parentSchema?.propertyNames;
  return `it must match ${String(valueAt(names, ['pattern']))} and have at most ${String(valueAt(names, ['maxLength']))} characters`;
};

const ARTICLES: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
  null: 'null',
};

const list = (types: unknown): string =>
  (Array.isArray(types) ? types : String(types).split(',')).map((type) => ARTICLES[String(type)] ?? type).join(' or ');

function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'number' && !Number.isFinite(value)) return 'a number beyond all bounds';
  if (typeof value === 'number') return Number.isInteger(value) ? 'a whole number' : 'a fraction';
  return ARTICLES[typeof value] ?? 'nothing';
}
