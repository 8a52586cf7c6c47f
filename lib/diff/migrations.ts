import { hookPhases } from '../manifest/argocd';
import { type KubeObject, listAt, mapAt, textAt } from '../manifest/object';
import { oncePerGroup } from '../manifest/pods';
import type { ObjectGroup } from '../manifest/rule';
import type { GivenSql, SqlJudge } from '../sql/contracts';
import type { Change } from './change';
import { textsOf } from './fields';
import { serviceOf } from './service-of';

/** The part of a migration that a Job runs. */
export type MigrationPhase = 'expand' | 'backfill' | 'contract';

const NAMED = /(?:^|[-.])(expand|backfill|back-fill|contract)(?:$|[-.])/;

/** The part of a migration that a Job runs, by its name or its labels; undefined for a Job of another purpose. */
export function phaseOf(object: KubeObject): MigrationPhase | undefined {
  if (object.kind !== 'Job') return undefined;
  const labels = Object.values(mapAt(object, 'metadata.labels'));
  const text = [object.metadata.name, ...labels].find((one) => NAMED.test(one));
  const [, phase] = NAMED.exec(text ?? '') ?? [];
  return phase === 'back-fill'
    ? 'backfill'
    : phase === 'expand' || phase === 'backfill' || phase === 'contract'
      ? phase
      : undefined;
}

/** Whether a Job migrates a database: by its name, or by the tool that it runs. */
export const isMigration = (object: KubeObject): boolean =>
  object.kind === 'Job' &&
  (/migrat/i.test(object.metadata.name) ||
    phaseOf(object) !== undefined ||
    imagesOf(object).some((image) => /flyway|liquibase|migrate|alembic|atlas/i.test(image)));

const imagesOf = (object: KubeObject): readonly string[] =>
  listAt(object, 'spec.template.spec.containers').flatMap((container) => textAt(container, 'image') ?? []);

/** Whether Jobs of the same service are told apart: then they say themselves which files run. */
export const hasPhases = (group: ObjectGroup, object: KubeObject): boolean =>
  servicesWithPhases(group).has(serviceOf(object));

const servicesWithPhases = oncePerGroup(
  (group): ReadonlySet<string> =>
    new Set(
      group
        .ofKind('Job')
        .filter((job) => phaseOf(job) !== undefined)
        .map(serviceOf),
    ),
);

/** Whether a Job of a change runs after it is synced: one that is new, has another name, or is a hook. */
export function runsAgain({ before, after }: Change): boolean {
  if (after === undefined) return false;
  if (before === undefined || before.object.metadata.name !== after.object.metadata.name) return true;
  return hookPhases(after.object).length > 0;
}

/** SQL that a change brings, and what it does to the version that is running. */
export interface ChangedSql {
  /** The path of it in the object. */
  readonly path: string;
  /** `V2__mail.sql:3`: the file, and the line where something is taken away. */
  readonly place: string;
  /** What is taken away, and why the version that is running may need it; undefined where nothing is. */
  readonly taken: string | undefined;
  /** Whether all of it was understood. */
  readonly certain: boolean;
}

/** What the SQL of a change does, by the rules of `npm run lint:sql`; where PostgreSQL does not read it, by its words. */
export function changedSqlOf(change: Change, judge: SqlJudge | undefined): readonly ChangedSql[] {
  const files = sqlFilesOf(change);
  const verdicts = files.some(({ known }) => !known) ? judge?.(files, SERVER) : undefined;
  return files
    .filter(({ known }) => !known)
    .map(({ name, sql, path }) => {
      const verdict = verdicts?.get(name) ?? { kind: 'unread' as const };
      if (verdict.kind === 'contract') {
        return { path, place: `${name}:${verdict.line}`, taken: verdict.why, certain: true };
      }
      const certain = verdict.kind === 'expand';
      return { path, place: name, taken: certain ? undefined : takenByWords(sql), certain };
    });
}

/** Whether a change brings SQL: only then the parser is loaded. */
export const bringsSql = (change: Change): boolean => sqlFilesOf(change).some(({ known }) => !known);

/** The version of PostgreSQL that `npm run lint:sql` takes where nobody says another. */
const SERVER = 15;

interface SqlFile extends GivenSql {
  readonly path: string;
}

/** The files of SQL in a ConfigMap, and what a Job gives to its program, in order; what stood there before is known. */
function sqlFilesOf({ before, after }: Change): readonly SqlFile[] {
  if (after?.object.kind === 'Job') {
    const then = new Set(argumentsOf(before?.object));
    return argumentsOf(after.object)
      .filter((text) => STATEMENT.test(text))
      .map((sql, i) => ({ name: `argument-${i + 1}.sql`, sql, known: then.has(sql), path: '(root)' }));
  }
  if (after?.object.kind !== 'ConfigMap') return [];
  const then = mapAt(before?.object, 'data');
  return Object.entries(mapAt(after.object, 'data'))
    .filter(([name]) => /\.sql$/i.test(name) && !BACKWARDS.test(name))
    .sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))
    .map(([name, sql]) => ({ name, sql, known: then[name] === sql, path: 'data' }));
}

const argumentsOf = (object: KubeObject | undefined): readonly string[] =>
  ['containers', 'initContainers'].flatMap((field) =>
    listAt(object, `spec.template.spec.${field}`).flatMap((container) =>
      textsOf([...listAt(container, 'command'), ...listAt(container, 'args')]),
    ),
  );

/** Files that undo others: Flyway's, and those of tools that write both ways side by side. */
const BACKWARDS = /^U\d|\.down\.sql$/i;

const STATEMENT = /\b(?:CREATE|ALTER|DROP|TRUNCATE)\s+(?:TABLE|INDEX|VIEW|SCHEMA|TYPE|COLUMN)\b/i;

/** What is dropped, renamed, or asked for that old code does not give. Triggers and functions of an expand part are left out. */
const CONTRACTS =
  /\bDROP\s+(?:TABLE|COLUMN|VIEW|SCHEMA|TYPE)\b[^;]*|\bALTER\s+TABLE\b[^;]*?\b(?:DROP\s+(?!CONSTRAINT|DEFAULT|NOT\s+NULL|IDENTITY|EXPRESSION)(?:COLUMN\s+)?[\w"]+|RENAME\b[^;]*|ALTER\s+(?:COLUMN\s+)?[\w".]+\s+(?:SET\s+NOT\s+NULL|(?:SET\s+DATA\s+)?TYPE\b[^;]*))/i;

function takenByWords(sql: string): string | undefined {
  const [statement] = CONTRACTS.exec(withoutComments(sql)) ?? [];
  return statement === undefined ? undefined : `it says "${statement.replace(/\s+/g, ' ').trim().slice(0, 80)}"`;
}

const withoutComments = (sql: string): string =>
  sql
    .replace(/--[^\n]*/g, '')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/'(?:[^']|'')*'/g, "''");
