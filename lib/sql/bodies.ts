import type { Body } from './locate';
import type { ObjectName } from './statement';

/** What functions and procedures do, as far as a history has told: by name, then by the types of their parameters. */
export class Bodies {
  readonly #known = new Map<ObjectName, Map<string, Body | undefined>>();

  /** Takes over a definition; a body that cannot be read is undefined, and takes the place of one that could. */
  define(name: ObjectName, signature: string, body: Body | undefined): void {
    const same = this.#known.get(name) ?? new Map<string, Body | undefined>();
    same.set(signature, body);
    this.#known.set(name, same);
  }

  /** Every body that a call of this name may run; none where nothing is known. */
  of(name: ObjectName): readonly (Body | undefined)[] {
    return [...(this.#known.get(name)?.values() ?? [])];
  }

  has(name: ObjectName): boolean {
    return this.#known.has(name);
  }
}
