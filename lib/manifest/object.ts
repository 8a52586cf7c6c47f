import { groupOfVersion } from './kinds';

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
  return `${groupOfVersion(apiVersion)}/${kind}/${metadata.namespace ?? ''}/${metadata.name}`;
}

/** A dotted path with more segments: a key that is no plain word is quoted, `metadata.annotations["a.b/c"]`. */
export function childPath(path: string, ...segments: readonly (string | number)[]): string {
  let text = path;
  for (const segment of segments) {
    if (typeof segment === 'number') text += `[${segment}]`;
    else if (PLAIN_KEY.test(segment)) text += text === '' ? segment : `.${segment}`;
    else text += `[${JSON.stringify(segment)}]`;
  }
  return text;
}

const PLAIN_KEY = /^[A-Za-z_$][A-Za-z0-9_$-]*$/;

/** What stands at a dotted path of an object, whatever it is; undefined where nothing does. */
export function fieldAt(root: unknown, path: string): unknown {
  const segments = SEGMENTS.get(path) ?? segmentsOf(path);
  let value = root;
  // An index and no iterator: this runs thousands of times for each service, mostly before it is compiled.
  for (let i = 0; i < segments.length; i += 1) {
    if (!hasFields(value)) return undefined;
    value = value[segments[i] ?? ''];
  }
  return value;
}

/** Whether a value has fields. Paths are written in the code and name nothing that objects inherit. */
const hasFields = (value: unknown): value is Readonly<Record<string | number, unknown>> =>
  typeof value === 'object' && value !== null;

/** Whether anything stands at a dotted path: a field that is null is not set, as the API server sees it. */
export function hasAt(root: unknown, path: string): boolean {
  const value = fieldAt(root, path);
  return value !== undefined && value !== null;
}

/** The text at a dotted path of an object, or undefined where none stands. */
export function textAt(root: unknown, path: string): string | undefined {
  const value = fieldAt(root, path);
  return typeof value === 'string' ? value : undefined;
}

/** The number at a dotted path of an object, or undefined where none stands. */
export function numberAt(root: unknown, path: string): number | undefined {
  const value = fieldAt(root, path);
  return typeof value === 'number' ? value : undefined;
}

/** The items of the list at a dotted path of an object; empty where none stands. */
export function listAt(root: unknown, path: string): readonly unknown[] {
  const value = fieldAt(root, path);
  return Array.isArray(value) ? value : [];
}

/** The texts of the map at a dotted path of an object. */
export function mapAt(root: unknown, path: string): Readonly<Record<string, string>> {
  const value = fieldAt(root, path);
  if (typeof value !== 'object' || value === null) return NOTHING;
  return isTextMap(value) ? value : textsOf(value);
}

const NOTHING: Readonly<Record<string, string>> = {};

/** Of what is right nothing is copied. */
function isTextMap(value: object): value is Readonly<Record<string, string>> {
  return Object.values(value).every((text) => typeof text === 'string');
}

const textsOf = (value: object): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(value).filter(([, text]) => typeof text === 'string'));

/** The segments of a path as `childPath` and rules write it: `spec.http[0].route`, `metadata.annotations["a.b/c"]`. */
export function parsePath(path: string): readonly (string | number)[] {
  // Most paths are words, and a run splits hundreds of them.
  if (!/[[\]"]/.test(path)) return path === '' ? [] : path.split('.');
  const segments: (string | number)[] = [];
  for (const [, word, index, quoted] of path.matchAll(/([^.[\]"]+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/g)) {
    if (index !== undefined) segments.push(Number(index));
    else segments.push(quoted === undefined ? (word ?? '') : String(JSON.parse(quoted)));
  }
  return segments;
}

const SEGMENTS = new Map<string, readonly (string | number)[]>();

/** Paths that are read are written in the code and few, so each is split once. */
function segmentsOf(path: string): readonly (string | number)[] {
  const segments = parsePath(path);
  SEGMENTS.set(path, segments);
  return segments;
}
