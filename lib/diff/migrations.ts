import { hookPhases } from '../manifest/argocd';
import { type KubeObject, listAt, mapAt, textAt } from '../manifest/object';
import type { ObjectGroup } from '../manifest/rule';
import type { Change } from './change';
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
export function hasPhases(group: ObjectGroup, object: KubeObject): boolean {
  const service = serviceOf(object);
  return group.ofKind('Job').some((job) => phaseOf(job) !== undefined && serviceOf(job) === service);
}

/** Whether a Job of a change runs after it is synced: one that is new, has another name, or is a hook. */
export function runsAgain({ before, after }: Change): boolean {
  if (after === undefined) return false;
  if (before === undefined || before.object.metadata.name !== after.object.metadata.name) return true;
  return hookPhases(after.object).length > 0;
}

/** The statements of SQL that take something away which a running version may use, in the files that a change adds or edits. */
export function contractingStatements({
  before,
  after,
}: Change): readonly { readonly file: string; readonly statement: string }[] {
  if (after === undefined || after.object.kind !== 'ConfigMap') return [];
  const then = mapAt(before?.object, 'data');
  return Object.entries(mapAt(after.object, 'data'))
    .filter(([file, sql]) => /\.sql$/i.test(file) && then[file] !== sql)
    .flatMap(([file, sql]) => {
      const [statement] = CONTRACTS.exec(withoutComments(sql)) ?? [];
      return statement === undefined ? [] : [{ file, statement: statement.replace(/\s+/g, ' ').trim() }];
    });
}

/** What is dropped, renamed, or asked for that old code does not give. Triggers and functions of an expand part are left out. */
const CONTRACTS =
  /\bDROP\s+(?:TABLE|COLUMN|VIEW|SCHEMA|TYPE)\b[^;]*|\bALTER\s+TABLE\b[^;]*?\b(?:DROP\s+(?!CONSTRAINT|DEFAULT|NOT\s+NULL|IDENTITY|EXPRESSION)(?:COLUMN\s+)?[\w"]+|RENAME\b[^;]*|ALTER\s+(?:COLUMN\s+)?[\w".]+\s+(?:SET\s+NOT\s+NULL|(?:SET\s+DATA\s+)?TYPE\b[^;]*))/i;

const withoutComments = (sql: string): string =>
  sql
    .replace(/--[^\n]*/g, '')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/'(?:[^']|'')*'/g, "''");
