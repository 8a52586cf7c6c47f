import type { Validator } from '@cdk8s/imports/compile';
import { schemaFor } from '@cdk8s/imports/index';
import { compiledWhenAsked } from '../manifest/compiled';
import { objectValidator } from '../manifest/validators';

const otherValidator = compiledWhenAsked((apiVersion, kind) => schemaFor(apiVersion, kind) !== undefined);

/**
 * The validator of any kind that has a schema. Those of the kinds that the product renders are compiled beforehand; others
 * are compiled when they are first met.
 */
export const anyValidator = (apiVersion: string, kind: string): Validator | undefined =>
  objectValidator(apiVersion, kind) ?? otherValidator(apiVersion, kind);
