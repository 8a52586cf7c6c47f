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
      lists[key] = listed.map((one: string) => one.replace(/^public\./, ''));
    }
    releases[release] = { reads: lists.reads ?? [], writes: lists.writes ?? [], selectStar: lists.selectStar ?? [] };
  }
  return releases;
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

/** How a release uses a column, in words; undefined where it does not. */
export function usesColumn(use: ReleaseUse, table: string, column: string): 'reads' | 'writes' | undefined {
  const matches = (one: string): boolean => one === `${table}.${column}` || one === `${table}.*`;
  if (use.reads.some(matches) || use.selectStar.includes(table)) return 'reads';
  return use.writes.some(matches) ? 'writes' : undefined;
}

/** How a release uses a table, in words; undefined where it does not. */
export function usesTable(use: ReleaseUse, table: string): 'reads' | 'writes' | undefined {
  const inTable = (one: string): boolean => one.startsWith(`${table}.`) || one === table;
  if (use.reads.some(inTable) || use.selectStar.includes(table)) return 'reads';
  return use.writes.some(inTable) ? 'writes' : undefined;
}
