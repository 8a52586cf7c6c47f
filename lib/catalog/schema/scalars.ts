import { type SchemaOptions, type Static, type TSchema, type TUnsafe, Type } from '@sinclair/typebox';

/** What every field of the catalog tells an editor: a title is not needed, a description always is. */
interface Told extends SchemaOptions {
  readonly description: string;
}

/** A DNS-1035 label: it names Services, pods, labels and Prometheus series, and is safe in each of them unescaped. */
export const DNS_LABEL = '^[a-z]([-a-z0-9]*[a-z0-9])?$';

const IMAGE_NAME = '[a-z0-9]+([._-]+[a-z0-9]+)*';

/** Where images are: a host, perhaps with a port, and names. */
export const REGISTRY = `^${IMAGE_NAME}(:[0-9]{1,5})?(/${IMAGE_NAME})*$`;

/** One image without its version: a colon that no name follows would begin a tag. */
export const REPOSITORY = `^${IMAGE_NAME}((:[0-9]{1,5})?(/${IMAGE_NAME})+)?$`;

/** A name that stays within Kubernetes' 63 characters after the controllers' suffixes (`-<hash>`, `-<gate>-background`). */
export const name = (told: Told) => Type.String({ pattern: DNS_LABEL, maxLength: 42, ...told });

/** A DNS-1123 subdomain, as Kubernetes wants for names of Secrets, stores and clusters. */
export const subdomain = (told: Told) =>
  Type.String({ pattern: '^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$', maxLength: 253, ...told });

export const hostname = (told: Told) =>
  Type.String({
    pattern: '^(\\*\\.)?([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\\.)+[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$',
    maxLength: 253,
    ...told,
  });

export const text = (told: Told) => Type.String({ minLength: 1, maxLength: 4096, ...told });
export const integer = (minimum: number, maximum: number, told: Told) => Type.Integer({ minimum, maximum, ...told });
export const ratio = (told: Told) => Type.Number({ minimum: 0, maximum: 1, ...told });
/** A chance that is accepted: none at all can be had only by waiting for ever. */
export const risk = (told: Told) => Type.Number({ minimum: 1e-6, maximum: 0.5, ...told });
export const amount = (told: Told) => Type.Number({ minimum: 0, maximum: 1e9, ...told });
export const flag = (told: Told) => Type.Boolean({ ...told });

/** Whole seconds; the field's name ends in `Seconds`. */
export const seconds = (minimum: number, told: Told) => integer(minimum, 86_400, told);

export const cpu = (told: Told) =>
  Type.String({ pattern: '^([0-9]{1,6}m|[0-9]{1,4}(\\.[0-9]{1,3})?)$', examples: ['100m', '1', '0.5'], ...told });

export const memory = (told: Told) =>
  Type.String({ pattern: '^[0-9]{1,12}(Ki|Mi|Gi|Ti|k|M|G|T)?$', examples: ['128Mi', '1Gi'], ...told });

/** A closed set of words as a plain `enum`, which editors complete and whose error names the nearest word. */
export function oneOf<const Word extends string>(words: readonly Word[], told: Told): TUnsafe<Word> {
  return Type.Unsafe<Word>({ type: 'string', enum: [...words], ...told });
}

/** An object whose unknown fields are mistakes. Every field is optional in each layer; what must be there is asked after merging. */
export function fields<Properties extends Record<string, TSchema>>(properties: Properties, told: Told) {
  return Type.Partial(Type.Object(properties), { additionalProperties: false, ...told });
}

/** A map from names that people choose to values of one kind. */
export function mapOf<Value extends TSchema>(keyPattern: string, value: Value, told: Told) {
  return Type.Unsafe<Record<string, Static<Value>>>({
    type: 'object',
    propertyNames: { type: 'string', pattern: keyPattern, maxLength: 253 },
    additionalProperties: value,
    ...told,
  });
}

/** The same schema, or `null`, which takes an inherited value away. */
export function removable<Value extends TSchema>(value: Value): TUnsafe<Static<Value> | null> {
  return Type.Unsafe<Static<Value> | null>({ ...value, type: [value.type, 'null'] });
}
