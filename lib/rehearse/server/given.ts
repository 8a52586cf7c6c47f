import type { Client } from 'pg';
import type { Diagnostic } from '../../diagnostic/diagnostic';
import { type Account, connect } from '../connect';
import { finding } from '../finding';
import { type Server, versionOf } from './server';

/** What makes a server unfit to be thrown away, each with the question that finds it; no row is what is wanted. */
const QUESTIONS: readonly { readonly sql: string; readonly wrong: (found: string) => string }[] = [
  {
    sql: `SELECT n.nspname || '.' || c.relname AS found FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND n.nspname !~ '^pg_temp'
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')`,
    wrong: (found) => `the database is not empty: it has ${found}`,
  },
  {
    sql: `SELECT coalesce(nullif(application_name, ''), 'a client') || ' in ' || datname AS found
      FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`,
    wrong: (found) => `somebody else is connected to the server: ${found}`,
  },
  {
    sql: `SELECT slot_name::text AS found FROM pg_replication_slots UNION ALL SELECT application_name FROM pg_stat_replication`,
    wrong: (found) => `somebody replicates from the server: ${found}`,
  },
  {
    sql: `SELECT rolname AS found FROM pg_roles WHERE rolname = current_user AND NOT (rolcreatedb OR rolsuper)`,
    wrong: (found) => `${found} may not create databases`,
  },
];

const HINT =
  'name an empty database on a server that nobody else uses, with an account that may create databases; everything is done in ' +
  'databases of its own, which are dropped afterwards. Or unset DATABASE_URL: a local server is started then';

const refuse = (message: string): Diagnostic => finding('MIG021', 'DATABASE_URL', message, { hint: HINT });

/**
 * Takes a server that was given, if it is proved to be disposable: its host is none that the catalog names, the database is
 * empty, and nobody else is connected to or replicates from the server.
 */
export async function useGiven(url: string, productionHosts: readonly string[]): Promise<Server | Diagnostic> {
  const account = accountOf(url);
  if (account === undefined) return refuse('it is not like postgresql://user:password@host:port/database');
  const { host, port, database } = account;
  if (productionHosts.includes(host)) return refuse(`the catalog names ${host} as the database of a service`);
  let client: Client;
  try {
    client = await connect(account, database, { name: 'cutover' });
  } catch (error) {
    return refuse(`${host}:${port} cannot be reached: ${error instanceof Error ? error.message : String(error)}`);
  }
  try {
    for (const { sql, wrong } of QUESTIONS) {
      const found = (await client.query<{ found: string }>(`${sql} LIMIT 1`)).rows[0]?.found;
      if (found !== undefined) return refuse(wrong(found));
    }
    const { told, majorVersion } = await versionOf(client);
    return {
      told: `PostgreSQL ${told} of DATABASE_URL (${host}:${port}), which is empty and used by nobody else`,
      majorVersion,
      admin: account,
      migrator: account,
      database,
      local: undefined,
    };
  } finally {
    await client.end();
  }
}

/** The parts of a URL of PostgreSQL; undefined where it is none. Without encryption, which the proxy does not speak. */
export function accountOf(url: string): (Account & { readonly database: string }) | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, hostname, port, username, password, pathname } = new URL(url);
  const database = decodeURIComponent(pathname.slice(1));
  if (!/^postgres(ql)?:$/.test(protocol) || hostname === '' || username === '' || database === '') return undefined;
  return {
    host: decodeURIComponent(hostname),
    port: port === '' ? 5432 : Number(port),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database,
  };
}
