import { compareText } from '../diagnostic/format';
import type { GivenObject } from '../lint/objects';
import type { LintFinding } from '../lint/report';
import { childPath, fieldAt, nameOf, parsePath } from '../manifest/object';
import { ADOPT_CODES, type AdoptCodeName } from './codes';

/**
 * Reads an object and remembers what was taken of it. What nobody has taken in the end is told: nothing of a Deployment is lost
 * silently because nobody thought of its field.
 */
export class Reader {
  readonly #given: GivenObject;
  readonly #taken = new Set<string>();
  /** Whatever leads to something that was taken. */
  readonly #touched = new Set<string>(['']);
  readonly findings: LintFinding[] = [];

  constructor(given: GivenObject) {
    this.#given = given;
  }

  get name(): string {
    return this.#given.object.metadata.name;
  }

  get object(): GivenObject['object'] {
    return this.#given.object;
  }

  /** The value at a path, which is carried over with everything in it, or told by whoever takes it. */
  take(path: string): unknown {
    const value = fieldAt(this.object, path);
    if (value === undefined) return undefined;
    this.#taken.add(path);
    let parent = '';
    for (const segment of parsePath(path)) {
      parent = childPath(parent, segment);
      this.#touched.add(parent);
    }
    return value;
  }

  text(path: string): string | undefined {
    const value = this.take(path);
    return typeof value === 'string' ? value : undefined;
  }

  number(path: string): number | undefined {
    const value = this.take(path);
    return typeof value === 'number' ? value : undefined;
  }

  /** How many items a list has; they are taken one by one. */
  count(path: string): number {
    const value = fieldAt(this.object, path);
    return Array.isArray(value) ? value.length : 0;
  }

  /** Says that something cannot be carried over, or not as it is. */
  tell(code: AdoptCodeName, path: string, message: string): void {
    this.take(path);
    this.findings.push(finding(code, this.#given, path, message));
  }

  /** What nobody has taken and the API server does not fill in by itself, each with the shortest path that says it all. */
  left(): readonly string[] {
    const found: string[] = [];
    const visit = (value: unknown, path: string): void => {
      if (this.#taken.has(path) || isFilledIn(path, value)) return;
      if (!this.#touched.has(path) || typeof value !== 'object' || value === null) {
        found.push(path);
        return;
      }
      const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
      for (const [key, child] of entries) visit(child, childPath(path, key));
    };
    const said = Object.entries(this.object).filter(
      ([key]) => !['apiVersion', 'kind', 'metadata', 'status'].includes(key),
    );
    for (const [key, child] of said) visit(child, key);
    return found.sort(compareText);
  }
}

export function finding(code: AdoptCodeName, given: GivenObject, path: string, message: string): LintFinding {
  const { severity, hint } = ADOPT_CODES[code];
  return { code, severity, path, ...given.placeOf(parsePath(path)), object: nameOf(given.object), message, hint };
}

/** What Kubernetes 1.34 writes into an object that does not say it (pkg/apis/{apps,core,autoscaling}/v1/defaults.go), and what is empty. */
const FILLED_IN: readonly (readonly [path: RegExp, value: unknown])[] = [
  [/\.restartPolicy$/, 'Always'],
  [/\.dnsPolicy$/, 'ClusterFirst'],
  [/\.schedulerName$/, 'default-scheduler'],
  [/\.terminationMessagePath$/, '/dev/termination-log'],
  [/\.terminationMessagePolicy$/, 'File'],
  [/\.internalTrafficPolicy$/, 'Cluster'],
  [/\.sessionAffinity$/, 'None'],
  [/\.ipFamilyPolicy$/, 'SingleStack'],
  [/^spec\.type$/, 'ClusterIP'],
  [/\.enableServiceLinks$/, true],
  [/\.creationTimestamp$/, null],
];

/** Fields that say no more than another one, or that the cluster chose. */
const CHOSEN = /(^spec\.(clusterIPs?|ipFamilies)|\.spec\.serviceAccount|\.nodePort)$/;

const isFilledIn = (path: string, value: unknown): boolean =>
  value === null ||
  (typeof value === 'object' && Object.keys(value).length === 0) ||
  CHOSEN.test(path) ||
  FILLED_IN.some(([filled, by]) => by === value && filled.test(path));
