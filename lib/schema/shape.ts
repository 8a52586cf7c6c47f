/** A JSON Schema, of the keywords below. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

/** The types of JSON as bits, and what JSON does not have, which passes only where a schema names no type. */
export const TYPE = {
  string: 1,
  integer: 2,
  fraction: 4,
  boolean: 8,
  null: 16,
  array: 32,
  object: 64,
  other: 128,
} as const;
const ANY_TYPE = 255;

/** A field that a schema names. */
export interface Field {
  /** Undefined where the schema only requires it. */
  readonly shape: Shape | undefined;
  readonly required: boolean;
}

/** What a schema says of fields by their names. */
interface Named {
  /** Undefined where it does not name the field. */
  readonly schemaOf: (name: string) => unknown;
  readonly required: readonly string[];
}

/** How many of several schemas a value must fit. */
export interface Combination {
  readonly fit: 'all' | 'any' | 'one' | 'none';
  readonly shapes: readonly Shape[];
}

/**
 * A schema in the form in which `fits` reads it: each keyword at its place, an absent one as what that means. It is filled in
 * when a value first reaches it: of all that a Rollout may have, a service has a tenth.
 */
export class Shape {
  types = ANY_TYPE;
  shortest = 0;
  longest = Number.POSITIVE_INFINITY;
  pattern: RegExp | undefined;
  least = Number.NEGATIVE_INFINITY;
  most = Number.POSITIVE_INFINITY;
  items: Shape | undefined;
  /** The schemas of fields by their names, and the names that must be there; undefined where nothing is said of either. */
  named: Named | undefined;
  /** Of fields that the schema does not name. */
  others: Shape | undefined;
  /** Of the names of fields. */
  names: Shape | undefined;
  /** What is asked of a value besides; most schemas have nothing here. */
  also: ((value: unknown) => boolean)[] | undefined;
  combinations: Combination[] | undefined;
  readonly #shapes: Shapes;
  /** Those that were asked for. */
  #fields: Map<string, Field> | undefined;
  #schema: JsonSchema | undefined;

  constructor(schema: JsonSchema, shapes: Shapes) {
    this.#schema = schema;
    this.#shapes = shapes;
  }

  /** Reads the keywords, once. Throws where the schema has one that is not known. */
  fill(): void {
    const schema = this.#schema;
    if (schema === undefined) return;
    this.#schema = undefined;
    for (const keyword in schema) {
      const read = KEYWORDS[keyword];
      if (read !== undefined) read(this, schema[keyword], this.#shapes);
      else if (!ANNOTATIONS.test(keyword)) throw new TypeError(`no shape for the keyword "${keyword}"`);
    }
  }

  /** What is said of a field; undefined where the schema does not name it. Read when a value first has it. */
  field(name: string): Field | undefined {
    return this.named === undefined ? undefined : (this.#fields?.get(name) ?? this.#read(name, this.named));
  }

  #read(name: string, { schemaOf, required }: Named): Field | undefined {
    const schema = schemaOf(name);
    // Not kept: a value may have any number of names that are not the schema's.
    if (schema === undefined && !required.includes(name)) return undefined;
    const field = {
      shape: schema === undefined ? undefined : this.#shapes.of(schema),
      required: required.includes(name),
    };
    this.#fields ??= new Map();
    this.#fields.set(name, field);
    return field;
  }
}

/** Shapes of schemas that refer to each other; what is referred to twice has one shape. */
export class Shapes {
  readonly #schemaAt: (reference: string) => JsonSchema;
  readonly #known = new Map<string, Shape>();

  /** `schemaAt` gives the schema that a `$ref` or a number names. */
  constructor(schemaAt: (reference: string) => JsonSchema) {
    this.#schemaAt = schemaAt;
  }

