import type { MigrationFolder } from '../migration-files';
import type { ServiceSettings } from '../schema/catalog';
import type { DatabaseUse, UsesAround } from '../service';
import { compareVersions, isNumericVersion } from '../versions';
import type { Context } from './context';

type MigrationSettings = NonNullable<ServiceSettings['migrations']>;

/** What a version and the one before it use: an entry holds from its version on until the next one that is listed. */
export function usesAround({ uses = {} }: MigrationSettings, version: string | undefined): UsesAround {
  const release = version?.split('@')[0]?.replace(/^v/, '') ?? '';
  if (!isNumericVersion(release)) return { next: undefined, stable: undefined };
  const upTo = (belongs: (order: number) => boolean): DatabaseUse | undefined => {
    const [last] = Object.keys(uses)
      .filter((from) => belongs(compareVersions(from, release)))
      .sort((a, b) => compareVersions(b, a));
    return last === undefined ? undefined : completeUse(uses[last]);
  };
  return { next: upTo((order) => order <= 0), stable: upTo((order) => order < 0) };
}

const completeUse = (use: Partial<DatabaseUse> | undefined): DatabaseUse => ({
  reads: use?.reads ?? [],
  writes: use?.writes ?? [],
  selectStar: use?.selectStar ?? [],
});

/** The same around the releases that let contracts run, by the versions of the contracts. */
export const contractUses = (given: MigrationSettings): Readonly<Record<string, UsesAround>> =>
  Object.fromEntries(
    Object.entries(given.contracts ?? {}).map(([contract, { release }]) => [
      contract.replaceAll('_', '.'),
      usesAround(given, release),
    ]),
  );

/** A version that lies behind every file would leave all of them unjudged. */
export function tellJudgedFrom(context: Context, { files }: MigrationFolder, { judgedFrom }: MigrationSettings): void {
  const last = files.flatMap(({ version }) => version ?? []).at(-1);
  if (judgedFrom === undefined || last === undefined) return;
  if (compareVersions(judgedFrom.replaceAll('_', '.'), last) <= 0) return;
  context.fault(
    'CAT081',
    ['migrations', 'judgedFrom'],
    `no file is judged: the last one is ${last}`,
    'name the first version that is not applied everywhere yet, or leave it out',
  );
}
