// Reduces recordings of releases to what the release command reads: `node test/release/recordings/reduce.mjs <folder>`.
// A folder has one folder a scenario, and in it one JSON Lines file a resource, one watch event a line.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [from] = process.argv.slice(2);
if (from === undefined) throw new Error('say which folder has the recordings');

/** @typedef {{ [key: string]: any }} Json */

/** @param {Json} value @param {readonly string[]} keys @returns {Json} */
const only = (value, keys) =>
  Object.fromEntries(keys.filter((key) => value?.[key] !== undefined).map((key) => [key, value[key]]));

/** @param {Json} metadata */
const metadataOf = (metadata) => ({
  ...only(metadata, [
    'name',
    'namespace',
    'uid',
    'generation',
    'resourceVersion',
    'creationTimestamp',
    'deletionTimestamp',
  ]),
  ...only(metadata, ['labels', 'annotations']),
  ...(metadata.ownerReferences === undefined
    ? {}
    : {
        ownerReferences: metadata.ownerReferences.map((/** @type {Json} */ one) =>
          only(one, ['kind', 'name', 'controller']),
        ),
      }),
});

/** Containers by name, image and environment; nothing else of a pod template is read. @param {Json} template */
const templateOf = (template) => ({
  spec: { containers: template.spec.containers.map((/** @type {Json} */ one) => only(one, ['name', 'image'])) },
});

/** @type {Record<string, (object: Json) => Json>} */
const KEEP = {
  Rollout: ({ spec, status }) => ({ spec: { ...spec, template: templateOf(spec.template) }, status }),
  ReplicaSet: ({ spec, status }) => ({
    spec: { replicas: spec.replicas, template: templateOf(spec.template) },
    status,
  }),
  Pod: ({ status }) => ({
    status: {
      conditions: status.conditions?.map((/** @type {Json} */ one) =>
        only(one, ['type', 'status', 'reason', 'message', 'lastTransitionTime']),
      ),
      containerStatuses: status.containerStatuses?.map((/** @type {Json} */ one) =>
        only(one, ['name', 'state', 'lastState', 'restartCount', 'ready']),
      ),
    },
  }),
  AnalysisRun: ({ spec, status }) => ({
    spec: { args: spec.args, metrics: spec.metrics.map(({ provider: _, ...metric }) => metric) },
    status: { ...status, metricResults: status?.metricResults?.map(({ metadata: _, ...one }) => one) },
  }),
  Event: (object) =>
    only(object, ['involvedObject', 'reason', 'message', 'type', 'count', 'firstTimestamp', 'lastTimestamp']),
  VirtualService: ({ spec }) => ({ spec }),
  DestinationRule: ({ spec }) => ({ spec }),
};

/** Events of kind Normal and of other Rollouts are never asked for. @param {Json} object */
const isRead = (object) =>
  object.kind !== 'Event' || (object.type === 'Warning' && object.involvedObject.name.startsWith('shop'));

for (const scenario of readdirSync(from, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
  const to = join(import.meta.dirname, scenario.name);
  mkdirSync(to, { recursive: true });
  for (const file of readdirSync(join(from, scenario.name))) {
    const events = readFileSync(join(from, scenario.name, file), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const kept = events
      .filter(({ object }) => isRead(object))
      .map(({ type, object }) => {
        const { apiVersion, kind, metadata } = object;
        return { type, object: { apiVersion, kind, metadata: metadataOf(metadata), ...KEEP[kind]?.(object) } };
      });
    writeFileSync(join(to, file), kept.map((event) => `${JSON.stringify(event)}\n`).join(''));
  }
}
