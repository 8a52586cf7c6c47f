import { basename, dirname, join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Environment } from '../../catalog/service';
import { fieldAt, textAt } from '../../manifest/object';
import { ReleaseFault, releaseFault } from '../../release/fault';
import { changesOnly, entryOf, type GitVersion } from '../../release/rollback/git-version';
import type { ReleaseSubject } from '../../release/subject';
import { Git } from './git';

/** Where a service stands in a repository; paths from its root. */
export interface InRepository {
  readonly catalog: string;
  readonly rendered: string;
  readonly environment: string;
  readonly service: string;
  readonly rollout: string;
}

/** The repository that a folder is in. */
export function repositoryOf(folder: string): Git {
  const root = new Git(folder).try('rev-parse', '--show-toplevel')?.trim();
  if (root === undefined || root === '') {
    const hint = 'run this in the repository that Argo CD reads';
    throw new ReleaseFault(releaseFault('REL031', folder, 'this is no Git repository', hint));
  }
  return new Git(root);
}

/** Where a service stands in the repository of its catalog. */
export function placesIn(
  catalog: string,
  { service, rollout }: ReleaseSubject,
  environment: Environment,
): InRepository {
  // Links are resolved as Git does it.
  const folder = new Git(dirname(catalog)).run('rev-parse', '--show-prefix').trim();
  return {
    catalog: join(folder, basename(catalog)),
    rendered: join(folder, 'dist', environment.name, 'services', `${service}.yaml`),
    environment: environment.name,
    service,
    rollout,
  };
}

/** So many commits are looked at: a version that is further back has no ReplicaSet either. */
const MOST_COMMITS = 200;

/** The commits that changed the service, newest first; the first is HEAD's state of it. */
export function versionsInGit(git: Git, at: InRepository): readonly GitVersion[] {
  const log = git.run(
    'log',
    `--max-count=${MOST_COMMITS}`,
    '--format=%H%x09%cI%x09%s',
    'HEAD',
    '--',
    at.catalog,
    at.rendered,
  );
  const versions = log
    .split('\n')
    .filter((line) => line !== '')
    .map((line): GitVersion => {
      const [commit = '', date = '', ...subject] = line.split('\t');
      return versionAt(git, at, { commit, date, subject: subject.join('\t') });
    });
  return changesOnly(versions);
}

/** What a commit says of the service. */
export function versionAt(
  git: Git,
  at: InRepository,
  commit: Pick<GitVersion, 'commit' | 'date' | 'subject'>,
): GitVersion {
  return {
    ...commit,
    entry: entryOf(jsonAt(git, commit.commit, at.catalog), at.environment, at.service),
    template: templateIn(git.try('show', `${commit.commit}:${at.rendered}`) ?? '', at.rollout),
  };
}

/** The catalog of a commit as a value; undefined where it is none. */
export function jsonAt(git: Git, commit: string, file: string): unknown {
  try {
    return JSON.parse(git.try('show', `${commit}:${file}`) ?? '');
  } catch {
    return undefined;
  }
}

/** The pod template of a Rollout in a rendered file; undefined where it has none. */
export function templateIn(text: string, rollout: string): unknown {
  const objects = parseAllDocuments(text).map((document): unknown => document.toJS());
  const found = objects.find((one) => textAt(one, 'kind') === 'Rollout' && textAt(one, 'metadata.name') === rollout);
  return fieldAt(found, 'spec.template');
}
