import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Cleanup } from '../../lib/rehearse/cleanup';
import { connect } from '../../lib/rehearse/connect';
import { findPostgres } from '../../lib/rehearse/server/find';
import { useGiven } from '../../lib/rehearse/server/given';
import { LocalServer } from '../../lib/rehearse/server/local';
import { startServer } from '../../lib/rehearse/server/start';
import { describeWith } from '../tools/commands';
import { ROOT } from '../tools/root';

jest.setTimeout(60_000);

const bin = findPostgres();

test('a server that does not start is a finding about the installation', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cutover-test-'));
  // The server is not root's.
  chmodSync(folder, 0o755);
  for (const name of ['initdb', 'postgres', 'psql'])
    writeFileSync(join(folder, name), '#!/bin/sh\necho no space left >&2\nexit 1\n', { mode: 0o755 });
  const before = process.env.PATH;
  process.env.PATH = `${folder}:${before}`;
  try {
    const told = await startServer({ url: undefined, majorVersion: 15, productionHosts: [] }, new Cleanup());
    expect(told).toMatchObject({ code: 'MIG020', message: expect.stringMatching(/does not start: .*no space left/s) });
  } finally {
    process.env.PATH = before;
    rmSync(folder, { recursive: true });
  }
});

describeWith(bin === undefined ? ['postgres'] : [])('a server of our own', () => {
  let server: LocalServer;
  beforeAll(async () => {
    server = await LocalServer.start(bin ?? '');
  });
  afterAll(() => server?.stop());

  const url = (database: string) => {
    const { host, port, user, password } = server.migrator;
    return `postgresql://${user}:${password}@${host}:${port}/${database}`;
  };

  test('is gone with its files when it is stopped', async () => {
    const cleanup = new Cleanup();
    const other = await startServer({ url: undefined, majorVersion: 15, productionHosts: [] }, cleanup);
    if ('code' in other) throw new Error(other.message);
    expect(existsSync(other.local?.folder ?? '')).toBe(true);
    await cleanup.run();
    expect(existsSync(other.local?.folder ?? '')).toBe(false);
    await expect(connect(other.admin, 'postgres', { name: 'test' })).rejects.toThrow();
  });

  test('is gone also when who started it is killed', async () => {
    const starter = startedElsewhere();
    const folder = await folderOf(starter);
    expect(existsSync(folder)).toBe(true);
    starter.kill('SIGKILL');
    for (let tries = 0; existsSync(folder) && tries < 200; tries += 1) await sleep(50);
    expect(existsSync(folder)).toBe(false);
  });

  test('that is empty and used by nobody may be given', async () => {
    expect(await useGiven(url('postgres'), [])).toMatchObject({ majorVersion: expect.any(Number), local: undefined });
  });

  test('with a table, or with somebody connected, may not', async () => {
    const client = await connect(server.migrator, 'postgres', { name: 'shop' });
    expect(await useGiven(url('postgres'), [])).toMatchObject({
      code: 'MIG021',
      message: 'somebody else is connected to the server: shop in postgres',
    });
    await client.query('CREATE DATABASE used');
    await client.end();
    const used = await connect(server.migrator, 'used', { name: 'shop' });
    await used.query('CREATE TABLE orders (id int)');
    await used.end();
    expect(await useGiven(url('used'), [])).toMatchObject({
      code: 'MIG021',
      message: 'the database is not empty: it has public.orders',
    });
  });
});

/** A process of its own that starts a server and says where. */
function startedElsewhere(): ChildProcess {
  const entry = join(ROOT, 'lib/rehearse/server/local.ts');
  const program = `require(${JSON.stringify(entry)}).LocalServer.start(process.argv[1]).then(({ folder }) => console.log(folder))`;
  const loader = join(ROOT, 'test/rehearse/load-typescript.cjs');
  return spawn(process.execPath, ['-r', loader, '-e', program, bin ?? ''], { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function folderOf({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error('no output');
  const [line] = (await once(stdout, 'data')) as readonly Buffer[];
  return String(line).trim();
}
