import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { LONGEST_COMMENT, MARKER } from '../../lib/diff/format/markdown';
import { fieldAt, listAt, textAt } from '../../lib/manifest/object';
import { ROOT } from '../tools/catalog';
import { findCommand } from '../tools/commands';

const FOLDER = join(ROOT, '.github/workflows');
const workflows = readdirSync(FOLDER).map((name) => {
  const text = readFileSync(join(FOLDER, name), 'utf8');
  return { name, text, workflow: parse(text) as unknown };
});

const jobsOf = (workflow: unknown): readonly unknown[] => Object.values(Object(fieldAt(workflow, 'jobs')));
const stepsOf = (workflow: unknown): readonly unknown[] => jobsOf(workflow).flatMap((job) => listAt(job, 'steps'));
const of = (name: string): unknown => workflows.find((one) => one.name === name)?.workflow;

test('there are workflows with steps', () => {
  expect(workflows.map(({ name }) => name)).toEqual(['cutover-comment.yml', 'cutover.yml']);
  for (const { workflow } of workflows) expect(stepsOf(workflow).length).toBeGreaterThan(1);
});

describe.each(workflows)('$name', ({ text, workflow }) => {
  test('pins every action by the hash of a commit, with its version behind', () => {
    const uses = stepsOf(workflow).flatMap((step) => textAt(step, 'uses') ?? []);
    expect(uses.length).toBeGreaterThan(0);
    for (const one of uses) expect(one).toMatch(/^actions\/[a-z-]+@[0-9a-f]{40}$/);
    for (const line of text.split('\n').filter((one) => one.includes('uses:')))
      expect(line).toMatch(/# v\d+\.\d+\.\d+$/);
  });

  test('puts nothing that others write into a script', () => {
    const scripts = stepsOf(workflow).flatMap((step) => [textAt(step, 'run'), textAt(step, 'with.script')]);
    for (const script of scripts) expect(script ?? '').not.toContain('${{');
  });

  test('says what it may do, and ends', () => {
    expect(fieldAt(workflow, 'permissions')).toBeDefined();
    for (const job of jobsOf(workflow)) expect(fieldAt(job, 'timeout-minutes')).toBeLessThanOrEqual(15);
    expect(text).not.toContain('pull_request_target');
    expect(text).not.toContain('secrets.');
  });
});

test('what runs the code of a pull request may only read, and keeps no credentials', () => {
  const workflow = of('cutover.yml');
  expect(fieldAt(workflow, 'permissions')).toEqual({ contents: 'read' });
  expect(jobsOf(workflow).flatMap((job) => fieldAt(job, 'permissions') ?? [])).toEqual([]);
  const [checkout] = stepsOf(workflow).filter((step) => textAt(step, 'uses')?.startsWith('actions/checkout@'));
  expect(fieldAt(checkout, 'with')).toEqual({ 'fetch-depth': 0, 'persist-credentials': false });
  const commands = stepsOf(workflow)
    .flatMap((step) => textAt(step, 'run') ?? [])
    .join('\n');
  for (const part of ['npm run -s synth', 'npm run -s lint', 'npm run -s diff', 'git status --porcelain -- dist'])
    expect(commands).toContain(part);
});

test('what may write checks nothing out, and runs no command', () => {
  const workflow = of('cutover-comment.yml');
  expect(fieldAt(workflow, 'permissions')).toEqual({});
  expect(jobsOf(workflow).map((job) => fieldAt(job, 'permissions'))).toEqual([
    { actions: 'read', 'pull-requests': 'write' },
  ]);
  const steps = stepsOf(workflow);
  expect(steps.filter((step) => textAt(step, 'run') !== undefined)).toEqual([]);
  expect(steps.filter((step) => textAt(step, 'uses')?.includes('checkout'))).toEqual([]);
  expect(textAt(steps.at(-1), 'with.script')).toContain(MARKER);
});

/** The script, run against a GitHub that only writes down what it is asked. */
async function comment(
  pulls: readonly object[],
  comments: readonly object[],
  isThere = true,
): Promise<readonly (readonly [string, unknown])[]> {
  const asked: (readonly [string, unknown])[] = [];
  const note = (name: string) => async (settings: unknown) => void asked.push([name, settings]);
  const github = {
    rest: {
      pulls: { list: async () => ({ data: pulls }) },
      issues: { listComments: {}, updateComment: note('update'), createComment: note('create') },
    },
    paginate: async () => comments,
  };
  const context = {
    repo: { owner: 'o', repo: 'r' },
    payload: {
      workflow_run: {
        head_sha: 'abc',
        head_branch: 'topic',
        head_repository: { owner: { login: 'fork' } },
        html_url: 'https://github.com/o/r/actions/runs/5',
      },
    },
  };
  const fs = {
    lstatSync: () => (isThere ? { isFile: () => true } : undefined),
    readFileSync: () => `${MARKER}\nhello @somebody ${'x'.repeat(70_000)}`,
  };
  const script = textAt(stepsOf(of('cutover-comment.yml')).at(-1), 'with.script') ?? '';
  const run = new Function('github', 'context', 'core', 'require', `return (async () => {${script}})()`);
  await run(github, context, { info: () => undefined }, () => fs);
  return asked;
}

test('the comment is made once, and kept up to date', async () => {
  const pull = { number: 7, head: { sha: 'abc' } };
  const body = expect.stringContaining('hello @\u200bsomebody');
  expect(await comment([pull], [])).toEqual([['create', { owner: 'o', repo: 'r', issue_number: 7, body }]]);
  const own = { id: 3, user: { type: 'Bot' }, body: `${MARKER}\nold` };
  const foreign = { id: 2, user: { type: 'User' }, body: `${MARKER}\nfake` };
  const [updated] = await comment([pull], [foreign, own]);
  expect(updated).toEqual(['update', { owner: 'o', repo: 'r', comment_id: 3, body }]);
  expect(await comment([{ number: 7, head: { sha: 'other' } }], [])).toEqual([]);
  const [[, made] = []] = await comment([pull], []);
  const text = textAt(made, 'body') ?? '';
  expect(text).toContain('(https://github.com/o/r/actions/runs/5#artifacts)');
  expect(text.length).toBeLessThanOrEqual(LONGEST_COMMENT);
});

test('a run that had nothing to say leaves no comment', async () => {
  expect(await comment([{ number: 7, head: { sha: 'abc' } }], [], false)).toEqual([]);
});

describe('the steps, with a command line that does what it is told', () => {
  let folder: string;
  const git = (...args: readonly string[]) =>
    spawnSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.org', ...args], { cwd: folder });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cutover-steps-'));
    mkdirSync(join(folder, 'dist'));
    writeFileSync(join(folder, 'dist/a.yaml'), 'a: 1\n');
    git('init', '-q');
    git('add', '-A');
    git('commit', '-qm', 'x');
    mkdirSync(join(folder, 'bin'));
    writeFileSync(join(folder, '.git/info/exclude'), 'bin\ncomment.md\nsummary\ncutover-diff\n');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** A step by its name, as GitHub runs it: bash that ends with the first command that fails. */
  const step = (name: string, npm: string) => {
    writeFileSync(join(folder, 'bin/npm'), `#!/bin/sh\n${npm}\n`, { mode: 0o755 });
    const script =
      textAt(
        stepsOf(of('cutover.yml')).find((one) => textAt(one, 'name') === name),
        'run',
      ) ?? 'exit 99';
    const env = {
      ...process.env,
      PATH: `${join(folder, 'bin')}:${process.env.PATH}`,
      GITHUB_STEP_SUMMARY: join(folder, 'summary'),
    };
    return spawnSync('bash', ['-e', '-c', script], { cwd: folder, encoding: 'utf8', env });
  };

  test('a dist/ that is what synth writes passes; another one, and a new file, do not', () => {
    const fresh = 'true';
    expect(step('Fail when dist/ is stale', fresh).status).toBe(0);
    for (const stale of ['echo "a: 2" > dist/a.yaml', 'echo "b: 1" > dist/b.yaml', 'rm dist/a.yaml']) {
      const { status, stdout } = step('Fail when dist/ is stale', stale);
      expect(status).toBe(1);
      expect(stdout).toContain('::error::dist/ is not what synth writes');
      git('checkout', '-q', '--', 'dist');
      git('clean', '-qfd', 'dist');
    }
    expect(step('Fail when dist/ is stale', 'exit 1').status).toBe(1);
  });

  test('what is said is kept and shown, also when it fails', () => {
    const { status } = step('Say what the change does', 'echo "an error"; exit 1');
    expect(status).toBe(1);
    expect(step('Show it', 'true').status).toBe(0);
    expect(readFileSync(join(folder, 'summary'), 'utf8')).toBe('an error\n');
  });

  test('a picture that cannot be drawn fails nothing', () => {
    expect(step('Draw it', 'exit 1').status).toBe(0);
  });
});

const actionlint = findCommand('actionlint');

/** Nothing installs it but Go, which a machine need not have. */
const describeLinted = actionlint === undefined ? describe.skip : describe;
if (actionlint === undefined) console.warn('tests skipped, not installed: actionlint');

describeLinted('actionlint', () => {
  test('finds nothing', () => {
    const files = workflows.map(({ name }) => join(FOLDER, name));
    const { status, stdout, stderr } = spawnSync(actionlint ?? '', ['-no-color', ...files], {
      encoding: 'utf8',
      cwd: ROOT,
    });
    expect(`${stdout}${stderr}`).toBe('');
    expect(status).toBe(0);
  });
});
