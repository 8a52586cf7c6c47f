import type { Diagnostic } from '../../diagnostic/diagnostic';
import type { Cleanup } from '../cleanup';
import { connect } from '../connect';
import { finding } from '../finding';
import { findPostgres } from './find';
import { useGiven } from './given';
import { LocalServer } from './local';
import { type Server, versionOf } from './server';

export interface ServerWanted {
  /** `DATABASE_URL`, where it is set. */
  readonly url: string | undefined;
  readonly majorVersion: number;
  /** Hosts of databases that the catalog names: never those. */
  readonly productionHosts: readonly string[];
}

/** The server of DATABASE_URL where that is proved to be disposable, else a local one; a finding where there is neither. */
export async function startServer(wanted: ServerWanted, cleanup: Cleanup): Promise<Server | Diagnostic> {
  if (wanted.url !== undefined) return useGiven(wanted.url, wanted.productionHosts);
  const bin = findPostgres(wanted.majorVersion);
  if (bin === undefined)
    return finding('MIG020', 'DATABASE_URL', 'there is no postgres on the PATH and none in /usr/lib/postgresql', {
      hint: 'install PostgreSQL (Debian: postgresql), or set DATABASE_URL to an empty database',
    });
  let local: LocalServer;
  try {
    local = await LocalServer.start(bin);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return finding('MIG020', bin, `the PostgreSQL of ${bin} does not start: ${why.trim()}`, {
      hint: 'mend the installation or make room in the temporary folder, or set DATABASE_URL to an empty database',
    });
  }
  cleanup.defer(() => local.stop());
  const client = await connect(local.admin, 'postgres', { name: 'cutover' });
  const { told, majorVersion } = await versionOf(client);
  await client.end();
  const { admin, migrator } = local;
  return {
    told: `PostgreSQL ${told} from ${bin}, started for this`,
    majorVersion,
    admin,
    migrator,
    database: 'postgres',
    local,
  };
}
