/** What one version of a service does with the database: columns as `table.column`. */
export interface ReleaseUse {
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  /** Tables that it reads with `SELECT *`. */
  readonly selectStar: readonly string[];
}

export const RELEASES = ['stable', 'next', 'rollback'] as const;
export type ReleaseName = (typeof RELEASES)[number];
export type Releases = Readonly<Partial<Record<ReleaseName, ReleaseUse>>>;

/** Releases from the text of a JSON file; a text says what is wrong with it. */
export function parseReleases(json: string): Releases | string {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'it is not an object';
  const releases: Partial<Record<ReleaseName, ReleaseUse>> = {};
  for (const [name, use] of Object.entries(value)) {
    const release = RELEASES.find((one) => one === name);
    if (release === undefined) return `"${name}" is none of ${RELEASES.join(', ')}`;
    if (typeof use !== 'object' || use === null) return `"${name}" is not an object`;
    const lists: Record<string, readonly string[]> = {};
    for (const [key, listed] of Object.entries(use)) {
      if (!['reads', 'writes', 'selectStar'].includes(key))
        return `"${name}.${key}" is none of reads, writes, selectStar`;
      if (!Array.isArray(listed) || !listed.every((one) => typeof one === 'string'))
        return `"${name}.${key}" is not a list of names`;
      lists[key] = listed;
    }
    releases[release] = releaseUse(lists);
  }
  return releases;
}

/** What a version uses, with tables named as the linter names them: without the schema public. */
export function releaseUse({ reads = [], writes = [], selectStar = [] }: Partial<ReleaseUse>): ReleaseUse {
  const named = (listed: readonly string[]) => listed.map((one) => one.replace(/^public\.(?=.*\.|[^.]*$)/, ''));
  return { reads: named(reads), writes: named(writes), selectStar: named(selectStar) };
}

/** The releases that were declared, with their names. */
export const releasesOf = ({
  releases,
}: {
  readonly releases: Releases;
}): readonly (readonly [ReleaseName, ReleaseUse])[] =>
  RELEASES.flatMap((name) => {
    const use = releases[name];
    return use === undefined ? [] : [[name, use] as const];
  });

/** Whether two names may be of one table: a name without a schema may stand for any. */
const sameTable = (a: string, b: string): boolean =>
  a === b || (!b.includes('.') && a.endsWith(`.${b}`)) || (!a.includes('.') && b.endsWith(`.${a}`));

function isColumn(listed: string, table: string, column: string): boolean {
  const dot = listed.lastIndexOf('.');
  const name = listed.slice(dot + 1);
  return sameTable(listed.slice(0, dot), table) && (name === column || name === '*');
}

const isOfTable = (listed: string, table: string): boolean =>
  sameTable(listed.slice(0, Math.max(0, listed.lastIndexOf('.'))), table) || sameTable(listed, table);

/** Whether a release writes a column. */
export const writesColumn = ({ writes }: ReleaseUse, table: string, column: string): boolean =>
  writes.some((one) => isColumn(one, table, column));

/** Whether a release writes anything of a table. */
export const writesTable = ({ writes }: ReleaseUse, table: string): boolean =>
  writes.some((one) => isOfTable(one, table));

/** Whether a release reads a table with SELECT *. */
export const readsWhole = ({ selectStar }: ReleaseUse, table: string): boolean =>
  selectStar.some((one) => sameTable(one, table));

/** How a release uses a column, in words; undefined where it does not. */
export function usesColumn(use: ReleaseUse, table: string, column: string): 'reads' | 'writes' | undefined {
  if (readsWhole(use, table) || use.reads.some((one) => isColumn(one, table, column))) return 'reads';
  return writesColumn(use, table, column) ? 'writes' : undefined;
}

/** How a release uses a table, in words; undefined where it does not. */
export function usesTable(use: ReleaseUse, table: string): 'reads' | 'writes' | undefined {
  if (readsWhole(use, table) || use.reads.some((one) => isOfTable(one, table))) return 'reads';
  return writesTable(use, table) ? 'writes' : undefined;
}

/** How a release uses a schema, in words; undefined where it does not. */
export function usesSchema({ reads, writes, selectStar }: ReleaseUse, schema: string): 'reads' | 'writes' | undefined {
  const inside = (one: string): boolean => one.startsWith(`${schema}.`);
  if ([...reads, ...selectStar].some(inside)) return 'reads';
  return writes.some(inside) ? 'writes' : undefined;
}
