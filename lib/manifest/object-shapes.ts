import { schemaFor } from '@cdk8s/imports/index';
import { type Shape, shapeOf } from '../schema/shape';

/**
 * The shape of a kind's schema, or undefined for a kind without one. Here the schema is read when it is asked for; in the bundled
 * product this module is replaced by one that holds the schemas of what the product renders (lib/build/validators.ts).
 */
export function objectShape(apiVersion: string, kind: string): Shape | undefined {
  const schema = schemaFor(apiVersion, kind);
  return schema && shapeOf(schema);
}
