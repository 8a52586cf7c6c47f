import { compareText } from '../../diagnostic/format';
import type { Path } from '../../diagnostic/path';
import type { ServiceSettings } from '../schema/catalog';
import type { Rehearsal, RehearsalProbe } from '../service';
import { compareVersions } from '../versions';
import type { Context } from './context';

type MigrationSettings = NonNullable<ServiceSettings['migrations']>;
type RehearsalSettings = NonNullable<MigrationSettings['rehearsal']>;

const AT: Path = ['migrations', 'rehearsal'];

/** What a rehearsal of the migrations runs beside them and asks after them; empty where the catalog says nothing. */
export function completeRehearsal(context: Context, migrations: MigrationSettings): Rehearsal {
  const given = migrations.rehearsal;
  const versions = Object.entries(given?.versions ?? {}).map(([version, settings]) => {
    const path: Path = [...AT, 'versions', version];
    return {
      version,
      schema: dotted(context.need([...path, 'schema'], settings.schema, '', 'the last migration that must have run')),
      probes: Object.entries(settings.probes ?? {})
        .sort(([a], [b]) => compareText(a, b))
        .map(([name, probe]) => completeProbe(context, [...path, 'probes', name], name, probe)),
    };
  });
  const invariants = Object.entries(given?.invariants ?? {}).map(([name, { since, until, sql }]) => ({
    name,
    since: dotted(context.need([...AT, 'invariants', name, 'since'], since, '', 'the migration after which it holds')),
    until: until === undefined ? undefined : dotted(until),
    sql: context.need([...AT, 'invariants', name, 'sql'], sql, '', 'a query for the rows that are wrong'),
  }));
  return {
    versions: versions.sort((a, b) => compareVersions(plain(a.version), plain(b.version))),
    invariants: invariants.sort((a, b) => compareText(a.name, b.name)),
    releases: Object.entries(migrations.contracts ?? {}).flatMap(([contract, { release }]) =>
      release === undefined ? [] : [{ contract: dotted(contract), release }],
    ),
    seed: given?.seed,
  };
}

type ProbeSettings = NonNullable<NonNullable<NonNullable<RehearsalSettings['versions']>[string]>['probes']>[string];

function completeProbe(context: Context, path: Path, name: string, given: ProbeSettings): RehearsalProbe {
  return {
    name,
    kind: context.need([...path, 'kind'], given.kind, 'read', 'read or write'),
    sql: context.need([...path, 'sql'], given.sql, '', 'the statement'),
    parameters: given.parameters ?? [],
  };
}

const dotted = (version: string): string => version.replaceAll('_', '.');
const plain = (version: string): string => version.replace(/^v/, '');
