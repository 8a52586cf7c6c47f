import { readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { applyEdits, modify } from 'jsonc-parser';
import type { Environment, Service } from '../../catalog/service';
import { printable, showValue } from '../../diagnostic/format';
import { formatPath } from '../../diagnostic/path';
import type { ClusterState } from '../../release/cluster-state';
import { inProgress } from '../../release/cluster-state';
import { ReleaseFault, releaseFault } from '../../release/fault';
import { toJson } from '../../release/json';
import { type GitVersion, versionOf } from '../../release/rollback/git-version';
import { same } from '../../release/rollback/merge';
import { planRollback, type RollbackPlan } from '../../release/rollback/plan';
import { namedTarget, type Target, targetOf } from '../../release/rollback/target';
import { type WayBack, wayBackOf } from '../../release/rollback/way-back';
import type { ReleaseSubject } from '../../release/subject';
import type { Git } from './git';
import { type InRepository, placesIn, repositoryOf, templateIn, versionAt, versionsInGit } from './git-versions';
import type { Options } from './options';
import { type Looked, lookAtCluster } from './session';
import { RELEASE_EXIT, type ReleaseStreams } from './streams';
import { inWorkTree, synthIn, type WorkTree } from './work-tree';

/** What was made of a rollback. */
interface Made {
  readonly branch: string;
  readonly commit: string;
  readonly files: readonly string[];
  /** Whether the pod template is byte for byte what the old version had. */
  readonly identical: boolean;
}

/**
 * Makes the commit that takes a service back, on a branch of its own. It changes no other branch, pushes nothing, and leaves the
 * working tree alone.
 */
export async function runRollback(options: Options, streams: ReleaseStreams): Promise<number> {
  const looked = await lookAtCluster(options);
  const { environment, service } = knownIn(looked.subject);
  const catalog = resolve(options.catalog);
  const repository = repositoryOf(dirname(catalog));
  const at = placesIn(catalog, looked.subject, environment);
  const versions = versionsInGit(repository, at);
  const target = chosen(options, repository, at, versions, looked.state);
  const plan = planRollback(versions, target, { environment: environment.name, service: service.key });
  const branch = freeBranch(
    repository,
    `rollback/${environment.name}-${service.key}-${target.version.commit.slice(0, 9)}`,
  );
  const made = inWorkTree(repository, branch, (tree) => make(tree, at, plan, environment, service));
  const wayBack = wayBackOf(looked.state, target.replicaSet, made.identical);
  tell({ options, streams, looked, plan, made, wayBack, environment, service });
  return RELEASE_EXIT.ok;
}

function knownIn({ known, service }: ReleaseSubject): { readonly environment: Environment; readonly service: Service } {
  if (known !== undefined) return known;
  const message = 'the catalog does not have this service, so there is no entry to take back';
  throw new ReleaseFault(releaseFault('REL001', `services.${service}`, message));
}

function chosen(
  { to }: Options,
  repository: Git,
  at: InRepository,
  versions: readonly GitVersion[],
  state: ClusterState | undefined,
): Target {
  if (versions.length === 0) {
    const hint = 'commit services.json and dist/ first';
    throw new ReleaseFault(releaseFault('REL031', at.catalog, 'no commit has it', hint));
  }
  if (to !== undefined) return namedTarget(named(repository, at, to), state);
  const target = targetOf(versions, state);
  if (target !== undefined) return target;
  const hint = 'name the commit: --to <commit>; a shallow clone has no history: git fetch --unshallow';
  throw new ReleaseFault(releaseFault('REL030', at.rendered, 'no commit before HEAD rendered other pods of it', hint));
}

function named(repository: Git, at: InRepository, to: string): GitVersion {
  const commit = repository.try('rev-parse', '--verify', '--quiet', '--end-of-options', `${to}^{commit}`)?.trim();
  if (commit === undefined) throw new ReleaseFault(releaseFault('REL030', '--to', `there is no commit ${to}`));
  if (repository.isAncestor(commit, 'HEAD') !== true)
    throw new ReleaseFault(
      releaseFault('REL030', '--to', `${to} is not behind HEAD, so it was never released from here`),
    );
  const [date = '', subject = ''] = repository
    .run('show', '--no-patch', '--format=%cI%x09%s', commit)
    .trim()
    .split('\t');
  const version = versionAt(repository, at, { commit, date, subject });
  if (versionOf(version) === undefined) {
    const message = `${to} has no version of ${at.service} in ${at.environment}`;
    throw new ReleaseFault(releaseFault('REL030', '--to', message));
  }
  return version;
}

function freeBranch(repository: Git, name: string): string {
  const taken = (branch: string) =>
    repository.try('rev-parse', '--verify', '--quiet', `refs/heads/${branch}`) !== undefined;
  for (let i = 1; ; i += 1) {
    const branch = i === 1 ? name : `${name}-${i}`;
    if (!taken(branch)) return branch;
  }
}

/** Edits, renders, checks and commits; a ReleaseFault leaves no branch behind. */
function make(tree: WorkTree, at: InRepository, plan: RollbackPlan, environment: Environment, service: Service): Made {
  const folder = join(tree.folder, dirname(at.catalog));
  render(folder, 'REL034', 'HEAD cannot be rendered');
  const before = changedFiles(tree.git);
  if (before.length > 0) {
    const hint = 'run npm run synth on this branch and commit what it changes; then roll back';
    throw new ReleaseFault(
      releaseFault('REL034', before[0] ?? '', 'what synth writes at HEAD is not what HEAD has', hint),
    );
  }
  editCatalog(join(tree.folder, at.catalog), plan);
  render(folder, 'REL035', 'the old version cannot be rendered today');
  const files = changedFiles(tree.git);
  const others = files.filter((file) => file !== at.catalog && !isOf(service.key, relative(dirname(at.catalog), file)));
  if (others.length > 0) {
    const hint = 'take the old entry back by hand, and look at what it does to the others';
    throw new ReleaseFault(releaseFault('REL036', others[0] ?? '', `the old entry changes ${others.join(', ')}`, hint));
  }
  tree.git.run('add', '--all', '--', ...files);
  tree.git.run('commit', '--quiet', '--message', messageOf(plan, environment, service));
  const template = templateIn(readFileSync(join(tree.folder, at.rendered), 'utf8'), at.rollout);
  return {
    branch: tree.branch,
    commit: tree.git.run('rev-parse', 'HEAD').trim(),
    files,
    identical: same(template, plan.target.version.template),
  };
}

function render(folder: string, code: 'REL034' | 'REL035', what: string): void {
  const { ok, said } = synthIn(folder);
  if (!ok)
    throw new ReleaseFault(releaseFault(code, 'npm run synth', what, said.trim().split('\n').slice(0, 8).join(' | ')));
}

/** Files that differ from HEAD, new ones among them. */
const changedFiles = (git: Git): readonly string[] =>
  git
    .run('status', '--porcelain', '-z', '--untracked-files=all', '--no-renames')
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => line.slice(3));

