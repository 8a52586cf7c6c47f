import type { ObjectMeta } from './src/k8s';
import type { Kinds, Renamed } from './wire.generated';

export type { Kinds };

/** A JSON value: what stands where a definition allows anything. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * The form that a manifest has of a generated type: names as Kubernetes writes them, the strings of an enum, a number or a
 * string instead of an IntOrString or a Quantity object, times as text, readonly throughout. With it a chart writes plain
 * literals, checked like the classes of `cdk8s import`, and loads none of them.
 */
export type Wire<T> = 0 extends T & 1
  ? Json
  : T extends string
    ? `${T}`
    : T extends number
      ? NumberOf<`${T}`>
      : T extends boolean
        ? T
        : T extends Date
          ? string
          : T extends readonly (infer Item)[]
            ? readonly Wire<Item>[]
            : T extends ValueClass<T>
              ? T['value']
              : { readonly [Name in keyof T as WireName<Name>]: Wire<T[Name]> };

/** IntOrString, Quantity and their like: classes around one value. `npm run import` fails if an interface has this form. */
type ValueClass<T> = [keyof T] extends ['value'] ? { readonly value: number | string | boolean } : never;

/** An enum of numbers becomes their literals. */
type NumberOf<Text extends string> = Text extends `${infer N extends number}` ? N : never;

type WireName<Name extends PropertyKey> = Name extends keyof Renamed ? Renamed[Name] : Name;

/** Metadata as a chart writes it: always with a name, so that a second run finds what the first one made. */
export type Metadata = Wire<ObjectMeta> & { readonly name: string };

/** A whole object. `metadata` is Kubernetes' own also for custom kinds, where cdk8s' type would let any field pass. */
export type WireObject<ApiVersion extends string, Kind extends string, Props> = {
  readonly apiVersion: ApiVersion;
  readonly kind: Kind;
  readonly metadata: Metadata;
} & Wire<Omit<Props, 'metadata'>>;

/** The manifest of one kind: `ManifestOf<'argoproj.io/v1alpha1/Rollout'>`. */
export type ManifestOf<Type extends keyof Kinds> = Kinds[Type];

/** Any manifest that the product emits; `kind` and `apiVersion` tell which. */
export type Manifest = Kinds[keyof Kinds];
