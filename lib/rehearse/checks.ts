import type { Client } from 'pg';
import type { Rehearsal } from '../catalog/service';
import { compareVersions } from '../catalog/versions';
import type { Diagnostic } from '../diagnostic/diagnostic';
import { finding } from './finding';
import type { Stage } from './plan';

/** Asks the database what a migration left behind: invalid indexes, and rows that break an invariant of the catalog. */
export async function checkAfter(
  client: Client,
  stage: Stage,
  { invariants }: Rehearsal,
  path: string,
): Promise<readonly Diagnostic[]> {
  const position = { file: stage.path, line: 1, column: 1 };
  const findings = (await invalidIndexes(client)).map((index) =>
    finding('MIG003', path, `${stage.file.name} left index ${index} invalid: it is kept up and never used`, {
      hint: `DROP INDEX CONCURRENTLY ${index} before it is built again, and assert indisvalid behind it`,
      position,
    }),
  );
  for (const { name, since, until, sql } of invariants) {
    const { version } = stage.file;
    if (compareVersions(version, since) < 0 || (until !== undefined && compareVersions(version, until) >= 0)) continue;
    const wrong = await wrongRows(client, sql);
    if (wrong === 0) continue;
    const told = typeof wrong === 'string' ? `fails: ${wrong}` : `is broken by ${wrong} rows`;
    findings.push(
      finding(
        'MIG006',
        `${path}.rehearsal.invariants.${name}`,
        `after ${stage.file.name} the invariant ${name} ${told}`,
        {
          hint:
            typeof wrong === 'string'
              ? 'mend the query, or say with until which migration ends it'
              : 'writers of the previous version go on meanwhile: keep both columns equal with a trigger, or fill again before the contract',
          position,
        },
      ),
    );
  }
  return findings;
}

/** Names of indexes that are kept up and never used. */
export async function invalidIndexes(client: Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT indexrelid::regclass::text AS name FROM pg_index WHERE NOT indisvalid OR NOT indisready ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}

/** How many rows a query gives, or why it fails. */
export async function wrongRows(client: Client, sql: string): Promise<number | string> {
  try {
    return (await client.query(sql)).rowCount ?? 0;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
