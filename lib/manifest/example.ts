import { API_VERSIONS, type KnownKind } from './kinds';
import type { KubeObject } from './object';

/** An object for the examples of a rule: of a known kind, with what the rule looks at. */
export function example(
  kind: KnownKind,
  name: string,
  content: Readonly<Record<string, unknown>> = {},
  metadata: Omit<KubeObject['metadata'], 'name'> = {},
): KubeObject {
  return { apiVersion: API_VERSIONS[kind], kind, metadata: { name, ...metadata }, ...content };
}
