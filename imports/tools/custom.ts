import { arrayAt, type JsonObject, objectAt } from './json';
import type { CustomKind } from './kinds';
import { withoutProse } from './schema-tree';
import type { Sources } from './sources';

export interface CustomDefinition {
  readonly kind: CustomKind;
  /** The whole definition, cut to the one version and without prose. */
  readonly definition: JsonObject;
  /** That version's openAPIV3Schema. */
  readonly schema: JsonObject;
}

/**
 * One custom kind at the version the list names. A version that the definition does not serve is refused: an API server
 * would refuse the object too.
 */
export function customDefinition(sources: Sources, kind: CustomKind): CustomDefinition {
  const source = sources.crds.get(kind.crd);
  if (source === undefined) throw new Error(`${kind.crd}: not in the sources; add its file or address (cdk8s.yaml)`);
  const spec = objectAt(source.spec, `${kind.crd} spec`);
  const name = kind.apiVersion.slice(kind.apiVersion.indexOf('/') + 1);
  const versions = arrayAt(spec.versions, `${kind.crd} versions`).map((item) => objectAt(item, `${kind.crd} version`));
  const version = versions.find((item) => item.name === name && item.served === true);
  if (version === undefined)
    throw new Error(`${kind.crd}: ${name} is not a served version; change imports/tools/kinds.ts`);
  const openApi = objectAt(version.schema, `${kind.crd} schema`).openAPIV3Schema;
  const schema = withoutProse(objectAt(openApi, `${kind.crd} openAPIV3Schema`));
  const { group = null, names = null, scope = null } = spec;
  const only = { name, served: true, storage: true, schema: { openAPIV3Schema: schema } };
  return {
    kind,
    schema,
    definition: {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: kind.crd },
      spec: { group, names, scope, versions: [only] },
    },
  };
}
