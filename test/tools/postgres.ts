import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findCommand } from './commands';

/** Debian keeps the server's programs out of PATH, one folder for each major version. */
const DEBIAN = '/usr/lib/postgresql';

/** The folder with initdb, postgres and psql of one version, the newest one first; undefined when there is none. */
export function findPostgres(): string | undefined {
  const initdb = findCommand('initdb') ?? findCommand('initdb', debianFolders());
  const folder = initdb === undefined ? undefined : dirname(initdb);
  return folder !== undefined && existsSync(join(folder, 'postgres')) && existsSync(join(folder, 'psql'))
    ? folder
    : undefined;
}

function debianFolders(): string[] {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN) : [];
  return versions.sort((a, b) => Number(b) - Number(a)).map((version) => join(DEBIAN, version, 'bin'));
}

/** Who may run the server: it refuses to be root, so root hands it to an account without rights. */
function serverAccount(): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) {
    return {};
  }
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') {
    throw new Error('no port was assigned');
  }
  return address.port;
}

/** A connection that stays open between statements: for transactions that have to be in the way of something. */
export class Session {
  private readonly child: ChildProcess;
  private readonly ended: Promise<unknown>;
  private errors = '';

  constructor(psql: string, args: readonly string[], env: NodeJS.ProcessEnv) {
    this.child = spawn(psql, args, { env, stdio: ['pipe', 'ignore', 'pipe'] });
    this.ended = once(this.child, 'close');
    // Writing to a psql that gave up fails, too; `end` says why it did.
    this.child.stdin?.on('error', () => undefined);
    this.child.stderr?.on('data', (chunk: Buffer) => {
      this.errors += chunk.toString();
    });
  }

  /** Sends statements and does not wait for them. */
  send(sql: string): void {
    this.child.stdin?.write(`${sql};\n`);
  }

  /** Ends at once, whatever is still open. */
  kill(): void {
    this.child.kill('SIGKILL');
  }

  /** Waits for everything that was sent; throws what the server answered if a statement failed. */
  async end(): Promise<void> {
    this.child.stdin?.end();
    await this.ended;
    if (this.child.exitCode !== 0) {
      throw new Error(`psql: ${this.errors}`);
    }
  }
}

/** A throwaway PostgreSQL server on the loopback interface. */
export class Postgres {
  /** The account of the tests owns its databases but is no superuser, as in production. */
  readonly user = 'migrator';
  readonly password = randomBytes(12).toString('hex');
  readonly port: number;
  private readonly bin: string;
  private readonly folder: string;
  private readonly sessions: Session[] = [];
  private server: ChildProcess | undefined;

  private constructor(bin: string, folder: string, port: number) {
    this.bin = bin;
    this.folder = folder;
    this.port = port;
  }

  /** Creates and starts a server; `stop` removes every trace of it. */
  static async start(bin: string): Promise<Postgres> {
    const folder = mkdtempSync(join(tmpdir(), 'cutover-postgres-'));
    const postgres = new Postgres(bin, folder, await freePort());
    try {
      await postgres.boot();
    } catch (error) {
      await postgres.stop();
      throw error;
    }
    return postgres;
  }

  private async boot(): Promise<void> {
    const account = serverAccount();
    const data = join(this.folder, 'data');
    const passwordFile = join(this.folder, 'password');
    writeFileSync(passwordFile, this.password);
    if (account.uid !== undefined && account.gid !== undefined) {
      chownSync(this.folder, account.uid, account.gid);
    }
    execFileSync(
      join(this.bin, 'initdb'),
      ['-D', data, '-U', 'postgres', '-A', 'scram-sha-256', '--pwfile', passwordFile, '-E', 'UTF8', '--locale=C', '-N'],
      { ...account, cwd: this.folder, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off', `port=${this.port}`];
    this.server = spawn(join(this.bin, 'postgres'), ['-D', data, ...settings.flatMap((setting) => ['-c', setting])], {
      ...account,
      cwd: this.folder,
      stdio: 'ignore',
    });
    await this.ready();
    this.psql('postgres', `CREATE ROLE ${this.user} LOGIN CREATEDB PASSWORD '${this.password}'`, 'postgres');
  }

  private async ready(): Promise<void> {
    for (let tries = 0; tries < 300 && this.server?.exitCode === null; tries++) {
      try {
        this.psql('postgres', 'SELECT 1', 'postgres');
        return;
      } catch {
        await sleep(50);
      }
    }
    throw new Error('PostgreSQL did not start');
  }

  private environment(user: string): NodeJS.ProcessEnv {
    const connection = { PGHOST: '127.0.0.1', PGPORT: String(this.port), PGUSER: user, PGPASSWORD: this.password };
    return { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', ...connection };
  }

  /** Runs statements, each in its own transaction, and returns the rows: unaligned, columns separated by `|`. */
  psql(database: string, sql: string, user = this.user): string {
    const args = ['-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-d', database];
    const options = { env: this.environment(user), encoding: 'utf8', input: sql, stdio: 'pipe' } as const;
    return execFileSync(join(this.bin, 'psql'), args, options).trim();
  }

  /** Opens a connection that outlives one call, at most until `stop`. */
  session(database: string): Session {
    const args = ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', database];
    const session = new Session(join(this.bin, 'psql'), args, this.environment(this.user));
    this.sessions.push(session);
    return session;
  }

  /** Ends the server, its connections and its files. */
  async stop(): Promise<void> {
    for (const session of this.sessions) {
      session.kill();
    }
    if (this.server?.exitCode === null) {
      const ended = once(this.server, 'exit');
      this.server.kill('SIGINT');
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}