  at(reference: string): Shape {
    let shape = this.#known.get(reference);
    if (shape === undefined) {
      shape = this.of(this.#schemaAt(reference));
      this.#known.set(reference, shape);
    }
    return shape;
  }

  of(schema: unknown): Shape {
    if (typeof schema === 'number') return this.at(String(schema));
    if (schema === true) return new Shape({}, this);
    if (schema === false) return new Shape({ type: [] }, this);
    if (!isSchema(schema)) throw new TypeError(`no schema: ${JSON.stringify(schema)}`);
    const { $ref } = schema;
    return typeof $ref === 'string' && isAlone(schema) ? this.at($ref) : new Shape(schema, this);
  }
}

/** Whether a schema has one keyword only. */
function isAlone(schema: JsonSchema): boolean {
  let keywords = 0;
  for (const _ in schema) keywords += 1;
  return keywords === 1;
}

/** The shape of a schema that refers to its own `$defs` only. */
export const shapeOf = ({ $defs, ...schema }: JsonSchema): Shape =>
  new Shapes((reference) => definitionAt($defs, reference)).of(schema);

function definitionAt(definitions: unknown, reference: string): JsonSchema {
  const name = decodeURIComponent(reference.replace('#/$defs/', '')).replaceAll('~1', '/').replaceAll('~0', '~');
  const definition = isSchema(definitions) ? definitions[name] : undefined;
  if (!isSchema(definition)) throw new TypeError(`there is no ${reference}`);
  return definition;
}

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** Keywords that say something without checking it. */
const ANNOTATIONS = /^(?:x-kubernetes-.*|\$schema|\$comment|\$defs|title|description|default|examples)$/;

type ReadKeyword = (shape: Shape, argument: unknown, shapes: Shapes) => void;

const combination =
  (fit: Combination['fit']): ReadKeyword =>
  (shape, argument, shapes) => {
    shape.combinations ??= [];
    shape.combinations.push({ fit, shapes: listOf(argument).map((schema) => shapes.of(schema)) });
  };

const besides =
  (checkOf: (argument: unknown) => (value: unknown) => boolean): ReadKeyword =>
  (shape, argument) => {
    shape.also ??= [];
    shape.also.push(checkOf(argument));
  };

/** Values that are compared by `===`: there are no lists and objects among them. */
const oneOf = (argument: unknown): ((value: unknown) => boolean) => {
  const allowed = listOf(argument);
  if (allowed.some((one) => typeof one === 'object' && one !== null))
    throw new TypeError('only plain values can be listed');
  return (value) => allowed.includes(value);
};

/** Lists and objects count as repeated: whoever asks what is wrong compares them. */
const isUnique = (value: unknown): boolean =>
  !Array.isArray(value) ||
  (new Set(value).size === value.length && !value.some((item) => typeof item === 'object' && item !== null));

const countOf = (value: unknown): number | undefined =>
  Array.isArray(value) || typeof value !== 'object' || value === null ? undefined : Object.keys(value).length;

const NOT_NAMED: Named['schemaOf'] = () => undefined;

/** The keyword that takes the place of `properties` in schemas that are lines (lib/build/schema-lines.ts): ` name=line name=line `. */
export const FIELDS = '$fields';

/** A name with a space could begin in one field and end in another. */
function lineIn(fields: string, name: string): number | undefined {
  const at = name.includes(' ') ? -1 : fields.indexOf(` ${name}=`);
  return at === -1 ? undefined : Number.parseInt(fields.slice(at + name.length + 2), 10);
}

const patterns = new Map<string, RegExp>();

const patternOf = (text: string): RegExp => {
  const pattern = patterns.get(text) ?? new RegExp(text, 'u');
  patterns.set(text, pattern);
  return pattern;
};

const typeBits = (type: unknown): number =>
  type === 'number' ? TYPE.integer | TYPE.fraction : isTypeName(type) ? TYPE[type] : 0;

const isTypeName = (type: unknown): type is keyof typeof TYPE => typeof type === 'string' && Object.hasOwn(TYPE, type);

/** JSON Schema draft 2020-12, as far as the schemas of the catalog and of Kubernetes use it. */
const KEYWORDS: Readonly<Record<string, ReadKeyword | undefined>> = {
  type: (shape, types) => {
    shape.types = listOf(types).reduce<number>((bits, type) => bits | typeBits(type), 0);
  },
  minLength: (shape, length) => {
    shape.shortest = Number(length);
  },
  maxLength: (shape, length) => {
    shape.longest = Number(length);
  },
  pattern: (shape, text) => {
    shape.pattern = patternOf(String(text));
  },
  minimum: (shape, least) => {
    shape.least = Number(least);
  },
  maximum: (shape, most) => {
    shape.most = Number(most);
  },
  items: (shape, schema, shapes) => {
    shape.items = shapes.of(schema);
  },
  properties: (shape, properties) => {
    const schemas = isSchema(properties) ? properties : {};
    const schemaOf = (name: string) => (Object.hasOwn(schemas, name) ? schemas[name] : undefined);
    shape.named = { schemaOf, required: shape.named?.required ?? [] };
  },
  [FIELDS]: (shape, fields) => {
    const text = String(fields);
    shape.named = { schemaOf: (name) => lineIn(text, name), required: shape.named?.required ?? [] };
  },
  required: (shape, names) => {
    shape.named = { schemaOf: shape.named?.schemaOf ?? NOT_NAMED, required: listOf(names).map(String) };
  },
  additionalProperties: (shape, schema, shapes) => {
    shape.others = shapes.of(schema);
  },
  propertyNames: (shape, schema, shapes) => {
    shape.names = shapes.of(schema);
  },
  const: besides((argument) => oneOf([argument])),
  enum: besides(oneOf),
  uniqueItems: besides((asked) => (value) => asked !== true || isUnique(value)),
  minItems: besides((least) => (value) => !Array.isArray(value) || value.length >= Number(least)),
  maxItems: besides((most) => (value) => !Array.isArray(value) || value.length <= Number(most)),
  minProperties: besides((least) => (value) => (countOf(value) ?? Number.POSITIVE_INFINITY) >= Number(least)),
  maxProperties: besides((most) => (value) => (countOf(value) ?? 0) <= Number(most)),
  $ref: (shape, reference, shapes) => {
    shape.combinations ??= [];
    shape.combinations.push({ fit: 'all', shapes: [shapes.at(String(reference))] });
  },
  allOf: combination('all'),
  anyOf: combination('any'),
  oneOf: combination('one'),
  not: combination('none'),
};
