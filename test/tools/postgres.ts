import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Account } from '../../lib/rehearse/connect';
import { LocalServer } from '../../lib/rehearse/server/local';

export { findPostgres } from '../../lib/rehearse/server/find';

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

/** A throwaway PostgreSQL server on the loopback interface, asked with psql. */
export class Postgres {
  private readonly bin: string;
  private readonly server: LocalServer;
  private readonly sessions: Session[] = [];

  private constructor(bin: string, server: LocalServer) {
    this.bin = bin;
    this.server = server;
  }

  /** Creates and starts a server; `stop` removes every trace of it. */
  static async start(bin: string): Promise<Postgres> {
    return new Postgres(bin, await LocalServer.start(bin));
  }

  /** The account of the tests: it owns its databases but is no superuser, as in production. */
  get account(): Account {
    return this.server.migrator;
  }

  private environment(): NodeJS.ProcessEnv {
    const { host, port, user, password } = this.account;
    const connection = { PGHOST: host, PGPORT: String(port), PGUSER: user, PGPASSWORD: password };
    return { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', ...connection };
  }

  /** Runs statements, each in its own transaction, and returns the rows: unaligned, columns separated by `|`. */
  psql(database: string, sql: string): string {
    const args = ['-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-d', database];
    const options = { env: this.environment(), encoding: 'utf8', input: sql, stdio: 'pipe' } as const;
    return execFileSync(join(this.bin, 'psql'), args, options).trim();
  }

  /** Opens a connection that outlives one call, at most until `stop`. */
  session(database: string): Session {
    const args = ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', database];
    const session = new Session(join(this.bin, 'psql'), args, this.environment());
    this.sessions.push(session);
    return session;
  }

  /** Ends the server, its connections and its files. */
  async stop(): Promise<void> {
    for (const session of this.sessions) {
      session.kill();
    }
    await this.server.stop();
  }
}
