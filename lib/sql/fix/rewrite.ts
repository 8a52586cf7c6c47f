import { isBounded } from '../bounded';
import type { SchemaState } from '../schema-state';
import type { Located } from '../statement';
import { strongTables } from '../strong';
import { batched } from './batches';
import { alterTable } from './constraints';
import { concurrentDrop, concurrentIndex, withConcurrently } from './indexes';
import { type Given, inTransaction, outside, type Rewritten } from './part';

/** What a statement is judged against. */
export interface Around {
  readonly state: SchemaState;
  readonly fresh: (table: string) => boolean;
}

/** What becomes of a statement: itself, or what does the same beside traffic. What is found in it later is refused as a whole. */
export function rewrite(given: Given, around: Around): Rewritten {
  const { located, sql, phase } = given;
  const { statement } = located;
  const { state, fresh } = around;
  switch (statement.kind) {
    case 'create-index':
      if (fresh(statement.table) || statement.only || state.tables.get(statement.table)?.partitioned) break;
      return concurrentIndex(statement, given);
    case 'drop':
      if (statement.object !== 'INDEX' || statement.names.every((name) => fresh(state.indexes.get(name)?.table ?? '')))
        break;
      return concurrentDrop(statement, given);
    case 'reindex':
      if (statement.concurrent) return [outside([sql], { phase, label: 'reindex' })];
      return withConcurrently(given, /^(INDEX|TABLE|SCHEMA|DATABASE)$/, 'reindex');
    case 'vacuum':
      if (!statement.analyzeOnly) return [outside([sql], { phase, label: 'vacuum' })];
      break;
    case 'alter-table':
      if (statement.target === 'table' && !fresh(statement.table)) return altered(given, around);
      break;
    case 'data':
      return changed(given, around);
    default:
  }
  return [asItIs(given, around)];
}

/** The statement as it stands. */
const asItIs = ({ located, sql, phase }: Given, { fresh }: Around) =>
  inTransaction([sql], {
    phase,
    locks: strongTables(located).filter((table) => !fresh(table)),
    validates: does(located, /^validate-constraint$/),
    tightens: does(located, /^(validate-constraint|add-constraint|set-not-null)$/),
  });

const does = ({ statement }: Located, what: RegExp): boolean =>
  statement.kind === 'alter-table' && statement.actions.some(({ kind }) => what.test(kind));

function altered(given: Given, around: Around): Rewritten {
  const { statement } = given.located;
  if (statement.kind !== 'alter-table') return [asItIs(given, around)];
  const [only, ...others] = statement.actions;
  if (only?.kind === 'detach-partition' && others.length === 0) {
    const sql = only.concurrent ? given.sql : `${given.sql} CONCURRENTLY`;
    return [outside([sql], { phase: given.phase, label: `detach_${only.partition.replaceAll('.', '_')}` })];
  }
  const unsafe = statement.actions.some(
    (action) =>
      action.kind === 'add-constraint' ||
      (action.kind === 'set-not-null' && !around.state.provesNotNull(statement.table, action.column)),
  );
  return unsafe ? alterTable(statement, given) : [asItIs(given, around)];
}

function changed(given: Given, around: Around): Rewritten {
  const { statement } = given.located;
  const [change, ...others] = statement.kind === 'data' ? statement.changes : [];
  if (change === undefined || around.fresh(change.table)) return [asItIs(given, around)];
  const few = [change, ...others].every((one) => isBounded(one, { state: around.state, within: undefined }));
  if (few && change.verb === 'INSERT') return [asItIs(given, around)];
  if (few)
    return [inTransaction([given.sql], { phase: 'backfill', label: `${change.table.replaceAll('.', '_')}_backfill` })];
  return others.length > 0
    ? { refused: 'it changes several tables at once: write the batches by hand' }
    : batched(change, given, around.state);
}
