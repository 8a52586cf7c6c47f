import type { MigrationPhase, Migrations } from '../../catalog/service';
import { flywaySettings } from '../../flyway/settings';
import type { Account } from '../connect';

/** What stands before the command in the rendered Job. */
export const FLYWAY_FLAGS = ['-skipCheckForUpdate'];

/**
 * The environment of a Job, led to another server: another address, other credentials, no TLS, and the folder that stands
 * for the mounted ConfigMap. All other settings are what would run in the cluster.
 */
export function ledTo(
  env: Readonly<Record<string, string>>,
  { host, port, user, password }: Account,
  database: string,
  folder: string,
): Readonly<Record<string, string>> {
  const url = /^jdbc:postgresql:\/\/[^/?]+\/[^/?]+\?(?<query>.+)$/.exec(env.FLYWAY_URL ?? '');
  const query = (url?.groups?.query ?? '').split('&').filter((one) => !one.startsWith('ssl'));
  return {
    ...env,
    FLYWAY_URL: `jdbc:postgresql://${host}:${port}/${database}?${['sslmode=disable', ...query].join('&')}`,
    FLYWAY_LOCATIONS: `filesystem:${folder}`,
    FLYWAY_USER: user,
    FLYWAY_PASSWORD: password,
  };
}

/** The settings of the Job that would run up to a version. */
export const jobSettings = (migrations: Migrations, phase: MigrationPhase, target: string) =>
  flywaySettings(migrations, { phase, target, mustBeApplied: [] });

/** The files of a ConfigMap that has these migrations. */
export function filesOf(files: Migrations['files']): Readonly<Record<string, string>> {
  return Object.fromEntries(
    files.flatMap(({ name, sql, conf }): readonly (readonly [string, string])[] => [
      [name, sql],
      ...(conf === undefined ? [] : [[`${name}.conf`, conf] as const]),
    ]),
  );
}
