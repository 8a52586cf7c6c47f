import type { MigrationFile, Migrations, Rehearsal } from '../../lib/catalog/service';
import { Cleanup } from '../../lib/rehearse/cleanup';
import { missingForFlyway } from '../../lib/rehearse/flyway/build';
import { type RehearsalOptions, rehearse } from '../../lib/rehearse/rehearse';
import type { RehearsalReport } from '../../lib/rehearse/report/report';
import { findPostgres } from '../../lib/rehearse/server/find';
import { sampleScope } from '../tools/catalog';

/** What has to be installed to rehearse and is not. */
export const missing = [...(findPostgres() === undefined ? ['postgres'] : []), ...missingForFlyway('13.12.0')];

/** The migrations of the sample's backend, as a release has them. */
export function sampleMigrations(): Migrations {
  const { migrations } = sampleScope('backend').service;
  if (migrations === undefined) throw new Error('the backend has no migrations');
  return migrations;
}

/** The sample with other files, and with what the catalog says of them. */
export function migrationsWith(files: readonly MigrationFile[], rehearsal: Partial<Rehearsal>): Migrations {
  return {
    ...sampleMigrations(),
    files,
    rehearsal: { versions: [], invariants: [], releases: [], seed: undefined, ...rehearsal },
  };
}

/** A file by its name; `conf` says that it runs outside of a transaction. */
export const fileOf = (
  version: string,
  sql: string,
  { phase = 'expand', conf }: { readonly phase?: MigrationFile['phase']; readonly conf?: string } = {},
): MigrationFile => ({ name: `V${version}__x.sql`, phase, version, sql, conf });

export const OUTSIDE = { conf: 'executeInTransaction=false\n' } as const;

/** Rehearses, and ends whatever it started; it throws the findings where it cannot begin. */
export async function rehearsed(
  migrations: Migrations,
  options: Partial<RehearsalOptions> = {},
): Promise<RehearsalReport> {
  const cleanup = new Cleanup();
  try {
    const report = await rehearse({ ...DEFAULTS, migrations, ...options }, cleanup);
    if (!('verdict' in report)) throw new Error(JSON.stringify(report, null, 2));
    return report;
  } finally {
    await cleanup.run();
  }
}

export const DEFAULTS = {
  service: 'backend',
  environment: 'production',
  productionHosts: [],
  databaseUrl: undefined,
  rows: 20_000,
  from: undefined,
  maxWaitMs: 1000,
  timeoutSeconds: 60,
  clients: 2,
  drills: [],
  progress: () => undefined,
} as const satisfies Omit<RehearsalOptions, 'migrations'>;

/** The codes of what was found, with the file that each is about. */
export const codesOf = ({ findings }: RehearsalReport): readonly string[] => [
  ...new Set(findings.map(({ code, position }) => `${code} ${position?.file.split('/').at(-1) ?? ''}`.trim())),
];
