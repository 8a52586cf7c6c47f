import type { Client } from 'pg';
import type { Account } from '../connect';
import type { LocalServer } from './local';

/** A server on which databases may be made, filled and broken. */
export interface Server {
  /** Which one it is, for people. */
  readonly told: string;
  readonly majorVersion: number;
  /** Makes databases, and looks at the locks of everybody. */
  readonly admin: Account;
  /** Owns the databases, as the account of the Jobs does. */
  readonly migrator: Account;
  /** The database that is there already. */
  readonly database: string;
  /** A server of our own; undefined where it was given. */
  readonly local: LocalServer | undefined;
}

/** The version of a server: 15.18, and 15. */
export async function versionOf(client: Client): Promise<{ readonly told: string; readonly majorVersion: number }> {
  const { rows } = await client.query<{ told: string; number: number }>(
    `SELECT split_part(current_setting('server_version'), ' ', 1) AS told,
      current_setting('server_version_num')::int AS number`,
  );
  return { told: rows[0]?.told ?? '', majorVersion: Math.floor((rows[0]?.number ?? 0) / 10_000) };
}
