import { showValue } from '../../diagnostic/format';
import { formatPath, type Path } from '../../diagnostic/path';
import { fieldAt } from '../../manifest/object';
import { ReleaseFault, releaseFault } from '../fault';
import { contractsInTheWay } from './contracts';
import { entryPaths, type GitVersion, versionOf } from './git-version';
import { type Edit, type Merged, mergeBack, same } from './merge';
import type { Target } from './target';

/** What a rollback will do to the catalog. */
export interface RollbackPlan {
  readonly target: Target;
  readonly edits: readonly Edit[];
  /** Places that were edited after the release, and stay. */
  readonly kept: readonly Path[];
  /** The commits that are taken back, newest first. */
  readonly takenBack: readonly GitVersion[];
}

/**
 * The edits that take a service back to a commit. Throws a ReleaseFault where it was edited since in a way that cannot be kept,
 * where nothing would change, or where a contract stands in the way.
 */
export function planRollback(
  versions: readonly GitVersion[],
  target: Target,
  where: { readonly environment: string; readonly service: string },
): RollbackPlan {
  const [head] = versions;
  const old = target.version;
  const path = `services.${where.service}`;
  if (head === undefined || same(head.entry, old.entry)) {
    const hint = 'what differs was not in the catalog: look at the commits of migrations/ and of Cutover itself';
    throw new ReleaseFault(releaseFault('REL030', path, `the catalog says of it what it said at ${short(old)}`, hint));
  }
  const released = releaseCommit(versions, old);
  const parts = entryPaths(where.environment, where.service).map((at, i) =>
    mergeBack(released.entry[i], head.entry[i], withSchemaOf(head.entry[i], old.entry[i]), at),
  );
  const merged: Merged = {
    edits: parts.flatMap(({ edits }) => edits),
    kept: parts.flatMap(({ kept }) => kept),
    conflicts: parts.flatMap(({ conflicts }) => conflicts),
  };
  refuseConflicts(merged, old, released);
  refuseContracts(versions, old, path);
  const since = versions.findIndex(({ commit }) => commit === old.commit);
  return { target, edits: merged.edits, kept: merged.kept, takenBack: versions.slice(0, Math.max(since, 0)) };
}

/**
 * What is said of migrations stays, as their files do: the schema does not go back, and a contract that has run must go on
 * being told.
 */
function withSchemaOf(now: unknown, old: unknown): unknown {
  const migrations = fieldAt(now, 'migrations');
  if (migrations === undefined) return old;
  return { ...(typeof old === 'object' ? old : {}), migrations };
}

const short = ({ commit }: GitVersion): string => commit.slice(0, 9);

/** The newest commit after the old one that changed the version: what came later was no release. HEAD where none did. */
function releaseCommit(versions: readonly GitVersion[], old: GitVersion): GitVersion {
  const until = versions.findIndex(({ commit }) => commit === old.commit);
  const since = until < 0 ? versions : versions.slice(0, until);
  const found = since.find((one, i) => versionOf(one) !== versionOf(versions[i + 1] ?? old));
  return found ?? since[0] ?? old;
}

function refuseConflicts({ conflicts }: Merged, old: GitVersion, released: GitVersion): void {
  if (conflicts.length === 0) return;
  throw new ReleaseFault(
    ...conflicts.map(({ path, released: then, now, old: before }) => ({
      ...releaseFault(
        'REL032',
        formatPath(path),
        `edited since the release (${short(released)}): it was ${shown(before)} at ${short(old)}, the release made it ${shown(then)}, and now it is ${shown(now)}`,
        'say in services.json what it shall be, commit that, and roll back again',
      ),
    })),
  );
}

const shown = (value: unknown): string => showValue(value) ?? 'absent';

function refuseContracts(versions: readonly GitVersion[], old: GitVersion, path: string): void {
  const found = contractsInTheWay(versions, old);
  if (found.length === 0) return;
  throw new ReleaseFault(
    ...found.map(({ contract, release, why }) =>
      why === 'tooOld'
        ? releaseFault(
            'REL033',
            `${path}.migrations.contracts["${contract}"]`,
            `contract ${contract} ran with ${release}; ${versionOf(old)} may need what it removed`,
            `go back to the version right before ${release} and no further; else bring back by a new expand migration what it needs`,
          )
        : releaseFault(
            'REL033',
            `${path}.migrations.contracts["${contract}"]`,
            `contract ${contract} ran with ${release}, and ${versionOf(old)} cannot be compared with it`,
            'use numbered versions; go back by hand where you know that the old version runs without what was removed',
          ),
    ),
  );
}
