import type { KubeObject } from '../manifest/object';
import type { ParsedDocument } from './parse';
import { inputFinding, type LintFinding, type Place } from './report';

/** An object that was given, with where it stands. */
export interface GivenObject {
  /** What rules read: names, labels and annotations are texts. */
  readonly object: KubeObject;
  /** The object as it was written, for the schema; without fields that are null. */
  readonly written: unknown;
  readonly file: string;
  readonly placeOf: (path: readonly (string | number)[]) => Place;
}

export interface GivenObjects {
  readonly objects: readonly GivenObject[];
  readonly findings: readonly LintFinding[];
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** Objects that tools read and no API server does: they need no name. */
const isForTools = (apiVersion: string): boolean =>
  /^(kustomize\.config\.k8s\.io|skaffold|kind\.x-k8s\.io)\//.test(apiVersion);

/** The objects of a document: itself, or the items of a list. What is no object at all is told, and skipped. */
export function objectsOf(file: string, document: ParsedDocument): GivenObjects {
  const objects: GivenObject[] = [];
  const findings: LintFinding[] = [];
  const visit = (value: unknown, base: readonly (string | number)[]): void => {
    const placeOf = (path: readonly (string | number)[]): Place => document.placeOf([...base, ...path]);
    // The Chart.yaml of Helm has an apiVersion too.
    if (!isRecord(value) || (value.kind === undefined && (value.apiVersion === undefined || !('metadata' in value)))) {
      findings.push(inputFinding('LINT009', placeOf([]), 'this is no Kubernetes object: it has no kind'));
      return;
    }
    const { kind, items } = value;
    if (isText(kind) && kind.endsWith('List') && Array.isArray(items)) {
      for (const [i, item] of items.entries()) visit(item, [...base, 'items', i]);
      return;
    }
    const read = kubeObject(value);
    if (typeof read !== 'string') objects.push({ object: read, written: withoutNulls(value), file, placeOf });
    else if (!isText(value.apiVersion) || !isForTools(value.apiVersion)) {
      findings.push(inputFinding('LINT008', placeOf([read.split('.')[0] ?? '']), `the object has no ${read}`));
    }
  };
  visit(document.value, []);
  return { objects, findings };
}

/** A value without the fields that are null, as an API server takes it: charts often render an empty map as null. Mostly it has none. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.some(hasNulls) ? value.map(withoutNulls) : value;
  if (!isRecord(value) || !hasNulls(value)) return value;
  const set = Object.entries(value).filter(([, field]) => field !== null);
  return Object.fromEntries(set.map(([key, field]) => [key, withoutNulls(field)]));
}

function hasNulls(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(hasNulls);
  return Object.values(value).some((field) => field === null || hasNulls(field));
}

/** The value as an object, or what it lacks to be one. Rules rely on no more than this. */
function kubeObject(value: Readonly<Record<string, unknown>>): KubeObject | 'apiVersion' | 'kind' | 'metadata.name' {
  const { apiVersion, kind, metadata } = value;
  if (!isText(apiVersion)) return 'apiVersion';
  if (!isText(kind)) return 'kind';
  if (!isRecord(metadata)) return 'metadata.name';
  const name = isText(metadata.name) ? metadata.name : metadata.generateName;
  if (!isText(name)) return 'metadata.name';
  const { namespace, labels, annotations, ...rest } = metadata;
  // A schema tells wrong types; rules must not stumble over them.
  return {
    ...value,
    apiVersion,
    kind,
    metadata: {
      ...rest,
      name,
      ...(isText(namespace) ? { namespace } : {}),
      ...(isRecord(labels) ? { labels: texts(labels) } : {}),
      ...(isRecord(annotations) ? { annotations: texts(annotations) } : {}),
    },
  };
}

const texts = (map: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(map).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
