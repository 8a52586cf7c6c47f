import type { Manifest as ManifestObject, Metadata } from '@cdk8s/imports/wire';
import { ApiObject, type ApiObjectMetadata } from 'cdk8s';
import type { Construct } from 'constructs';

export type { ManifestObject };

/**
 * An API object given as the literal that is written: typed by the imported API, without the classes and tokens of the
 * generated constructs. Rendering it costs nothing until somebody patches it or asks for its metadata; then it is
 * rendered by cdk8s as any other object.
 */
export class Manifest extends ApiObject {
  private readonly literal: ManifestObject;
  private touched = false;

  constructor(scope: Construct, id: string, literal: ManifestObject) {
    super(scope, id, { ...literal, metadata: mutable(literal.metadata) });
    this.literal = literal;
    const metadata = this.metadata;
    Object.defineProperty(this, 'metadata', {
      get: () => {
        this.touched = true;
        return metadata;
      },
    });
  }

  override addJsonPatch(...operations: Parameters<ApiObject['addJsonPatch']>): void {
    this.touched = true;
    super.addJsonPatch(...operations);
  }

  // biome-ignore lint/suspicious/noExplicitAny: the signature is cdk8s's
  override toJson(): any {
    return this.touched ? super.toJson() : this.literal;
  }
}

/** cdk8s declares lists that it only copies as mutable. */
function mutable({ finalizers, ownerReferences, managedFields: _, ...metadata }: Metadata): ApiObjectMetadata {
  return {
    ...metadata,
    ...(finalizers === undefined ? {} : { finalizers: [...finalizers] }),
    ...(ownerReferences === undefined ? {} : { ownerReferences: [...ownerReferences] }),
  };
}
