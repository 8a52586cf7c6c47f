import { valueAt } from '../diagnostic/path';

/** A Kubernetes object of any kind, as far as every object is the same. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

/** `Rollout/frontend`: how an object is named in diagnostics. */
export const nameOf = ({ kind, metadata }: KubeObject): string => `${kind}/${metadata.name}`;

/** What makes two objects one: group, kind, namespace and name; the version does not count. */
export function identityOf({ apiVersion, kind, metadata }: KubeObject): string {
  const slash = apiVersion.indexOf('/');
  return `${slash === -1 ? '' : apiVersion.slice(0, slash)}/${kind}/${metadata.namespace ?? ''}/${metadata.name}`;
}

/** The text at a dotted path of an object, or undefined where none stands. */
export function textAt(root: unknown, path: string): string | undefined {
  const value = valueAt(root, segmentsOf(path));
  return typeof value === 'string' ? value : undefined;
}

/** The number at a dotted path of an object, or undefined where none stands. */
export function numberAt(root: unknown, path: string): number | undefined {
  const value = valueAt(root, segmentsOf(path));
  return typeof value === 'number' ? value : undefined;
}

/** The items of the list at a dotted path of an object; empty where none stands. */
export function listAt(root: unknown, path: string): readonly unknown[] {
  const value = valueAt(root, segmentsOf(path));
  return Array.isArray(value) ? value : [];
}

/** The texts of the map at a dotted path of an object. */
export function mapAt(root: unknown, path: string): Readonly<Record<string, string>> {
  const value = valueAt(root, segmentsOf(path));
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).filter(([, text]) => typeof text === 'string'));
}

const SEGMENTS = new Map<string, readonly string[]>();

/** Paths are written in the code and few, so each is split once. */
function segmentsOf(path: string): readonly string[] {
  let segments = SEGMENTS.get(path);
  if (segments === undefined) {
    segments = path.split('.');
    SEGMENTS.set(path, segments);
  }
  return segments;
}
