import type { Path } from '../../diagnostic/path';
import { ITEM_DEFAULTS } from '../built-in';
import { MIGRATION_PHASES, type MigrationFolder } from '../migration-files';
import type { ServiceSettings } from '../schema/catalog';
import type { Database, MigrationFile, MigrationRun, Migrations } from '../service';
import { compareVersions, isNumericVersion } from '../versions';
import type { Context } from './context';
import { versionProblem } from './image';
import { contractUses, tellJudgedFrom, usesAround } from './migration-uses';
import { completeRehearsal } from './rehearsal';
import { completeSecret } from './workload';

type MigrationSettings = NonNullable<ServiceSettings['migrations']>;

/** The migrations of a service and the Jobs that this release runs; `read` gives a folder from the root of the repository. */
export function completeMigrations(
  context: Context,
  version: string | undefined,
  read: (directory: string) => MigrationFolder,
): Migrations | undefined {
  const given = context.settings.migrations;
  if (!given) return undefined;
  const filled = { ...ITEM_DEFAULTS.migrations, ...given };
  const directory = given.directory ?? `migrations/${context.key}`;
  const folder = context.refused(['migrations', 'directory']) ? NO_FOLDER : read(directory);
  for (const { code, file, message, hint } of folder.problems)
    context.fault(code, ['migrations', 'directory'], message, hint, file);
  const { flywayImage } = context.platform;
  if (flywayImage === undefined && !context.refusedAt(['platform', 'flyway'])) {
    const message = 'platform.flyway.image is missing, and this service has migrations';
    context.fault('CAT004', ['migrations'], message, 'name an image of Flyway');
  }
  const credential = (field: 'user' | 'password', hint: string) => {
    const path: Path = ['migrations', field];
    return completeSecret(context, path, context.need(path, given[field], { existing: {} }, hint));
  };
  tellJudgedFrom(context, folder, given);
  return {
    directory,
    files: folder.files,
    judgedFrom: filled.judgedFrom.replaceAll('_', '.'),
    uses: usesAround(given, version),
    contractUses: contractUses(given),
    runs: planRuns(context, folder, given, version),
    database: completeDatabase(context, given),
    user: credential('user', 'where the user name comes from'),
    password: credential('password', 'where the password comes from'),
    flywayImage: flywayImage ?? 'none',
    activeDeadlineSeconds: filled.activeDeadlineSeconds,
    lockTimeoutSeconds: filled.lockTimeoutSeconds,
    rehearsal: completeRehearsal(context, given),
  };
}

function completeDatabase(context: Context, given: MigrationSettings): Database {
  const database = { ...ITEM_DEFAULTS.database, ...given.database };
  const at = (field: string): Path => ['migrations', 'database', field];
  return {
    host: context.need(at('host'), database.host, '', 'the host of the PostgreSQL server'),
    port: database.port,
    name: context.need(at('name'), database.name, '', 'the name of the database'),
    schema: database.schema,
    sslMode: database.sslMode,
    caCertificate: completeCaCertificate(context, database.sslMode, database.caCertificate ?? undefined),
    serverVersion: database.serverVersion,
    cidr: database.cidr,
  };
}

/** The driver trusts nobody by itself: without a file it refuses to verify, and with one it may still not look. */
function completeCaCertificate(
  context: Context,
  sslMode: Database['sslMode'],
  given: { readonly configMap?: string; readonly key?: string } | undefined,
): Database['caCertificate'] {
  const path: Path = ['migrations', 'database', 'caCertificate'];
  if (sslMode === 'require' || sslMode === 'disable') {
    if (given !== undefined) {
      const message = `sslMode ${sslMode} does not verify the server, so caCertificate has no effect`;
      context.fault('CAT068', path, message, 'set sslMode to verify-full, or caCertificate to null');
    }
    return undefined;
  }
  const ca = context.need(path, given, undefined, `who signs the server's certificate, because sslMode is ${sslMode}`);
  if (ca === undefined) return undefined;
  return {
    configMap: context.need([...path, 'configMap'], ca.configMap, '', 'the name of the ConfigMap'),
    key: context.need([...path, 'key'], ca.key, '', 'the key in the ConfigMap'),
  };
}

/**
 * The Jobs of this release. Flyway applies versions in order, so a Job names the version to stop at, and a contract
 * bars everything behind it until its own release has been promoted: before that release it waits, with it it runs after
 * full promotion, later it is part of the history.
 */
function planRuns(
  context: Context,
  folder: MigrationFolder,
  given: MigrationSettings,
  version: string | undefined,
): readonly MigrationRun[] {
  const { files } = folder;
  const states = contractStates(context, folder, given, version);
  const versioned = files.filter((file) => file.version !== undefined);
  const barrier = versioned.findIndex((file) => file.phase === 'contract' && states.get(file.name) !== 'done');
  const reachable = barrier === -1 ? versioned : versioned.slice(0, barrier);
  const runs: MigrationRun[] = [];
  const last = (phase: 'expand' | 'backfill'): string | undefined =>
    reachable.filter((file) => file.phase === phase || file.phase === 'contract').at(-1)?.version;
  const expand = last('expand');
  const backfill = reachable.filter((file) => file.phase === 'backfill').at(-1)?.version;
  const mustBeApplied = reachable.flatMap((file) =>
    file.phase === 'contract' && file.version !== undefined ? [file.version] : [],
  );
  if (expand !== undefined) runs.push({ phase: 'expand', target: expand, mustBeApplied });
  if (backfill !== undefined && (expand === undefined || compareVersions(backfill, expand) > 0)) {
    runs.push({ phase: 'backfill', target: backfill, mustBeApplied });
  }
  const contract = lastDue(versioned, barrier, states);
  if (contract !== undefined) runs.push({ phase: 'contract', target: contract, mustBeApplied });
  tellWaiting(context, versioned, states, contract);
  return runs.sort((a, b) => MIGRATION_PHASES.indexOf(a.phase) - MIGRATION_PHASES.indexOf(b.phase));
}

