import { randomBytes } from 'node:crypto';
import type { Client } from 'pg';
import type { Cleanup } from './cleanup';
import { connect, quoted } from './connect';
import type { Server } from './server/server';

/** The databases of a rehearsal: made, copied, and dropped at its end. */
export class Databases {
  readonly #server: Server;
  readonly #client: Client;
  readonly #prefix = `cutover_rehearsal_${randomBytes(4).toString('hex')}`;
  readonly #made = new Set<string>();
  #count = 0;

  private constructor(server: Server, client: Client) {
    this.#server = server;
    this.#client = client;
  }

  static async open(server: Server, cleanup: Cleanup): Promise<Databases> {
    const client = await connect(server.admin, server.database, { name: 'cutover' });
    const databases = new Databases(server, client);
    cleanup.defer(() => databases.#close());
    return databases;
  }

  /** An empty database. */
  create(): Promise<string> {
    return this.#make('template1');
  }

  /** A copy of another one, to which nobody may be connected. */
  async copy(template: string, tablespace?: string): Promise<string> {
    await this.#endSessions(template);
    return this.#make(template, tablespace);
  }

  async drop(name: string): Promise<void> {
    await this.#endSessions(name);
    await this.#client.query(`DROP DATABASE IF EXISTS ${quoted(name)}`);
    this.#made.delete(name);
  }

  /** A connection that sees what every session does. */
  watcher(name: string): Promise<Client> {
    return connect(this.#server.admin, name, { name: 'cutover watch' });
  }

  async #make(template: string, tablespace?: string): Promise<string> {
    this.#count += 1;
    const name = `${this.#prefix}_${this.#count}`;
    const owner = quoted(this.#server.migrator.user);
    const where = tablespace === undefined ? '' : ` TABLESPACE ${quoted(tablespace)}`;
    await this.#client.query(`CREATE DATABASE ${quoted(name)} OWNER ${owner} TEMPLATE ${quoted(template)}${where}`);
    this.#made.add(name);
    return name;
  }

  async #endSessions(name: string): Promise<void> {
    await this.#client.query('SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1', [name]);
  }

  /** A server of our own goes with all that is in it. */
  async #close(): Promise<void> {
    if (this.#server.local === undefined) for (const name of this.#made) await this.drop(name);
    await this.#client.end();
  }
}
