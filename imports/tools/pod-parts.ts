import { isObject, type Json, type JsonObject } from './json';
import { mapChildren } from './schema-tree';

const ANYTHING = JSON.stringify({ 'x-kubernetes-preserve-unknown-fields': true });
const VOLUMES: JsonObject = {
  type: 'array',
  items: { $ref: '#/$defs/core.v1.Volume' },
  'x-kubernetes-list-map-keys': ['name'],
  'x-kubernetes-list-type': 'map',
};
const QUANTITIES: JsonObject = { type: 'object', additionalProperties: { $ref: '#/$defs/api.resource.Quantity' } };

/**
 * Argo Rollouts' definitions leave three parts of the pod template open to keep their size down: `volumes`, and the `limits` and
 * `requests` of containers. The controller reads them as Kubernetes' own types, so a mistake there is dropped in silence, after
 * the API server took it. Here they get Kubernetes' schemas.
 */
export function withPodParts(schema: JsonObject): JsonObject {
  const { properties } = schema;
  const closed = isObject(properties) ? { ...schema, properties: replaced(properties) } : schema;
  return mapChildren(closed, withPodParts);
}

function replaced(properties: JsonObject): JsonObject {
  const isOpen = (name: string): boolean => JSON.stringify(properties[name]) === ANYTHING;
  const entries = Object.entries(properties).map(([name, value]): readonly [string, Json] => {
    if (name === 'volumes' && 'containers' in properties && isOpen(name)) return [name, VOLUMES];
    if ((name === 'limits' || name === 'requests') && isOpen('limits') && isOpen('requests')) return [name, QUANTITIES];
    return [name, value];
  });
  return Object.fromEntries(entries);
}
