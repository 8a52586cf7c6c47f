import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openCatalog } from '../../lib/catalog/read';
import { expectedOf } from '../../lib/cli/release/expected';
import { templateIn } from '../../lib/cli/release/git-versions';
import { parseOptions } from '../../lib/cli/release/options';
import { subjectOf } from '../../lib/release/subject';
import { type Edits, edited, removeWorkspaces } from '../catalog/minimal';
import { describeWith, findCommand } from '../tools/commands';
import { kubeconfigFor, release as run, stateIn } from './command';
import { recorded, replicaSetObject, rolloutObject } from './objects';
import { Replay } from './replay';
import { commitAll, copyOf, git, newRepository, release, removeCopies, synth } from './repository';

jest.setTimeout(120_000);
afterAll(() => {
  removeWorkspaces();
  removeCopies();
});

const WEB = 'environments/production/versions/web';
const API = 'environments/production/versions/api';
const BACK = ['rollback', 'web', '--environment', 'production', '--offline', '--format', 'json'];

describeWith(findCommand('git') === undefined ? ['git'] : [])('rollback on a real repository', () => {
  let base = '';
  let released = '';
  beforeAll(() => {
    base = newRepository();
    released = release(base, 'Release web 1.4.1', { [WEB]: '1.4.1' });
  });

  test('the commit is what git revert would have made, on a branch; nothing else has changed', async () => {
    const folder = copyOf(base);
    writeFileSync(join(folder, 'services.json'), 'somebody is in the middle of an edit');
    const head = git(folder, 'rev-parse', 'main');
    // The catalog of the working tree is broken; what is asked for is in the one of HEAD.
    git(folder, 'checkout', '--quiet', 'services.json');
    writeFileSync(join(folder, 'notes.txt'), 'not committed');
    const ran = await run(folder, BACK);
    expect([ran.code, ran.err]).toEqual([0, '']);
    const { branch, commit, files, edits, kept, to } = stateIn(ran);
    expect(branch).toBe(`rollback/production-web-${git(folder, 'rev-parse', '--short=9', 'main~1')}`);
    expect([edits, kept, to.version]).toEqual([
      [{ path: 'environments.production.versions.web', before: '1.4.1', after: '1.4.0' }],
      [],
      '1.4.0',
    ]);
    expect(files).toEqual(['dist/production/services/web.yaml', 'services.json']);
    expect(git(folder, 'log', '-1', '--format=%s', branch)).toBe('Roll back web in production to 1.4.0');
    expect([git(folder, 'rev-parse', 'main'), git(folder, 'rev-parse', `${branch}~1`)]).toEqual([head, head]);
    expect(git(folder, 'rev-parse', branch)).toBe(commit);
    expect(git(folder, 'status', '--porcelain')).toBe('?? notes.txt');
    expect(git(folder, 'worktree', 'list').split('\n')).toHaveLength(1);
    git(folder, 'checkout', '--quiet', '-b', 'by-git', 'main');
    git(folder, 'revert', '--no-edit', released);
    expect(git(folder, 'rev-parse', `${branch}^{tree}`)).toBe(git(folder, 'rev-parse', 'by-git^{tree}'));
  });

  test('the commit that must have come to the cluster is the last one that changed what is rendered for the service', () => {
    const folder = copyOf(base);
    release(folder, 'Release api', { [API]: '1.8.1' });
    const asked = parseOptions([
      'status',
      'web',
      '--environment',
      'production',
      '--catalog',
      join(folder, 'services.json'),
    ]);
    if (asked === 'help' || 'fault' in asked) throw new Error('not understood');
    const subject = subjectOf(openCatalog(asked.catalog).releases, asked, undefined);
    const { image, commit, contains } = expectedOf(asked, subject);
    expect([image, commit]).toEqual(['registry.example.com/shop/web:1.4.1', git(folder, 'rev-parse', 'main~1')]);
    const revisions = ['main', 'main~1', 'main~2'].map((name) => git(folder, 'rev-parse', name));
    expect([...revisions, 'f'.repeat(40)].map((revision) => contains?.(revision))).toEqual([
      true,
      true,
      false,
      undefined,
    ]);
    expect(expectedOf({ ...asked, commit: 'main~2' }, subject).commit).toBe(revisions[2]);
  });

  test('history knows the commits without a cluster', async () => {
    const { out, code } = await run(copyOf(base), ['history', 'web', '--environment', 'production', '--offline']);
    expect([code, out.split('\n').slice(2, 4)]).toEqual([
      0,
      [
        expect.stringMatching(/^ {3}- {2}onlyInGit .* \w{9} {2}1\.4\.1 {2}Release web 1\.4\.1$/),
        expect.stringMatching(/^ {3}- {2}onlyInGit .* \w{9} {2}1\.4\.0 {2}Begin$/),
      ],
    ]);
  });

  test('text: what is taken back, what to run meanwhile, and that nothing was pushed', async () => {
    const { code, out } = await run(copyOf(base), BACK.slice(0, -2));
    expect(code).toBe(0);
    expect(out).toMatch(/^branch rollback\/production-web-\w{9} has the commit \w{9}; nothing was pushed$/m);
    expect(out).toMatch(/^ {2}because +it is the version before by Git; nothing tells whether it was healthy$/m);
    expect(out).toMatch(/^ {2}edit +environments\.production\.versions\.web: "1\.4\.1" -> "1\.4\.0"$/m);
    expect(out).toMatch(/^ {2}way +unknown: the cluster was not asked/m);
    expect(out).toMatch(
      /^ {2}next +npm run -s release -- abort web --environment production\n {11}git push origin rollback\//m,
    );
  });

  test('what others have committed since stays, and so does what was edited in the entry since', async () => {
    const folder = copyOf(base);
    release(folder, 'Release api', { [API]: '1.8.1' });
    release(folder, 'More pods for web', { 'services/web/replicas': 7 });
    const ran = await run(folder, BACK);
    const { branch, kept, edits } = stateIn(ran);
    expect([ran.code, kept, edits.length]).toEqual([0, ['services.web.replicas'], 1]);
    const catalog = JSON.parse(git(folder, 'show', `${branch}:services.json`));
    expect([catalog.environments.production.versions, catalog.services.web.replicas]).toEqual([
      { api: '1.8.1', web: '1.4.0' },
      7,
    ]);
    git(folder, 'checkout', '--quiet', branch);
    synth(folder);
    expect(git(folder, 'status', '--porcelain')).toBe('');
  });

  test('what was edited since in another way than before is a conflict: it is told, and nothing is left behind', async () => {
    const folder = copyOf(base);
    release(folder, 'Release web 1.4.2, chatty', { [WEB]: '1.4.2', 'services/web/config/LOG_LEVEL': 'debug' });
    release(folder, 'Chattier', { 'services/web/config/LOG_LEVEL': 'trace' });
    const { code, err } = await run(folder, [...BACK, '--to', 'main~2']);
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(
        /^error REL032 services\.web\.config\.LOG_LEVEL: edited since the release \(\w{9}\): it was "info" at \w{9}, the release made it "debug", and now it is "trace"\n {2}hint: /,
      ),
    ]);
    expect(git(folder, 'branch', '--list', 'rollback/*')).toBe('');
    expect(git(folder, 'worktree', 'list').split('\n')).toHaveLength(1);
  });

  test('a commit can be named, over several releases; a second branch has another name', async () => {
    const folder = copyOf(base);
    release(folder, 'Release web 1.4.2', { [WEB]: '1.4.2' });
    release(folder, 'Release web 1.4.3', { [WEB]: '1.4.3' });
    const back = [...BACK, '--to', 'main~3'];
    const [first, second] = [stateIn(await run(folder, back)), stateIn(await run(folder, back))];
    expect([first.to.version, second.branch]).toEqual(['1.4.0', `${first.branch}-2`]);
    expect(stateIn(await run(folder, BACK)).to.version).toBe('1.4.2');
  });

  test('a contract keeps the versions away that are older than the one right before it', async () => {
    const folder = copyOf(base);
    const at: Record<string, string> = {};
    for (const version of ['1.8.5', '1.9.0', '1.9.1'])
      at[version] = release(folder, `Release api ${version}`, { [API]: version });
    const back = (to: string) =>
      run(folder, ['rollback', 'api', '--environment', 'production', '--offline', '--format', 'json', '--to', to]);
    expect((await back(at['1.9.0'] ?? '')).code).toBe(0);
    expect((await back(at['1.8.5'] ?? '')).code).toBe(0);
    const { code, err } = await back('main~3');
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(
        /^error REL033 services\.api\.migrations\.contracts\["2"\]: contract 2 ran with 1\.9\.0; 1\.8\.0 may need what it removed/,
      ),
    ]);
  });

  test('the cluster tells which version was healthy, and whether the way back is a fast one', async () => {
    const folder = copyOf(base);
    const templates = ['main~1', 'main'].map((commit) =>
      templateIn(git(folder, 'show', `${commit}:dist/production/services/web.yaml`), 'web'),
    );
    // As the API server keeps it: with defaults that nobody wrote.
    const [old, bad] = templates.map((template) => edited(template, { 'spec/dnsPolicy': 'ClusterFirst' }));
    const cluster = (status: Edits) =>
      recorded([
        ['rollouts', edited(rolloutObject(status), { 'spec/template': bad })],
        ['replicasets', replicaSetObject('old', 1, 3, { 'spec/template': old })],
        ['replicasets', replicaSetObject('new', 2, 1, { 'spec/template': bad })],
      ]);
    const back = async (status: Edits) => {
      const replay = new Replay(cluster({ 'spec/rollbackWindow': { revisions: 3 }, ...status }));
      writeFileSync(join(folder, 'kubeconfig'), kubeconfigFor(await replay.start()));
      replay.moveTo(99);
      try {
        return stateIn(
          await run(
            folder,
            BACK.filter((one) => one !== '--offline'),
          ),
        );
      } finally {
        await replay.stop();
      }
    };
    const during = await back({});
    expect([during.to.because, during.identical, during.wayBack.kind, during.next.length]).toEqual([
      'its pods are the stable version of the cluster (revision 1)',
      true,
      'stable',
      2,
    ]);
    const afterwards = await back({ 'status/stableRS': 'new', 'status/phase': 'Healthy' });
    expect([afterwards.to.because, afterwards.wayBack.kind, afterwards.next.length]).toEqual([
      'revision 1 of the cluster has its pods, no analysis of it is kept, and no event tells that it was stopped (events are kept for about an hour)',
      'fast',
      1,
    ]);
  });

  const REFUSED: readonly (readonly [string, (folder: string) => void, readonly string[], RegExp])[] = [
    ['a commit that is not there', () => undefined, ['--to', 'nope'], /^error REL030 --to: there is no commit nope/],
    [
      'what HEAD says already',
      () => undefined,
      ['--to', 'HEAD'],
      /^error REL030 services\.web: the catalog says of it what it said at /,
    ],
    [
      'a tree that was edited by hand',
      (folder) => {
        const file = join(folder, 'dist/production/services/api.yaml');
        writeFileSync(file, readFileSync(file, 'utf8').replace(/replicas: 2/, 'replicas: 3'));
        commitAll(folder, 'By hand');
      },
      [],
      /^error REL034 dist\/production\/services\/api\.yaml: what synth writes at HEAD is not what HEAD has/,
    ],
  ];

  test.each(REFUSED)('%s is refused, and nothing is left behind', async (_, prepare, more, words) => {
    const folder = copyOf(base);
    prepare(folder);
    const { code, err } = await run(folder, [...BACK, ...more]);
    expect([code, err]).toEqual([1, expect.stringMatching(words)]);
    expect(git(folder, 'branch', '--list', 'rollback/*')).toBe('');
  });

  test('without a repository, or a version before, there is nothing to go back to', async () => {
    const first = copyOf(base);
    git(first, 'checkout', '--quiet', '-B', 'main', 'main~1');
    expect((await run(first, BACK)).err).toMatch(
      /^error REL030 dist\/production\/services\/web\.yaml: no commit before HEAD/,
    );
    git(first, 'config', 'core.worktree', '/nonexistent');
    expect((await run(first, BACK)).err).toMatch(/^error REL031 /);
  });
});
