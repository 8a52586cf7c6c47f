import { dirname, resolve } from 'node:path';
import type { Expected } from '../../release/expected';
import { ReleaseFault, releaseFault } from '../../release/fault';
import type { ReleaseSubject } from '../../release/subject';
import { Git } from './git';
import { placesIn } from './git-versions';
import type { Options } from './options';

/** What should run, by the catalog and by the repository that it is in; a catalog without a repository says its image only. */
export function expectedOf(options: Options, subject: ReleaseSubject): Expected {
  const { service, known } = subject;
  if (known === undefined) return { service };
  const image = known.service.image.reference;
  const catalog = resolve(options.catalog);
  const root = new Git(dirname(catalog)).try('rev-parse', '--show-toplevel')?.trim();
  if (root === undefined || root === '') return { service, image, ...named(undefined, options) };
  const git = new Git(root);
  const { rendered } = placesIn(catalog, subject, known.environment);
  const commit =
    named(git, options).commit ?? (git.try('log', '-1', '--format=%H', '--', rendered)?.trim() || undefined);
  return commit === undefined ? { service, image } : { service, image, commit, contains: containing(git, commit) };
}

/** The commit of `--commit`, whole where the repository knows it. */
function named(git: Git | undefined, { commit }: Options): Pick<Expected, 'commit'> {
  if (commit === undefined) return {};
  const whole = git?.try('rev-parse', '--verify', '--quiet', '--end-of-options', `${commit}^{commit}`)?.trim();
  if (whole === undefined && !/^[0-9a-f]{40}$/.test(commit))
    throw new ReleaseFault(
      releaseFault('REL001', '--commit', `this repository has no commit ${commit}`, 'say all of its 40 digits'),
    );
  return { commit: whole ?? commit };
}

/** Whether another commit has this one behind it; asked of Git once for each. */
function containing(git: Git, commit: string): (revision: string) => boolean | undefined {
  const known = new Map<string, boolean | undefined>();
  return (revision) => {
    if (!known.has(revision)) known.set(revision, revision === commit || git.isAncestor(commit, revision));
    return known.get(revision);
  };
}
