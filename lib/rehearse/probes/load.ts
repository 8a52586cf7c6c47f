import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { now } from '../clock';
import { type Account, connect, sqlStateOf } from '../connect';
import type { Probe, Sample } from './model';
import { Values } from './values';

/** Rest of a client between two statements, in milliseconds: a few hundred statements a second for each of them. */
const REST_MS = 5;

/** Time that a statement may take longer than the load, in milliseconds; then its wait so far is what is told. */
const LAST_MS = 10_000;

export interface LoadOptions {
  readonly account: Account;
  readonly database: string;
  readonly schema: string;
  /** Connections for each version and kind. */
  readonly clients: number;
}

/**
 * Readers and writers that send the statements of versions, one after the other, each as a prepared statement, as services
 * do. Every call is a sample.
 */
export class Load {
  readonly samples: Sample[] = [];
  readonly #clients: LoadClient[];

  private constructor(clients: LoadClient[]) {
    this.#clients = clients;
  }

  /** Connects, and begins. */
  static async start(probes: readonly Probe[], options: LoadOptions): Promise<Load> {
    const values = await readValues(probes, options);
    const clients: LoadClient[] = [];
    const load = new Load(clients);
    for (const own of groups(probes))
      for (let i = 0; i < options.clients; i += 1) {
        const client = new LoadClient(own, i, values, options, (sample) => load.samples.push(sample));
        await client.open();
        clients.push(client);
      }
    for (const client of clients) client.begin();
    return load;
  }

  /** Ends when every client has had its last answer, or has waited long enough for it. */
  async stop(): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.stop()));
  }
}

/** The probes of one version and kind are sent by the same clients. */
function groups(probes: readonly Probe[]): readonly (readonly Probe[])[] {
  const byClient = new Map<string, Probe[]>();
  for (const probe of probes) {
    const key = `${probe.version} ${probe.kind}`;
    byClient.set(key, [...(byClient.get(key) ?? []), probe]);
  }
  return [...byClient.values()];
}

async function readValues(probes: readonly Probe[], { account, database, schema }: LoadOptions): Promise<Values> {
  const client = await connect(account, database, { name: 'cutover', schema });
  try {
    return await Values.read(client, probes);
  } finally {
    await client.end();
  }
}

class LoadClient {
  readonly #probes: readonly Probe[];
  readonly #values: Values;
  readonly #options: LoadOptions;
  readonly #tell: (sample: Sample) => void;
  #client: Client | undefined;
  #next: number;
  #stopping = false;
  #loop: Promise<void> = Promise.resolve();
  #open: { readonly probe: Probe; readonly startedMs: number } | undefined;

  constructor(
    probes: readonly Probe[],
    first: number,
    values: Values,
    options: LoadOptions,
    tell: (sample: Sample) => void,
  ) {
    this.#probes = probes;
    this.#next = first;
    this.#values = values;
    this.#options = options;
    this.#tell = tell;
  }

  async open(): Promise<void> {
    const { account, database, schema } = this.#options;
    const [probe] = this.#probes;
    const name = `probe ${probe?.version} ${probe?.kind}`;
    this.#client = await connect(account, database, { name, schema });
  }

  begin(): void {
    this.#loop = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    const late = new AbortController();
    await Promise.race([this.#loop, sleep(LAST_MS, undefined, { signal: late.signal }).catch(() => undefined)]);
    late.abort();
    const open = this.#open;
    this.#open = undefined;
    if (open !== undefined) this.#tell({ ...open, ms: now() - open.startedMs, failure: undefined });
    await this.#close();
  }

  async #close(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    // A session that still waits does not answer to a polite end.
    if (client !== undefined) await Promise.race([client.end().catch(() => undefined), sleep(500)]);
  }

  async #run(): Promise<void> {
    for (; !this.#stopping; await sleep(REST_MS)) {
      const probe = this.#probes[this.#next++ % this.#probes.length];
      if (probe !== undefined) await this.#call(probe);
    }
  }

  async #call(probe: Probe): Promise<void> {
    const startedMs = now();
    this.#open = { probe, startedMs };
    const failure = await this.#query(probe);
    if (this.#open === undefined) return;
    this.#open = undefined;
    this.#tell({ probe, startedMs, ms: now() - startedMs, failure });
    if (failure !== undefined) await this.#reopen();
  }

  async #query(probe: Probe): Promise<Sample['failure']> {
    try {
      if (this.#client === undefined) await this.open();
      const values = [...this.#values.of(probe)];
      await this.#client?.query({ name: probe.name, text: probe.sql, values });
      return undefined;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return { sqlState: sqlStateOf(error), message };
    }
  }

  /** As a pool does with a connection on which a statement failed: a prepared statement that no longer fits fails for ever. */
  async #reopen(): Promise<void> {
    await this.#close();
    try {
      await this.open();
    } catch {
      // The next call tries again, and tells.
    }
  }
}