/** Whether a file is rendered for one service: its name is the key of the service. */
const isOf = (service: string, file: string): boolean =>
  file.startsWith('dist/') && basename(file).split('.')[0] === service;

/** Only what is taken back is written anew; everything else stays as people wrote it. */
function editCatalog(file: string, { edits }: RollbackPlan): void {
  const before = readFileSync(file, 'utf8');
  const formattingOptions = { insertSpaces: true, tabSize: 2, eol: '\n' };
  const after = edits.reduce(
    (text, { path, after: value }) => applyEdits(text, modify(text, [...path], value, { formattingOptions })),
    before,
  );
  writeFileSync(file, after);
}

function messageOf({ target, takenBack, kept }: RollbackPlan, environment: Environment, service: Service): string {
  const version = (versionOf(target.version) ?? '').split('@')[0];
  const lines = [
    `Roll back ${service.key} in ${environment.name} to ${version}`.slice(0, 72),
    '',
    `The entry of the catalog is that of ${target.version.commit.slice(0, 9)}, and what is rendered from it. Taken back:`,
    ...takenBack.map(({ commit, subject }) => `  ${commit.slice(0, 9)} ${subject}`),
    ...(kept.length === 0 ? [] : ['', 'Edited since, and kept:', ...kept.map((path) => `  ${formatPath(path)}`)]),
  ];
  return `${lines.join('\n')}\n`;
}

interface Told {
  readonly options: Options;
  readonly streams: ReleaseStreams;
  readonly looked: Looked;
  readonly plan: RollbackPlan;
  readonly made: Made;
  readonly wayBack: WayBack;
  readonly environment: Environment;
  readonly service: Service;
}

function tell({ options, streams, looked, plan, made, wayBack, environment, service }: Told): void {
  const { version, because } = plan.target;
  const moving = looked.state !== undefined && inProgress(looked.state.rollout) && !looked.state.rollout.aborted;
  const next = [
    ...(moving || looked.state === undefined
      ? [`npm run -s release -- abort ${service.key} --environment ${environment.name}`]
      : []),
    `git push origin ${made.branch}`,
  ];
  if (options.format === 'json') {
    const edits = plan.edits.map(({ path, before, after }) => ({ path: formatPath(path), before, after }));
    const to = { commit: version.commit, version: versionOf(version), subject: version.subject, because };
    const kept = plan.kept.map(formatPath);
    streams.out(
      `${toJson({ service: service.key, environment: environment.name, ...made, to, edits, kept, wayBack, next }, 2)}\n`,
    );
    return;
  }
  const rows: readonly (readonly [string, string])[] = [
    ['back to', `${versionOf(version)}, ${version.commit.slice(0, 9)} ${version.subject}`],
    ['because', because],
    ...(looked.why === undefined ? [] : [['cluster', looked.why] as const]),
    ...plan.edits.map(
      ({ path, before, after }) => ['edit', `${formatPath(path)}: ${shown(before)} -> ${shown(after)}`] as const,
    ),
    ...plan.kept.map((path) => ['kept', `${formatPath(path)}: edited since the release`] as const),
    ['files', made.files.join(', ')],
    ['schema', 'no contract stands between the two versions'],
    ['way', `${wayBack.kind}: ${wayBack.because}`],
    ['next', next[0] ?? ''],
    ...next.slice(1).map((line) => ['', line] as const),
  ];
  const title = `branch ${made.branch} has the commit ${made.commit.slice(0, 9)}; nothing was pushed`;
  streams.out(
    [title, ...rows.map(([name, text]) => `  ${name.padEnd(9)}${text}`)].map((line) => `${printable(line)}\n`).join(''),
  );
}

const shown = (value: unknown): string => showValue(value) ?? 'absent';
