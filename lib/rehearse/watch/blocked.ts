import type { Client } from 'pg';

/** A session that waits for a lock, and one that holds it. */
export interface Blocked {
  readonly pid: number;
  /** What it waits for, as in pg_stat_activity: `Lock virtualxid`, `Lock relation`. */
  readonly wait: string;
  readonly holderPid: number;
  readonly holder: string;
  readonly holderState: string;
  readonly holderSeconds: number;
}

const BLOCKED = `SELECT a.pid, concat_ws(' ', a.wait_event_type, a.wait_event) AS wait, h.pid AS "holderPid",
    coalesce(nullif(h.application_name, ''), 'a session without a name') AS holder,
    coalesce(h.state, 'state unknown') AS "holderState",
    coalesce(extract(epoch FROM clock_timestamp() - h.xact_start), 0)::float8 AS "holderSeconds"
  FROM pg_stat_activity a
  CROSS JOIN LATERAL unnest(pg_blocking_pids(a.pid)) AS b(pid)
  JOIN pg_stat_activity h ON h.pid = b.pid
  WHERE a.pid = ANY($1::int[])`;

/** For whom sessions wait. */
export async function blockedOf(client: Client, pids: readonly number[]): Promise<readonly Blocked[]> {
  const { rows } = await client.query<Blocked>({ name: 'blocked', text: BLOCKED, values: [pids] });
  return rows;
}

/** Whether it waits for a session of the same Flyway, which ends only when it does. */
export const waitsForItself = (blocked: readonly Blocked[], own: readonly number[]): Blocked | undefined =>
  blocked.find(({ holderPid, holderState }) => own.includes(holderPid) && holderState.startsWith('idle'));

/** For a message: `Lock virtualxid of pid 12 (flyway, idle in transaction for 9 s)`. */
export const tellBlocked = ({ wait, holderPid, holder, holderState, holderSeconds }: Blocked): string =>
  `${wait.replace(/^Lock /, 'the ')} of pid ${holderPid} (${holder}, ${holderState} for ${Math.round(holderSeconds)} s)`;
