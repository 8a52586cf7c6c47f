export interface JobDatabase {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
}

/**
 * Settings of the server for Flyway's session, sent when it connects. A pooler in transaction mode would lose them, and
 * Flyway's lock with them: the URL has to lead to the server itself.
 */
const SESSION = {
  // A file without a timeout of its own must not queue every client behind its wait for a table.
  lock_timeout: '500ms',
  // The server looks whether the Job is still there while a statement runs; else it works on for a killed one, with
  // Flyway's lock. Needs PostgreSQL 14.
  client_connection_check_interval: '2s',
  // The same for a lost node, which closes nothing: found after 60 s, not after the 2 h of the kernel.
  tcp_keepalives_idle: '30',
  tcp_keepalives_interval: '10',
  tcp_keepalives_count: '3',
};

/** The environment of the Flyway Job: what differs from Flyway's default, and defaults that must never change. */
export function jobEnvironment(database: JobDatabase, folder: string): Record<string, string> {
  const options = Object.entries(SESSION).map(([name, value]) => `-c ${name}=${value}`);
  const parameters = `options=${encodeURIComponent(options.join(' '))}&tcpKeepAlive=true&ApplicationName=flyway`;
  return {
    FLYWAY_URL: `jdbc:postgresql://${database.host}:${database.port}/${encodeURIComponent(database.database)}?${parameters}`,
    FLYWAY_USER: database.user,
    FLYWAY_PASSWORD: database.password,
    FLYWAY_LOCATIONS: `filesystem:${folder}`,
    // Without: a volume that is not mounted is only a line in the log.
    FLYWAY_FAIL_ON_MISSING_LOCATIONS: 'true',
    // Default true: a second connection stays in a transaction, and CREATE INDEX CONCURRENTLY waits for it for ever.
    FLYWAY_POSTGRESQL_TRANSACTIONAL_LOCK: 'false',
    // Default true: `${x}` inside SQL is an error.
    FLYWAY_PLACEHOLDER_REPLACEMENT: 'false',
    // Default false: a misnamed file is passed over in silence.
    FLYWAY_VALIDATE_MIGRATION_NAMING: 'true',
    // Default 0: the first refused connection fails the Job. 1, 2, 4, 8, 10, 10 s: half a minute.
    FLYWAY_CONNECT_RETRIES: '6',
    FLYWAY_CONNECT_RETRIES_INTERVAL: '10',
    // Default 50 (s): shorter than a back-fill that another Job may be running. activeDeadlineSeconds bounds the wait.
    FLYWAY_LOCK_RETRY_COUNT: '-1',
    // The default, stated: after a revert the history is ahead of the files, and that must not block the revert.
    FLYWAY_IGNORE_MIGRATION_PATTERNS: '*:future',
    FLYWAY_OUT_OF_ORDER: 'false',
    FLYWAY_BASELINE_ON_MIGRATE: 'false',
    FLYWAY_CLEAN_DISABLED: 'true',
  };
}
