import type { Client, ClientConfig } from 'pg';

/** Where a server is and who asks it. */
export interface Account {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

/** What a session is told beside. */
export interface SessionOptions {
  /** Shown in pg_stat_activity. */
  readonly name: string;
  /** The schema in which names without one are looked for. */
  readonly schema?: string;
}

/** Opens a session; it throws what the driver tells. A session that is lost later fails its next query, not the process. */
export async function connect(account: Account, database: string, { name, schema }: SessionOptions): Promise<Client> {
  // Loaded here and not above: the tests of what needs no server run without it.
  const { Client: Session }: typeof import('pg') = require('pg');
  const config: ClientConfig = {
    host: account.host,
    port: account.port,
    user: account.user,
    password: account.password,
    database,
    application_name: name,
    connectionTimeoutMillis: 10_000,
    ...(schema === undefined ? {} : { options: `-c search_path=${schema}` }),
  };
  const client = new Session(config);
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** The SQLSTATE of what a query threw; undefined where the server did not answer. */
export function sqlStateOf(error: unknown): string | undefined {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}

/** A name as it stands in SQL. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** A text as it stands in SQL. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
