import { fieldAt, type KubeObject, listAt, textAt } from '../manifest/object';
import { type Change, type Field, liveFields } from './change';
import { canonicalText } from './compare/compare';
import { plainPath } from './compare/idle';

/** What stands at a dotted path on both sides. */
export interface Values {
  readonly before: unknown;
  readonly after: unknown;
}

export const valuesAt = ({ before, after }: Change, path: string): Values => ({
  before: fieldAt(before?.object, path),
  after: fieldAt(after?.object, path),
});

/** Whether what stands at a path differs by more than form. */
export const differsAt = (change: Change, path: string): boolean => {
  const { before, after } = valuesAt(change, path);
  return canonicalText(before) !== canonicalText(after);
};

/** The fields that do something, and whose path without the keys of items matches. */
export const fieldsLike = (change: Change, pattern: RegExp): readonly Field[] =>
  liveFields(change).filter(({ path }) => pattern.test(plainPath(path)));

/** The field that differs at a path, around it or below it; else the path itself, as it is told. */
export function fieldFor(change: Change, path: string): Field | string {
  const parent = (whole: string, part: string): boolean =>
    part === whole || part.startsWith(`${whole}.`) || part.startsWith(`${whole}[`);
  const fields = liveFields(change);
  return fields.find((field) => parent(field.path, path)) ?? fields.find((field) => parent(path, field.path)) ?? path;
}

/** Where each kind has its pod template. */
const TEMPLATES: Readonly<Record<string, string>> = {
  Rollout: 'spec.template',
  Deployment: 'spec.template',
  StatefulSet: 'spec.template',
  DaemonSet: 'spec.template',
  ReplicaSet: 'spec.template',
  Job: 'spec.template',
  CronJob: 'spec.jobTemplate.spec.template',
};

/** The path of the pod template of a kind; undefined where it has none. */
export const templatePath = (kind: string): string | undefined => TEMPLATES[kind];

/** The fields of a pod template that differ, and make new pods. */
export function templateFields(change: Change): readonly Field[] {
  const path = templatePath((change.after ?? change.before)?.object.kind ?? '');
  if (path === undefined || change.before === undefined || change.after === undefined) return [];
  return liveFields(change).filter((field) => field.path === path || field.path.startsWith(`${path}.`));
}

/** A container of a pod template, and its path as fields have it. */
export interface NamedContainer {
  readonly container: unknown;
  readonly path: string;
}

/** The containers of an object by their names, those that run first included. */
export function containersByName(object: KubeObject | undefined): ReadonlyMap<string, NamedContainer> {
  const template = object === undefined ? undefined : object.kind === 'Pod' ? '' : templatePath(object.kind);
  const found = new Map<string, NamedContainer>();
  if (object === undefined || template === undefined) return found;
  const spec = template === '' ? 'spec' : `${template}.spec`;
  for (const field of ['containers', 'initContainers']) {
    for (const container of listAt(object, `${spec}.${field}`)) {
      const name = textAt(container, 'name') ?? '';
      found.set(name, { container, path: `${spec}.${field}[name=${name}]` });
    }
  }
  return found;
}

/** The spec of the pods of an object, with its path. */
export function podSpecOf(
  object: KubeObject | undefined,
): { readonly spec: unknown; readonly path: string } | undefined {
  const template = object === undefined ? undefined : object.kind === 'Pod' ? '' : templatePath(object.kind);
  if (template === undefined) return undefined;
  const path = template === '' ? 'spec' : `${template}.spec`;
  return { spec: fieldAt(object, path), path };
}

/** A number that stands at a path on both sides. */
export function numbersAt(
  change: Change,
  path: string,
): { readonly before: number; readonly after: number } | undefined {
  const { before, after } = valuesAt(change, path);
  return typeof before === 'number' && typeof after === 'number' ? { before, after } : undefined;
}

/** The texts of a list. */
export const textsOf = (list: readonly unknown[]): readonly string[] =>
  list.filter((one): one is string => typeof one === 'string');

/** A value for a message, cut to a readable length. */
export const shortly = (value: unknown): string => {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text === undefined ? 'nothing' : text.length > 60 ? `${text.slice(0, 57)}…` : text;
};
