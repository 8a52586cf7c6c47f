import * as fs from 'node:fs';
import * as path from 'node:path';
import type { CacheOptions } from './open';
import { readSealed, writeSealed } from './sealed';

interface Stored<Verdict> {
  readonly build: string;
  readonly verdicts: Readonly<Record<string, Verdict>>;
}

/** How many are kept: the oldest go first. */
const MOST = 20_000;

/**
 * Verdicts over texts, by the fingerprint of all that decides about them. It is a cache: a verdict holds for this program only,
 * and without it everything is judged again. Nothing is read before a verdict is asked for.
 */
export class Verdicts<Verdict> {
  readonly #file: string | undefined;
  readonly #build: string;
  #known: Map<string, Verdict> | undefined;
  #changed = false;

  /** `name` keeps verdicts of one kind apart from others in the same folder. */
  constructor({ directory, build }: CacheOptions, name: string) {
    this.#file = directory === undefined || build === undefined ? undefined : path.join(directory, `${name}.json`);
    this.#build = build ?? '';
  }

  /** Whether an earlier run has left any. */
  isThere(): boolean {
    return this.#file !== undefined && fs.existsSync(this.#file);
  }

  /** The verdict over what this fingerprint stands for; undefined where none is known. */
  get(key: string): Verdict | undefined {
    return this.#all().get(key);
  }

  set(key: string, verdict: Verdict): void {
    this.#all().set(key, verdict);
    this.#changed = true;
  }

  /** What cannot be written only makes the next run slower. */
  save(): void {
    if (this.#file === undefined || !this.#changed) return;
    const kept = [...this.#all()].slice(-MOST);
    try {
      fs.mkdirSync(path.dirname(this.#file), { recursive: true });
      writeSealed(this.#file, { build: this.#build, verdicts: Object.fromEntries(kept) });
    } catch {
      // See above.
    }
  }

  #all(): Map<string, Verdict> {
    if (this.#known === undefined) {
      const stored: Stored<Verdict> | undefined = this.#file === undefined ? undefined : readSealed(this.#file);
      this.#known = new Map(stored?.build === this.#build ? Object.entries(stored.verdicts) : []);
    }
    return this.#known;
  }
}
