import type { Phase } from '../comments';
import { compareFlywayVersions, flywayName } from '../flyway';

/** The names of the files that a file becomes: the first keeps its version, the others get free ones right behind it. */
export class Names {
  readonly #taken: Set<string>;
  readonly #versions: readonly string[];

  /** `paths` are all files of the same history. */
  constructor(paths: readonly string[]) {
    this.#taken = new Set(paths);
    this.#versions = paths.flatMap((path) => flywayName(path).version ?? []);
  }

  /** Versions between that of a file and the next one that is there; undefined where the file has none. */
  versionsBehind(path: string, count: number): readonly string[] | undefined {
    const { version } = flywayName(path);
    if (version === undefined) return undefined;
    const later = this.#versions.filter((one) => compareFlywayVersions(one, version) > 0);
    for (let zeros = ''; ; zeros += '.0') {
      const found = Array.from({ length: count }, (_, i) => `${version}${zeros}.${i + 1}`);
      const last = found.at(-1) ?? version;
      if (later.every((one) => compareFlywayVersions(last, one) < 0)) return found;
    }
  }

  /** Where a file of a phase stands: in the folder of the phase where there are such folders, else beside the old one. */
  pathOf(old: string, phase: Phase, version: string, words: string): string {
    const folders = old.split('/').slice(0, -1);
    const { folder } = flywayName(old);
    const place = folder === '' ? folders : [...folders.slice(0, -1), phase];
    return [...place, `V${version}__${words}.sql`].join('/');
  }

  isFree(path: string): boolean {
    return !this.#taken.has(path);
  }
}

/** The words of a file's name: of `V1.1__users_email.sql` it is users_email. */
export const wordsOf = (path: string): string =>
  flywayName(path)
    .name.replace(/^V[^_]*(_\d[^_]*)*__/, '')
    .replace(/\.sql$/, '');

/** A label as it may stand in a file's name. */
export const asWords = (label: string): string =>
  label
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 60) || 'more';
