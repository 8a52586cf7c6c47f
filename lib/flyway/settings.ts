import type { Database, MigrationRun, Migrations } from '../catalog/service';

/** Where the SQL and the certificate authority are mounted. */
export const SQL_DIRECTORY = '/flyway/sql';
export const CA_DIRECTORY = '/etc/database-ca';
export const CA_FILE = 'ca.crt';

/** The first PostgreSQL that knows `client_connection_check_interval`; an older one refuses the connection over it. */
const CONNECTION_CHECK_SINCE = 14;

/**
 * What the server is told about the session, when it connects. A pooler in transaction mode would lose it, and Flyway's
 * lock with it: the host has to be the server itself.
 */
function sessionSettings({ database, lockTimeoutSeconds }: Migrations): Readonly<Record<string, string>> {
  return {
    // Every client queues behind a statement that waits for a table: a file without a timeout of its own gives up soon.
    lock_timeout: `${lockTimeoutSeconds}s`,
    // The server looks whether the Job is still there while a statement runs; else it works on for a killed one, with
    // Flyway's lock, and the next Job waits.
    ...(database.serverVersion >= CONNECTION_CHECK_SINCE ? { client_connection_check_interval: '2s' } : {}),
    // The same for a lost node, which closes nothing: found after 60 s, not after the 2 h of the kernel.
    tcp_keepalives_idle: '30',
    tcp_keepalives_interval: '10',
    tcp_keepalives_count: '3',
  };
}

/** The address for the PostgreSQL driver. It reads no certificate authority but the one of `sslrootcert`. */
function jdbcUrl(migrations: Migrations): string {
  const { database } = migrations;
  const options = Object.entries(sessionSettings(migrations)).map(([name, value]) => `-c ${name}=${value}`);
  const parameters = [
    ['sslmode', database.sslMode],
    ...(database.caCertificate === undefined ? [] : [['sslrootcert', `${CA_DIRECTORY}/${CA_FILE}`]]),
    ['tcpKeepAlive', 'true'],
    ['ApplicationName', 'flyway'],
    ['options', options.join(' ')],
  ];
  // Not URLSearchParams: it writes a space as +, which the driver does not take for one.
  const query = parameters.map(([name, value]) => `${name}=${encodeURIComponent(value ?? '')}`).join('&');
  return `jdbc:postgresql://${hostOf(database)}/${encodeURIComponent(database.name)}?${query}`;
}

const hostOf = ({ host, port }: Database): string => `${host}:${port}`;

/** The settings of one Job by their environment variables: what differs from Flyway's default, and defaults that must not change. */
export function flywaySettings(migrations: Migrations, run: MigrationRun): Readonly<Record<string, string>> {
  return {
    FLYWAY_URL: jdbcUrl(migrations),
    FLYWAY_SCHEMAS: migrations.database.schema,
    FLYWAY_LOCATIONS: `filesystem:${SQL_DIRECTORY}`,
    FLYWAY_TARGET: run.target,
    // Default false: a volume that is not mounted is only a line in the log.
    FLYWAY_FAIL_ON_MISSING_LOCATIONS: 'true',
    // Default 0: the first refused connection fails the Job. 1, 2, 4, 8, 10, 10 s: half a minute for a failover.
    FLYWAY_CONNECT_RETRIES: '6',
    FLYWAY_CONNECT_RETRIES_INTERVAL: '10',
    // Default 50 (s): shorter than a back-fill that another Job may be running. activeDeadlineSeconds bounds the wait.
    FLYWAY_LOCK_RETRY_COUNT: '-1',
    // Default false: a misnamed file is passed over in silence.
    FLYWAY_VALIDATE_MIGRATION_NAMING: 'true',
    FLYWAY_OUT_OF_ORDER: 'false',
    FLYWAY_BASELINE_ON_MIGRATE: 'false',
    FLYWAY_CLEAN_DISABLED: 'true',
    // Default true: `${x}` inside of SQL is an error.
    FLYWAY_PLACEHOLDER_REPLACEMENT: 'false',
    // Default true: a second connection stays in a transaction, and CREATE INDEX CONCURRENTLY waits for it for ever.
    FLYWAY_POSTGRESQL_TRANSACTIONAL_LOCK: 'false',
    // The default, stated: after a revert the history is ahead of the files, and that must not block the revert (P50).
    FLYWAY_IGNORE_MIGRATION_PATTERNS: '*:future',
    // Any value will do. The NetworkPolicy drops what would be sent, and the Job must not wait for that.
    REDGATE_DISABLE_TELEMETRY: 'true',
    // The start script hands these to Java. By itself Java takes a quarter of the memory limit for its heap; and for a
    // user id that the image does not know it has no home, in which Flyway and the driver look for files.
    JAVA_ARGS: '-XX:MaxRAMPercentage=50 -Duser.home=/tmp',
  };
}
