import type { MigrationFile, Migrations, Rehearsal } from '../catalog/service';
import { compareVersions, isNumericVersion } from '../catalog/versions';
import type { Diagnostic } from '../diagnostic/diagnostic';
import { split } from '../sql/split';
import { Lines, shorten } from '../sql/text';
import { finding } from './finding';
import { type Probe, parameterOf } from './probes/model';

/** A statement of a file, by its place. */
export interface PlannedStatement {
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/** One migration, with the versions that run beside it. */
export interface Stage {
  readonly file: MigrationFile & { readonly version: string };
  /** From the root of the repository. */
  readonly path: string;
  readonly statements: readonly PlannedStatement[];
  readonly versions: readonly string[];
  readonly probes: readonly Probe[];
}

/** What is rehearsed: everything up to `base` has run before, and the stages run one by one. */
export interface Plan {
  readonly base: string;
  readonly stages: readonly Stage[];
}

/** How many versions run beside a migration: the one that serves, and the one before it, to which one may go back. */
const BESIDE = 2;

/**
 * Orders the migrations behind `from` into stages. Without `from` it is the schema of the lowest version that the catalog has
 * probes of, else the first migration.
 */
export function planOf(
  migrations: Migrations,
  from: string | undefined,
  path: string,
): { readonly plan: Plan | undefined; readonly findings: readonly Diagnostic[] } {
  const versioned = migrations.files.flatMap((file) =>
    file.version === undefined ? [] : [{ ...file, version: file.version }],
  );
  const known = versioned.map(({ version }) => version);
  const findings = unknownVersions(migrations.rehearsal, known, path);
  if (from !== undefined && !isOf(known, from))
    findings.push(
      finding('MIG011', '--from', `there is no migration ${from}`, { hint: `the versions are: ${known.join(', ')}` }),
    );
  if (findings.length > 0) return { plan: undefined, findings };
  const base = from ?? lowest(migrations.rehearsal.versions.map(({ schema }) => schema)) ?? known[0];
  const rehearsed = versioned.filter(({ version }) => base !== undefined && compareVersions(version, base) > 0);
  if (base === undefined || rehearsed.length === 0)
    return {
      plan: undefined,
      findings: [
        finding('MIG013', path, `there is no migration behind ${base ?? 'an empty schema'}`, {
          hint: 'name the migration that production is at with --from',
        }),
      ],
    };
  const stages = rehearsed.map((file): Stage => {
    const versions = versionsBeside(migrations.rehearsal, versioned, file);
    return {
      file,
      path: `${migrations.directory}/${file.phase}/${file.name}`,
      statements: statementsOf(file.sql),
      versions: versions.map(({ version }) => version),
      probes: versions.flatMap(({ version, probes }) =>
        probes.map((probe) => ({ ...probe, version, parameters: probe.parameters.map(parameterOf) })),
      ),
    };
  });
  return { plan: { base, stages }, findings };
}

function unknownVersions({ versions, invariants }: Rehearsal, known: readonly string[], path: string): Diagnostic[] {
  const named = [
    ...versions.map(({ version, schema }) => [`versions["${version}"].schema`, schema] as const),
    ...invariants.flatMap(({ name, since, until }) => [
      [`invariants.${name}.since`, since] as const,
      ...(until === undefined ? [] : [[`invariants.${name}.until`, until] as const]),
    ]),
  ];
  return named
    .filter(([, version]) => !isOf(known, version))
    .map(([field, version]) =>
      finding('MIG011', `${path}.rehearsal.${field}`, `there is no migration ${version}`, {
        hint: `the versions are: ${known.join(', ')}`,
      }),
    );
}

const isOf = (known: readonly string[], version: string): boolean =>
  isNumericVersion(version) && known.some((one) => compareVersions(one, version) === 0);

const lowest = (versions: readonly string[]): string | undefined => [...versions].sort(compareVersions)[0];

const plain = (version: string): string => version.replace(/^v/, '');

/**
 * The versions of the image that run while a migration does: their schema is there, no contract has ended them, and they are
 * the newest two of those. A contract runs after the full promotion of its release, so beside it run that release and the one
 * before it, to which one may go back.
 */
export function versionsBeside(
  { versions, releases }: Rehearsal,
  files: readonly { readonly version: string; readonly phase: string }[],
  { version: migration }: { readonly version: string },
): Rehearsal['versions'] {
  const contracts = files.filter(
    ({ phase, version }) => phase === 'contract' && compareVersions(version, migration) <= 0,
  );
  const ended = contracts.flatMap(({ version }) => {
    const release = releases.find(({ contract }) => compareVersions(contract, version) === 0)?.release;
    const before = versions.filter((one) => release !== undefined && compareVersions(plain(one.version), release) < 0);
    return before.slice(0, -1);
  });
  return versions.filter((one) => compareVersions(one.schema, migration) < 0 && !ended.includes(one)).slice(-BESIDE);
}

/** The statements of a file, as they stand there. */
export function statementsOf(sql: string): readonly PlannedStatement[] {
  const lines = new Lines(sql);
  return split(sql).pieces.map(({ text, offset }) => ({ text, ...lines.at(offset) }));
}

/** A statement as it is shown: without its comments, cut. */
export const shown = (text: string): string => shorten(text.replace(/^\s*--.*$/gm, ''), 100);
