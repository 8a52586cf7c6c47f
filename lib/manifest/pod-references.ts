import { childPath, fieldAt, hasAt, listAt, textAt } from './object';
import { type PodTemplate, podPath } from './pods';

/** An object that pods do not start without. */
export interface PodReference {
  readonly kind: 'ConfigMap' | 'Secret' | 'ServiceAccount';
  readonly name: string;
  /** Where the pods say so; it is made only when it is told. */
  readonly path: () => string;
}

type Add = (kind: PodReference['kind'], source: unknown, nameKey: string, path: () => string) => void;

/** The ConfigMaps, Secrets and the ServiceAccount without which the pods of a template do not start. Several rules ask. */
export function podReferencesOf(template: PodTemplate): readonly PodReference[] {
  const found = FOUND.get(template) ?? findReferences(template);
  FOUND.set(template, found);
  return found;
}

const FOUND = new WeakMap<PodTemplate, readonly PodReference[]>();

function findReferences(template: PodTemplate): readonly PodReference[] {
  const found: PodReference[] = [];
  const add: Add = (kind, source, nameKey, path) => {
    const name = textAt(source, nameKey);
    if (name === undefined || name === '' || fieldAt(source, 'optional') === true) return;
    found.push({ kind, name, path: () => childPath(path(), nameKey) });
  };
  add('ServiceAccount', template.spec, 'serviceAccountName', () => podPath(template));
  eachOfContainers(template, add);
  listAt(template.spec, 'volumes').forEach((volume, i) => {
    const at = (...segments: readonly (string | number)[]) => podPath(template, 'volumes', i, ...segments);
    add('ConfigMap', fieldAt(volume, 'configMap'), 'name', () => at('configMap'));
    add('Secret', fieldAt(volume, 'secret'), 'secretName', () => at('secret'));
    listAt(volume, 'projected.sources').forEach((source, j) => {
      add('ConfigMap', fieldAt(source, 'configMap'), 'name', () => at('projected', 'sources', j, 'configMap'));
      add('Secret', fieldAt(source, 'secret'), 'name', () => at('projected', 'sources', j, 'secret'));
    });
  });
  return found;
}

function eachOfContainers({ containers }: PodTemplate, add: Add): void {
  for (const { container, at } of containers) {
    listAt(container, 'envFrom').forEach((from, i) => {
      add('ConfigMap', fieldAt(from, 'configMapRef'), 'name', () => at('envFrom', i, 'configMapRef'));
      add('Secret', fieldAt(from, 'secretRef'), 'name', () => at('envFrom', i, 'secretRef'));
    });
    listAt(container, 'env').forEach((variable, i) => {
      if (!hasAt(variable, 'valueFrom')) return;
      const value = fieldAt(variable, 'valueFrom');
      add('ConfigMap', fieldAt(value, 'configMapKeyRef'), 'name', () => at('env', i, 'valueFrom', 'configMapKeyRef'));
      add('Secret', fieldAt(value, 'secretKeyRef'), 'name', () => at('env', i, 'valueFrom', 'secretKeyRef'));
    });
  }
}
