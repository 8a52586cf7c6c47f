import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findCommand } from '../commands';

/** Debian keeps the server's programs out of PATH, one folder for each major version. */
const DEBIAN = '/usr/lib/postgresql';

/**
 * The folder with initdb, postgres and psql: that of PATH, else Debian's of the version that is wanted, else its newest;
 * undefined when there is none.
 */
export function findPostgres(wanted?: number): string | undefined {
  const initdb = findCommand('initdb') ?? findCommand('initdb', debianFolders(wanted));
  const folder = initdb === undefined ? undefined : dirname(initdb);
  return folder !== undefined && existsSync(join(folder, 'postgres')) && existsSync(join(folder, 'psql'))
    ? folder
    : undefined;
}

function debianFolders(wanted: number | undefined): string[] {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).map(Number) : [];
  const last = (version: number): number => (version === wanted ? Number.POSITIVE_INFINITY : version);
  return versions.sort((a, b) => last(b) - last(a)).map((version) => join(DEBIAN, String(version), 'bin'));
}
