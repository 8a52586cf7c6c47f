import { customDefinition } from './custom';
import { builtInKinds, convertedDefinitions, OBJECT_META, reached } from './definitions';
import { isObject, type Json, type JsonObject } from './json';
import type { CustomKind, KindList } from './kinds';
import { manifestMetadata } from './metadata';
import { withPodParts } from './pod-parts';
import { share } from './share';
import type { Sources } from './sources';
import { type Dialect, toJsonSchema } from './structural';

/** The schema of one kind, whole in itself. */
export interface KindSchema {
  readonly apiVersion: string;
  readonly kind: string;
  readonly source: string;
  /** Has generated classes and wire types. */
  readonly typed: boolean;
  readonly schema: JsonObject;
}

const CUSTOM: Dialect = {
  reference: (target) => {
    throw new Error(`a custom definition refers to ${target}`);
  },
  embeddedMetadata: { $ref: `#/$defs/${OBJECT_META}` },
  bareObjectsAreEmpty: true,
};

/** The schemas of every kind: the custom ones of the list, and every built-in one that is stored. */
export function kindSchemas(sources: Sources, kinds: KindList): readonly KindSchema[] {
  const definitions = convertedDefinitions(sources.definitions);
  const custom = kinds.custom.map((kind) => customSchema(sources, kind, definitions));
  const builtIn = builtInKinds(sources.definitions).map(({ apiVersion, kind, definition }) => ({
    apiVersion,
    kind,
    source: `Kubernetes ${sources.kubernetesVersion}`,
    typed: kinds.typedBuiltIns.includes(`${apiVersion}/${kind}`),
    schema: manifestSchema(definitions.get(definition) ?? {}, apiVersion, kind, definitions),
  }));
  return [...builtIn, ...custom];
}

function customSchema(sources: Sources, kind: CustomKind, definitions: ReadonlyMap<string, JsonObject>): KindSchema {
  const { schema } = customDefinition(sources, kind);
  const shared = share(withPodParts(toJsonSchema(schema, CUSTOM, kind.kind)), kind.kind);
  const all = new Map([...definitions, ...shared.definitions]);
  return {
    apiVersion: kind.apiVersion,
    kind: kind.kind,
    source: sources.addresses.get(kind.source) ?? kind.crd,
    typed: kind.typed,
    schema: manifestSchema(shared.schema, kind.apiVersion, kind.kind, all),
  };
}

/** A kind's schema as a manifest must meet it: its own type, real metadata, a status only if it wants one. */
function manifestSchema(
  base: JsonObject,
  apiVersion: string,
  kind: string,
  all: ReadonlyMap<string, JsonObject>,
): JsonObject {
  const optional: readonly Json[] = ['apiVersion', 'kind', 'metadata', 'status'];
  const required = Array.isArray(base.required) ? base.required.filter((name) => !optional.includes(name)) : [];
  const metadata = manifestMetadata(all.get(OBJECT_META) ?? {}, apiVersion, kind);
  const schema: JsonObject = {
    ...base,
    properties: {
      ...(isObject(base.properties) ? base.properties : {}),
      apiVersion: { const: apiVersion },
      kind: { const: kind },
      metadata: { $ref: '#/$defs/metadata' },
    },
    required: ['apiVersion', 'kind', 'metadata', ...required],
  };
  return { ...schema, $defs: Object.fromEntries(reached(schema, new Map([...all, ['metadata', metadata]]))) };
}
