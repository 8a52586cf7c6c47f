import { childPath, fieldAt, hasAt, listAt, textAt } from './object';
import { containersOf, type PodTemplate, podPath } from './pods';

/** An object that pods do not start without. */
export interface PodReference {
  readonly kind: 'ConfigMap' | 'Secret' | 'ServiceAccount';
  readonly name: string;
  readonly path: string;
}

/** The ConfigMaps, Secrets and the ServiceAccount without which the pods of a template do not start. */
export function podReferencesOf(template: PodTemplate): readonly PodReference[] {
  const found: PodReference[] = [];
  const add = (kind: PodReference['kind'], source: unknown, nameKey: string, path: string): void => {
    const name = textAt(source, nameKey);
    if (name === undefined || name === '' || fieldAt(source, 'optional') === true) return;
    found.push({ kind, name, path: childPath(path, nameKey) });
  };
  if (hasAt(template.spec, 'serviceAccountName'))
    add('ServiceAccount', template.spec, 'serviceAccountName', podPath(template));
  for (const { container, path } of containersOf(template)) {
    for (const [i, from] of listAt(container, 'envFrom').entries()) {
      add('ConfigMap', fieldAt(from, 'configMapRef'), 'name', childPath(path, 'envFrom', i, 'configMapRef'));
      add('Secret', fieldAt(from, 'secretRef'), 'name', childPath(path, 'envFrom', i, 'secretRef'));
    }
    for (const [i, variable] of listAt(container, 'env').entries()) {
      if (!hasAt(variable, 'valueFrom')) continue;
      const base = childPath(path, 'env', i, 'valueFrom');
      add('ConfigMap', fieldAt(variable, 'valueFrom.configMapKeyRef'), 'name', childPath(base, 'configMapKeyRef'));
      add('Secret', fieldAt(variable, 'valueFrom.secretKeyRef'), 'name', childPath(base, 'secretKeyRef'));
    }
  }
  for (const [i, volume] of listAt(template.spec, 'volumes').entries()) {
    const base = podPath(template, 'volumes', i);
    add('ConfigMap', fieldAt(volume, 'configMap'), 'name', childPath(base, 'configMap'));
    add('Secret', fieldAt(volume, 'secret'), 'secretName', childPath(base, 'secret'));
    for (const [j, source] of listAt(volume, 'projected.sources').entries()) {
      const path = childPath(base, 'projected', 'sources', j);
      add('ConfigMap', fieldAt(source, 'configMap'), 'name', childPath(path, 'configMap'));
      add('Secret', fieldAt(source, 'secret'), 'name', childPath(path, 'secret'));
    }
  }
  return found;
}
