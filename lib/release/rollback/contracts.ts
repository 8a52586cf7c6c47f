import { compareVersions, isNumericVersion } from '../../catalog/versions';
import { fieldAt } from '../../manifest/object';
import { type GitVersion, versionOf } from './git-version';

/** A contract that may have removed what the old version needs. */
export interface ContractInTheWay {
  /** The version of its migration. */
  readonly contract: string;
  /** The release whose promotion ran it. */
  readonly release: string;
  readonly why: 'tooOld' | 'cannotCompare';
}

const numberOf = (version: string): string | undefined => {
  const tag = version.split('@')[0] ?? '';
  return isNumericVersion(tag) ? tag.replace(/^v/, '') : undefined;
};

/**
 * Contracts that are applied, or will be when the sync ends, and that the old version cannot run without. The version right
 * before a contract's release does not use what it removes, which is the rule of contracts; one before that may. `versions`
 * are the commits of the service, newest first.
 */
export function contractsInTheWay(versions: readonly GitVersion[], target: GitVersion): readonly ContractInTheWay[] {
  const [head] = versions;
  const from = head === undefined ? undefined : versionOf(head);
  const to = versionOf(target);
  if (head === undefined || from === undefined || to === undefined) return [];
  return contractsOf(head).flatMap(({ contract, release }): readonly ContractInTheWay[] => {
    const [now, old, limit] = [from, to, release].map(numberOf);
    if (now === undefined || old === undefined || limit === undefined)
      return [{ contract, release, why: 'cannotCompare' }];
    if (compareVersions(now, limit) < 0 || compareVersions(old, limit) >= 0) return [];
    return old === lastBefore(versions, limit) ? [] : [{ contract, release, why: 'tooOld' }];
  });
}

function contractsOf({ entry }: GitVersion): readonly { readonly contract: string; readonly release: string }[] {
  const [, own, shared] = entry;
  const contracts = fieldAt(own, 'migrations.contracts') ?? fieldAt(shared, 'migrations.contracts');
  if (typeof contracts !== 'object' || contracts === null) return [];
  return Object.entries(contracts).flatMap(([contract, value]) => {
    const release: unknown = fieldAt(value, 'release');
    return typeof release === 'string' ? [{ contract, release }] : [];
  });
}

/** The version that ran right before the first one that is not below a limit. */
function lastBefore(versions: readonly GitVersion[], limit: string): string | undefined {
  const numbers = versions.map((one) => numberOf(versionOf(one) ?? '') ?? '').filter((one) => one !== '');
  return numbers.find((one) => compareVersions(one, limit) < 0);
}
