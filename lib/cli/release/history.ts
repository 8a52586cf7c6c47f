import { dirname, resolve } from 'node:path';
import { printable } from '../../diagnostic/format';
import { ReleaseFault } from '../../release/fault';
import { historyOf, type PastRelease } from '../../release/history';
import { toJson } from '../../release/json';
import type { GitVersion } from '../../release/rollback/git-version';
import { durationText, titleOf } from '../../release/text';
import { placesIn, repositoryOf, versionsInGit } from './git-versions';
import type { Options } from './options';
import { type Looked, lookAtCluster } from './session';
import { RELEASE_EXIT, type ReleaseStreams } from './streams';

/** Prints the versions that were released, from the cluster and from Git; each does without the other. */
export async function runHistory(options: Options, streams: ReleaseStreams): Promise<number> {
  const looked = await lookAtCluster(options);
  const { versions, why } = versionsOf(options, looked);
  const rows = historyOf(looked.state, versions);
  const missing = [looked.why, why].filter((text) => text !== undefined);
  if (options.format === 'json') {
    const { service, namespace, rollout, known } = looked.subject;
    streams.out(
      `${toJson({ service, environment: known?.environment.name, namespace, rollout, missing, history: rows }, 2)}\n`,
    );
  } else {
    const lines = [titleOf(looked.subject), ...missing.map((text) => `  without ${text}`), ...rows.map(lineOf)];
    streams.out(lines.map((line) => `${printable(line)}\n`).join(''));
  }
  return looked.state === undefined && versions.length === 0 ? RELEASE_EXIT.unknown : RELEASE_EXIT.ok;
}

function versionsOf(
  options: Options,
  { subject }: Looked,
): { readonly versions: readonly GitVersion[]; readonly why: string | undefined } {
  const { known } = subject;
  if (known === undefined) return { versions: [], why: 'Git: the catalog does not have this service' };
  try {
    const catalog = resolve(options.catalog);
    const git = repositoryOf(dirname(catalog));
    return { versions: versionsInGit(git, placesIn(catalog, subject, known.environment)), why: undefined };
  } catch (error) {
    if (!(error instanceof ReleaseFault)) throw error;
    return { versions: [], why: `Git: ${error.message}` };
  }
}

function lineOf({ revision, verdict, why, at, seconds, images, commit, subject, version }: PastRelease): string {
  const columns = [
    (revision === undefined ? '-' : String(revision)).padStart(4),
    verdict.padEnd(11),
    (at ?? '').slice(0, 19).padEnd(20),
    (seconds === undefined ? '' : durationText(seconds)).padStart(7),
    commit === undefined ? '-'.padEnd(9) : commit.slice(0, 9),
    version ?? images.join(', '),
    subject ?? '',
    why,
  ];
  return columns.join('  ').trimEnd();
}