/** `unknown` where the release or the version is faulty, which is told already. */
type ContractState = 'waiting' | 'due' | 'done' | 'unknown';

/** What stands in for a folder that cannot be read because its path was refused. */
const NO_FOLDER: MigrationFolder = { files: [], problems: [] };

function contractStates(
  context: Context,
  { files, problems }: MigrationFolder,
  given: MigrationSettings,
  version: string | undefined,
): ReadonlyMap<string, ContractState> {
  const states = new Map<string, ContractState>();
  const contracts = Object.entries(given.contracts ?? {});
  for (const [contract, { release }] of contracts) {
    const path: Path = ['migrations', 'contracts', contract];
    const file = files.find((one) => one.phase === 'contract' && one.version === contract.replaceAll('_', '.'));
    if (file === undefined) {
      // The file may be one of those that could not be read or are misnamed.
      if (problems.length > 0 || context.refused(['migrations', 'directory'])) continue;
      const known = files.filter((one) => one.phase === 'contract').map((one) => one.version);
      context.fault(
        'CAT063',
        path,
        `there is no contract migration ${contract}`,
        known.length > 0 ? `the versions are: ${known.join(', ')}` : 'add its file to contract/, or remove this line',
      );
      continue;
    }
    if (states.has(file.name)) {
      const hint = 'keep one of them: _ and . are the same in a version';
      context.fault('CAT063', path, `another line names ${file.name} as well`, hint);
      continue;
    }
    states.set(file.name, 'unknown');
    const from = context.need([...path, 'release'], release, '', 'the image version whose promotion lets it run');
    if (from === '' || version === undefined || versionProblem(version) !== undefined) continue;
    const running = runningVersions(context, version).map((one) => one.split('@')[0] ?? one);
    const unordered = running.find((one) => !isNumericVersion(one));
    if (unordered !== undefined) {
      context.fault(
        'CAT063',
        [...path, 'release'],
        `version ${unordered} of ${context.key} in ${context.environment.name} cannot be compared with release ${from}`,
        'use numbered versions, such as 1.10.0',
      );
      continue;
    }
    // The oldest version that runs decides: what it reads must not be removed.
    const order = Math.min(...running.map((one) => compareVersions(one.replace(/^v/, ''), from)));
    states.set(file.name, order < 0 ? 'waiting' : order === 0 ? 'due' : 'done');
  }
  return states;
}

/** Every version that runs for long: those of variants beside the control, or those of both colours. */
function runningVersions({ settings: { strategy, routing } }: Context, version: string): readonly string[] {
  if (strategy?.kind === 'abTest') {
    const variants = Object.values(strategy.abTest?.variants ?? {});
    return [version, ...variants.flatMap((variant) => (variant?.version === undefined ? [] : [variant.version]))];
  }
  if (routing?.router !== 'albTargetGroups') return [version];
  const { blue, green } = routing.targetGroups?.colours ?? {};
  return [blue?.version ?? version, green?.version ?? version];
}

/** The last of the contracts that are due in a row from the barrier on. */
function lastDue(
  versioned: readonly MigrationFile[],
  barrier: number,
  states: ReadonlyMap<string, ContractState>,
): string | undefined {
  let due: string | undefined;
  for (const file of barrier === -1 ? [] : versioned.slice(barrier)) {
    if (file.phase !== 'contract' || states.get(file.name) !== 'due') break;
    due = file.version;
  }
  return due;
}

function tellWaiting(
  context: Context,
  versioned: readonly MigrationFile[],
  states: ReadonlyMap<string, ContractState>,
  due: string | undefined,
): void {
  let barrier: MigrationFile | undefined;
  if (context.refused(['migrations', 'contracts']) || [...states.values()].includes('unknown')) return;
  for (const file of versioned) {
    if (file.phase === 'contract') {
      if (!states.has(file.name)) {
        context.fault(
          'CAT064',
          ['migrations', 'contracts'],
          `${file.name} names no release`,
          `add "${file.version}": { "release": "<version>" } when it is known`,
        );
      }
      const runs =
        states.get(file.name) === 'done' ||
        (due !== undefined && file.version !== undefined && compareVersions(file.version, due) <= 0);
      if (!runs) barrier ??= file;
    } else if (barrier !== undefined) {
      context.fault(
        'CAT065',
        ['migrations'],
        `${file.name} waits for ${barrier.name} in ${context.environment.name}`,
        'promote the release of the contract first; a lower version would be refused where a higher one is applied',
      );
    }
  }
}
