import Ajv, { type Options } from 'ajv';
import standaloneCode from 'ajv/dist/standalone';
import { type KindSchema, schemaFor } from './index';
import { isRecord, mergeSchemas, pointerTo } from './merge';
import { shortened } from './shorten';

/** What a compiled validator reports: ajv's error object without `schemaPath`. */
export interface SchemaError {
  /** A JSON pointer into the object. */
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** The name that is wrong, of an error in the names of a map (labels, annotations). */
  readonly propertyName?: string;
}

/** What the compiled module exports. `errors` is every error of the last object, null if it was valid. */
export interface Validator {
  (data: unknown): boolean;
  readonly errors: readonly SchemaError[] | null;
}

/** A kind to compile a validator for. */
export interface KindName {
  readonly apiVersion: string;
  readonly kind: string;
}

/**
 * The validator of a kind as the text of a CommonJS module that exports a Validator. It is meant for a build step, so that
 * neither ajv's compiler nor the schemas are there at run time; it requires at most `ajv/dist/runtime/*`. Each definition of
 * the schema is a function of its own, which V8 compiles when an object first reaches it.
 */
export function compileValidator(apiVersion: string, kind: string): string {
  return compileSchema(knownSchema({ apiVersion, kind }));
}

/** The validators of several kinds in one module, which exports them by `apiVersion/kind`. What they share is there once. */
export function compileValidators(kinds: readonly KindName[]): string {
  const names = kinds.map(nameOf);
  const ajv = new Ajv(OPTIONS);
  ajv.addSchema({ ...mergedChecks(kinds), $id: 'kinds' });
  return shortened(standaloneCode(ajv, Object.fromEntries(names.map((name) => [name, `kinds${pointerTo(name)}`]))));
}

/** The schemas of several kinds as the `$defs` of one, by `apiVersion/kind`, without what checks nothing. What they share is there once. */
export const mergedChecks = (kinds: readonly KindName[]): KindSchema =>
  mergeSchemas(new Map(kinds.map((kind) => [nameOf(kind), checksOnly(knownSchema(kind))])));

const nameOf = ({ apiVersion, kind }: KindName): string => `${apiVersion}/${kind}`;

/** As compileValidator, for a schema in hand. */
export function compileSchema(schema: KindSchema): string {
  const ajv = new Ajv(OPTIONS);
  return shortened(standaloneCode(ajv, ajv.compile(checksOnly(schema))));
}

/**
 * The draft-07 class: the schemas use nothing newer than `$defs`, which it follows as a pointer, and its code is smaller and
 * faster as it does not track evaluated properties. All errors cost no time on valid objects. `strictRequired` would refuse
 * conditions (`oneOf: [{required: [a]}]`) on fields declared outside them.
 */
const OPTIONS: Options = {
  allErrors: true,
  allowUnionTypes: true,
  code: { source: true },
  inlineRefs: false,
  messages: false,
  strict: true,
  strictRequired: false,
};

function knownSchema({ apiVersion, kind }: KindName): KindSchema {
  const schema = schemaFor(apiVersion, kind);
  if (schema === undefined) throw new Error(`no schema for ${apiVersion} ${kind}`);
  return schema;
}

const NO_CHECKS = new Set(['$schema', '$comment', 'default', 'title', 'description', 'examples']);

const isNoCheck = (keyword: string): boolean => keyword.startsWith('x-kubernetes-') || NO_CHECKS.has(keyword);

/** A schema without what is not checked: ajv would refuse it or copy it into the code. Names of properties are left alone. */
export function checksOnly(schema: KindSchema): KindSchema {
  const visit = (value: unknown, isMap: boolean): unknown => {
    if (Array.isArray(value)) return value.map((item) => visit(item, false));
    if (!isRecord(value)) return value;
    return record(value, isMap);
  };
  const record = (value: KindSchema, isMap: boolean): KindSchema =>
    Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => isMap || !isNoCheck(key))
        .map(([key, item]) => [key, visit(item, !isMap && (key === 'properties' || key === '$defs'))]),
    );
  return record(schema, false);
}
