import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findCommand } from '../tools/commands';
import { bundleChild, sleep } from './processes';
import { leftovers, plant, removeWorkspaces, snapshot, workspace, write } from './support';

const child = bundleChild(workspace().dir);
afterAll(removeWorkspaces);
jest.setTimeout(30_000);

const perl = findCommand('perl') ?? '';
const possible = process.platform === 'linux' && ['x64', 'arm64'].includes(process.arch) && perl !== '';

/** Stands for perl and waits for a file named `go`: before it begins, or right before the call that swaps. */
const WAITING = {
  'before it has begun': `touch here; until [ -e go ]; do sleep 0.02; done; exec ${perl} "$@"`,
  'right before the call': `
    wait='open F, ">", "here"; close F; select undef, undef, undef, 0.02 until -e "go";'
    script=$(printf %s "$2" | sed "s/exit(syscall/$(printf %s "$wait" | sed 's/[&/]/\\\\&/g') exit(syscall/")
    shift 2
    exec ${perl} -e "$script" "$@"`,
};

async function until(seen: () => boolean): Promise<void> {
  for (let i = 0; i < 500 && !seen(); i += 1) await sleep(10);
  expect(seen()).toBe(true);
}

/** Whether a process of this working directory is there. */
const isRunning = (dir: string): boolean =>
  readdirSync('/proc').some((id) => {
    try {
      return /^\d+$/.test(id) && readlinkSync(`/proc/${id}/cwd`) === dir;
    } catch {
      return false;
    }
  });

(possible ? describe : describe.skip)('a run that is killed while its tree is to be swapped', () => {
  test.each(Object.entries(WAITING))('%s: nothing is swapped after its end', async (_, script) => {
    const { dir, root } = workspace('dist', tmpdir());
    const old = { 'a.yaml': 'old', 'b.yaml': 'old' };
    plant(root, old);
    mkdirSync(join(dir, 'bin'));
    writeFileSync(join(dir, 'bin/perl'), `#!/bin/sh\n${script}\n`);
    chmodSync(join(dir, 'bin/perl'), 0o755);
    const env = { ...process.env, PATH: `${join(dir, 'bin')}:${process.env.PATH}` };
    const run = spawn(process.execPath, [child, 'once', root, 'new', '20'], { cwd: dir, env, stdio: 'ignore' });
    const ended = new Promise((resolve) => run.once('close', resolve));
    await until(() => existsSync(join(dir, 'here')));
    run.kill('SIGKILL');
    await ended;
    writeFileSync(join(dir, 'go'), '');
    await until(() => !isRunning(dir));
    expect(snapshot(root)).toEqual(old);
    write(root, { 'c.yaml': 'next' });
    expect([snapshot(root), leftovers(dir)]).toEqual([{ 'c.yaml': 'next' }, []]);
  });
});
