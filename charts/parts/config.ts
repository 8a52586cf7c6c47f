import type { ManifestOf } from '@cdk8s/imports/wire';
import type { SecretSource } from '../../lib/catalog/service';
import { contentHash } from '../content-hash';
import { metadataOf, RETAINED, type ServiceScope } from '../names';

/** The name of the ConfigMap, or undefined for a service without configuration. It carries the hash of the content. */
export function configMapName({ service }: ServiceScope): string | undefined {
  if (Object.keys(service.config).length === 0) return undefined;
  return `${service.name}-config-${contentHash(service.config)}`;
}

/** The configuration under a name that changes with it: a change is a release, and the previous version keeps its own (P39). */
export function configMap(scope: ServiceScope): ManifestOf<'v1/ConfigMap'> | undefined {
  const name = configMapName(scope);
  if (name === undefined) return undefined;
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { ...metadataOf(scope, '', RETAINED), name },
    immutable: true,
    data: scope.service.config,
  };
}

type External = Extract<SecretSource, { readonly kind: 'external' }>;

/** The secret values that come from the external store, in the order of their names. */
export function externalOf(secrets: Readonly<Record<string, SecretSource>>): readonly (readonly [string, External])[] {
  return Object.entries(secrets).flatMap(([name, source]) =>
    source.kind === 'external' ? [[name, source] as const] : [],
  );
}

/** The name of the Secret that External Secrets writes; it changes with the references, as the ConfigMap's does with its content. */
export function secretName({ service }: ServiceScope): string | undefined {
  const external = externalOf(service.secrets);
  return external.length === 0 ? undefined : `${service.name}-secrets-${contentHash(external)}`;
}

/** The ExternalSecret of the service's own secrets. */
export function externalSecret(scope: ServiceScope): ManifestOf<'external-secrets.io/v1/ExternalSecret'> | undefined {
  const name = secretName(scope);
  if (name === undefined) return undefined;
  return externalSecretFor(scope, name, RETAINED, externalOf(scope.service.secrets));
}

/** An ExternalSecret that fetches the given values into a Secret of its own name. */
export function externalSecretFor(
  scope: ServiceScope,
  name: string,
  annotations: Readonly<Record<string, string>>,
  values: readonly (readonly [string, External])[],
): ManifestOf<'external-secrets.io/v1/ExternalSecret'> {
  const store = scope.platform.externalSecrets;
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { ...metadataOf(scope, '', annotations), name },
    spec: {
      refreshInterval: `${store?.refreshIntervalSeconds ?? 3600}s`,
      secretStoreRef: { kind: store?.storeKind ?? 'ClusterSecretStore', name: store?.store ?? '' },
      target: { name, creationPolicy: 'Owner', deletionPolicy: 'Retain' },
      data: values.map(([secretKey, { key, property }]) => ({
        secretKey,
        remoteRef: { key, ...(property === undefined ? {} : { property }) },
      })),
    },
  };
}

/** Environment variables that read secret values; `secret` is the Secret that holds the external ones. */
export function secretVariables(secrets: Readonly<Record<string, SecretSource>>, secret: string | undefined) {
  return Object.entries(secrets).map(([name, source]) => ({
    name,
    valueFrom: {
      secretKeyRef:
        source.kind === 'external' ? { name: secret ?? '', key: name } : { name: source.name, key: source.key },
    },
  }));
}
