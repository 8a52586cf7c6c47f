import type { SqlRule } from '../rule';
import type { Statement } from '../statement';
import { addColumnConstraint } from './add-column-constraint';
import { addColumnDomain } from './add-column-domain';
import { addColumnGenerated } from './add-column-generated';
import { addColumnJson } from './add-column-json';
import { addColumnRequired } from './add-column-required';
import { addColumnSerial } from './add-column-serial';
import { addColumnVolatileDefault } from './add-column-volatile-default';
import { attachPartition } from './attach-partition';
import { backfillDrift } from './backfill-drift';
import { backfillSourceDropped } from './backfill-source-dropped';
import { cascade } from './cascade';
import { cluster } from './cluster';
import { concurrentLockTimeout } from './concurrent-lock-timeout';
import { concurrentlyInTransaction } from './concurrently-in-transaction';
import { constraintValid } from './constraint-valid';
import { createTrigger } from './create-trigger';
import { dataBesideDdl } from './data-beside-ddl';
import { detachPartition } from './detach-partition';
import { domainConstraint } from './domain-constraint';
import { dropBeforeContract } from './drop-before-contract';
import { dropDefault } from './drop-default';
import { dropIndexNotConcurrent } from './drop-index-not-concurrent';
import { dropSeveralConcurrently } from './drop-several-concurrently';
import { enumRename } from './enum-rename';
import { enumUsedAtOnce } from './enum-used-at-once';
import { exclusion } from './exclusion';
import { foreignKeyValid } from './foreign-key-valid';
import { identityChange } from './identity-change';
import { indexIfNotExists } from './index-if-not-exists';
import { indexNotConcurrent } from './index-not-concurrent';
import { indexOnPartitioned } from './index-on-partitioned';
import { lockTable } from './lock-table';
import { lockTimeoutMissing } from './lock-timeout-missing';
import { partitionedRefuses } from './partitioned-refuses';
import { phaseMismatch } from './phase-mismatch';
import { primaryKeyNullable } from './primary-key-nullable';
import { refresh } from './refresh';
import { reindex } from './reindex';
import { releaseNotNull } from './release-not-null';
import { releaseSelectStar } from './release-select-star';
import { releaseUnique } from './release-unique';
import { releaseUsesDropped } from './release-uses-dropped';
import { rename } from './rename';
import { revoke } from './revoke';
import { riskySetting } from './risky-setting';
import { rowLocks } from './row-locks';
import { rowSecurity } from './row-security';
import { serverSetting } from './server-setting';
import { serverVersion } from './server-version';
import { setNotNull } from './set-not-null';
import { setSchema } from './set-schema';
import { tableRewrite } from './table-rewrite';
import { timeoutDisabled } from './timeout-disabled';
import { transactionControl } from './transaction-control';
import { triggerState } from './trigger-state';
import { truncate } from './truncate';
import { twoTables } from './two-tables';
import { typeChange } from './type-change';
import { unbatchedChange } from './unbatched-change';
import { uniqueNotUsingIndex } from './unique-not-using-index';
import { vacuum } from './vacuum';
import { validateInTransaction } from './validate-in-transaction';

/** All rules, by code. Adding one is a file and a line here. */
export const SQL_RULES: readonly SqlRule[] = [
  indexNotConcurrent,
  concurrentlyInTransaction,
  indexOnPartitioned,
  indexIfNotExists,
  dropIndexNotConcurrent,
  dropSeveralConcurrently,
  reindex,
  addColumnVolatileDefault,
  addColumnSerial,
  addColumnGenerated,
  addColumnJson,
  addColumnRequired,
  addColumnConstraint,
  addColumnDomain,
  setNotNull,
  constraintValid,
  foreignKeyValid,
  validateInTransaction,
  uniqueNotUsingIndex,
  primaryKeyNullable,
  exclusion,
  typeChange,
  domainConstraint,
  tableRewrite,
  identityChange,
  rename,
  setSchema,
  dropBeforeContract,
  cascade,
  dropDefault,
  revoke,
  enumUsedAtOnce,
  enumRename,
  vacuum,
  cluster,
  lockTable,
  truncate,
  refresh,
  attachPartition,
  detachPartition,
  triggerState,
  createTrigger,
  rowSecurity,
  unbatchedChange,
  dataBesideDdl,
  twoTables,
  rowLocks,
  transactionControl,
  timeoutDisabled,
  riskySetting,
  serverSetting,
  serverVersion,
  phaseMismatch,
  releaseUsesDropped,
  releaseSelectStar,
  releaseNotNull,
  releaseUnique,
  backfillDrift,
  partitionedRefuses,
  lockTimeoutMissing,
  concurrentLockTimeout,
  backfillSourceDropped,
];

const byKind = new Map<Statement['kind'], readonly SqlRule[]>();

/** The rules that may say something about a statement of a kind, in the order of the registry: most have nothing to do with it. */
export function rulesOn(kind: Statement['kind']): readonly SqlRule[] {
  const known = byKind.get(kind);
  if (known !== undefined) return known;
  const rules = SQL_RULES.filter(({ kinds }) => kinds === 'any' || kinds.includes(kind));
  byKind.set(kind, rules);
  return rules;
}
