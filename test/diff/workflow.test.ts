import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
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
