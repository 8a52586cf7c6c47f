import type { KnownKind } from './kinds';
import { childPath, fieldAt, type KubeObject, listAt, mapAt, textAt } from './object';
import { type ObjectGroup, sharesNamespace } from './rule';

/** Where each kind that makes pods has its pod template. */
const TEMPLATES = {
  Rollout: 'spec.template',
  Deployment: 'spec.template',
  StatefulSet: 'spec.template',
  DaemonSet: 'spec.template',
  ReplicaSet: 'spec.template',
  Job: 'spec.template',
  CronJob: 'spec.jobTemplate.spec.template',
  Pod: '',
} as const satisfies { readonly [K in KnownKind]?: string };

/** The kinds that make pods, or are one. */
export const POD_KINDS: readonly (keyof typeof TEMPLATES)[] = [
  'Rollout',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'Job',
  'CronJob',
  'Pod',
];

/** A pod template, and where it stands. */
export interface PodTemplate {
  readonly owner: KubeObject;
  /** The path of the template in its owner; empty for a Pod. */
  readonly path: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly spec: unknown;
  /** Whether its pods run until they are replaced: those of a Job end. */
  readonly serves: boolean;
  /** The containers, init containers included: those that run beside the others are init containers too. */
  readonly containers: readonly ContainerAt[];
}

/** A container of a pod template, and where it stands. */
export interface ContainerAt {
  readonly container: unknown;
  /** The path of something in the container; it is made only when it is told. */
  readonly at: (...segments: readonly (string | number)[]) => string;
}

/**
 * A value that is worked out once for a group, however many rules ask for it. Groups are checked one after the other, or two of
 * them are compared, so that only those of the last two are kept.
 */
export function oncePerGroup<T>(make: (group: ObjectGroup) => T): (group: ObjectGroup) => T {
  let last: { readonly group: ObjectGroup; readonly value: T } | undefined;
  let other: typeof last;
  return (group) => {
    if (last?.group === group) return last.value;
    const known = other?.group === group ? other : { group, value: make(group) };
    other = last;
    last = known;
    return known.value;
  };
}

/** Every pod template of a group. */
export const podTemplatesOf = oncePerGroup((group): readonly PodTemplate[] => {
  const found: PodTemplate[] = [];
  for (const kind of POD_KINDS) {
    const path = TEMPLATES[kind];
    for (const owner of group.ofKind(kind)) {
      const root = path === '' ? owner : fieldAt(owner, path);
      const spec = fieldAt(root, 'spec');
      if (typeof spec !== 'object' || spec === null) continue;
      const labels = mapAt(root, 'metadata.labels');
      const serves = kind !== 'Job' && kind !== 'CronJob';
      found.push({ owner, path, labels, spec, serves, containers: containersIn(spec, path) });
    }
  }
  return found;
});

function containersIn(spec: unknown, path: string): readonly ContainerAt[] {
  const found: ContainerAt[] = [];
  for (const field of ['containers', 'initContainers'] as const) {
    listAt(spec, field).forEach((container, i) => {
      found.push({ container, at: (...segments) => childPath(path, 'spec', field, i, ...segments) });
    });
  }
  return found;
}

/** The path of something in the spec of a template's pods. */
export const podPath = ({ path }: PodTemplate, ...segments: readonly (string | number)[]): string =>
  childPath(path, 'spec', ...segments);

/** Whether labels have every pair of a selector. */
function hasLabels(labels: Readonly<Record<string, string>>, wanted: Readonly<Record<string, string>>): boolean {
  for (const key of Object.keys(wanted)) if (labels[key] !== wanted[key]) return false;
  return true;
}

/** Whether an expression of a LabelSelector is true of labels. */
function holds(expression: unknown, labels: Readonly<Record<string, string>>): boolean {
  const value = labels[textAt(expression, 'key') ?? ''];
  switch (fieldAt(expression, 'operator')) {
    case 'In':
      return value !== undefined && listAt(expression, 'values').includes(value);
    case 'NotIn':
      return value === undefined || !listAt(expression, 'values').includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}

/** Templates by one of their labels: a selector is then tried on the templates that have its rarest pair only. */
const templatesByLabel = oncePerGroup((group): ReadonlyMap<string, readonly PodTemplate[]> => {
  const byLabel = new Map<string, PodTemplate[]>();
  for (const template of podTemplatesOf(group)) {
    for (const [key, value] of Object.entries(template.labels)) {
      const pair = `${key}=${value}`;
      const same = byLabel.get(pair);
      if (same === undefined) byLabel.set(pair, [template]);
      else same.push(template);
    }
  }
  return byLabel;
});

/** The templates whose pods an object selects: those in its namespace that a LabelSelector selects. */
export function templatesSelected(group: ObjectGroup, selector: unknown, near: KubeObject): readonly PodTemplate[] {
  const matchLabels = mapAt(selector, 'matchLabels');
  let candidates = podTemplatesOf(group);
  if (candidates.length > FEW) {
    const byLabel = templatesByLabel(group);
    for (const [key, value] of Object.entries(matchLabels)) {
      const having = byLabel.get(`${key}=${value}`) ?? [];
      if (having.length < candidates.length) candidates = having;
    }
  }
  const expressions = listAt(selector, 'matchExpressions');
  return candidates.filter(
    ({ owner, labels }) =>
      hasLabels(labels, matchLabels) &&
      sharesNamespace(owner, near) &&
      expressions.every((expression) => holds(expression, labels)),
  );
}

/** So many templates are compared faster than they are looked up. */
const FEW = 8;

/** The label by which Argo Rollouts tells the pods of one version from another's; it is never in a manifest of its own. */
export const HASH_LABEL = 'rollouts-pod-template-hash';

/** The templates whose pods a Service sends to. The label that Argo Rollouts adds to selectors is left out. */
export function templatesOfService(group: ObjectGroup, service: KubeObject): readonly PodTemplate[] {
  const { [HASH_LABEL]: _, ...matchLabels } = mapAt(service, 'spec.selector');
  return Object.keys(matchLabels).length === 0 ? [] : templatesSelected(group, { matchLabels }, service);
}

/** The Services that send to the pods of each template. */
export const servicesByTemplate = oncePerGroup((group): ReadonlyMap<PodTemplate, readonly KubeObject[]> => {
  const services = new Map<PodTemplate, KubeObject[]>();
  for (const service of group.ofKind('Service')) {
    for (const template of templatesOfService(group, service)) {
      const same = services.get(template);
      if (same === undefined) services.set(template, [service]);
      else same.push(service);
    }
  }
  return services;
});
