import { listKinds } from '@cdk8s/imports/index';
import { compiledWhenAsked } from './compiled';

/**
 * ajv's validator of a kind's schema, which tells every error; undefined for a kind without one. Here it is compiled when first
 * asked for; in the bundled product this module is replaced by validators that were compiled beforehand (lib/build/validators.ts).
 */
export const strictValidator = compiledWhenAsked((apiVersion, kind) =>
  listKinds().some((entry) => entry.apiVersion === apiVersion && entry.kind === kind),
);
