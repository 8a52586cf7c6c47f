import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Account, connect, literal } from '../connect';

/** Who may run the server: it refuses to be root, so root hands it to an account without rights. */
export function serverAccount(): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was assigned');
  return address.port;
}

/** Without fsync: a crash of the machine would lose what is thrown away anyway. */
const SETTINGS = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off', 'max_wal_size=4GB'];

/**
 * Runs the server and ends it, with its files, when the pipe to this process is closed: so it goes also when this process is
 * killed. What runs in the background has no standard input, so the pipe has another number.
 */
const GUARD =
  'exec 3<&0; "$@" & server=$!; { read -r _ <&3; kill -INT $server; } & wait $server; wait $server; rm -rf -- "$0"';

/** A throwaway PostgreSQL server on the loopback interface. */
export class LocalServer {
  /** The superuser. */
  readonly admin: Account;
  /** Owns its databases but is no superuser, as in production. */
  readonly migrator: Account;
  readonly folder: string;
  readonly #bin: string;
  #server: ChildProcess | undefined;

  private constructor(bin: string, folder: string, port: number) {
    this.#bin = bin;
    this.folder = folder;
    const at = { host: '127.0.0.1', port, password: randomBytes(12).toString('hex') };
    this.admin = { ...at, user: 'postgres' };
    this.migrator = { ...at, user: 'migrator' };
  }

  /** Creates and starts a server from the programs in `bin`; `stop` removes every trace of it. */
  static async start(bin: string): Promise<LocalServer> {
    const folder = mkdtempSync(join(tmpdir(), 'cutover-postgres-'));
    const server = new LocalServer(bin, folder, await freePort());
    try {
      await server.#boot();
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  async #boot(): Promise<void> {
    const account = serverAccount();
    const data = join(this.folder, 'data');
    const passwordFile = join(this.folder, 'password');
    writeFileSync(passwordFile, this.admin.password, { mode: 0o600 });
    if (account.uid !== undefined && account.gid !== undefined) {
      chownSync(this.folder, account.uid, account.gid);
      chownSync(passwordFile, account.uid, account.gid);
    }
    const options = [
      '-U',
      'postgres',
      '-A',
      'scram-sha-256',
      '--pwfile',
      passwordFile,
      '-E',
      'UTF8',
      '--locale=C',
      '-N',
    ];
    execFileSync(join(this.#bin, 'initdb'), ['-D', data, ...options], {
      ...account,
      cwd: this.folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const settings = [...SETTINGS, `port=${this.admin.port}`].flatMap((setting) => ['-c', setting]);
    const program = [join(this.#bin, 'postgres'), '-D', data, ...settings];
    // A process group of its own: Ctrl-C in the terminal must reach who stops it in order, not the server itself.
    this.#server = spawn('sh', ['-c', GUARD, this.folder, ...program], {
      ...account,
      cwd: '/',
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    });
    await this.#ready();
  }

  async #ready(): Promise<void> {
    const { user, password } = this.migrator;
    for (let tries = 0; tries < 600 && this.#server?.exitCode === null; tries++) {
      try {
        const client = await connect(this.admin, 'postgres', { name: 'cutover' });
        await client.query(`CREATE ROLE ${user} LOGIN CREATEDB PASSWORD ${literal(password)}`);
        await client.end();
        return;
      } catch {
        await sleep(50);
      }
    }
    throw new Error('PostgreSQL did not start');
  }

  /** Ends the server, its connections and its files. */
  async stop(): Promise<void> {
    if (this.#server?.exitCode === null && this.#server.signalCode === null) {
      const ended = once(this.#server, 'exit');
      this.#server.stdin?.end();
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}
