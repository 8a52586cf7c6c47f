import { type KubeObject, mapAt } from '../manifest/object';
import { type Change, objectOf } from './change';
import { logicalName } from './pair/logical-name';

const LABELS = ['app.kubernetes.io/instance', 'app.kubernetes.io/name', 'app', 'k8s-app'];

/** The service that an object belongs to, as far as its labels tell, else its name; that of migration Jobs is called after it. */
export function serviceOf(object: KubeObject): string {
  const labels = mapAt(object, 'metadata.labels');
  const key = LABELS.find((one) => labels[one] !== undefined);
  const name = (key === undefined ? undefined : labels[key]) ?? logicalName(object.metadata.name);
  return name.replace(/-(?:migrate|migrations?|expand|backfill|contract)(?:-.*)?$/, '');
}

/** A service in its environment: the first folder of the tree tells one environment from another. */
export function rowOf(change: Change): string {
  const file = (change.after ?? change.before)?.file ?? '';
  const slash = file.indexOf('/');
  const service = serviceOf(objectOf(change));
  return slash === -1 ? service : `${file.slice(0, slash)}/${service}`;
}
