import type { Migrations } from '../../../lib/catalog/service';

/** Flyway runs a file of this name once for each command, before it reads the history; it is no migration. */
export const GUARD_FILE = 'afterConnect.sql';

const quoted = (name: string): string => `"${name}"`;
const literal = (text: string): string => `'${text}'`;
const numbers = (version: string): string => `string_to_array(${version}, '.')::numeric[]`;

/**
 * A release that was skipped in this environment would let a contract run before its time: an expand Job goes up to the
 * last version that may be applied, and that is behind the contract. So the history must have the contracts of earlier
 * releases; a baseline stands for all versions before it, and an empty database has none to miss.
 *
 * All Jobs of a release want the same, so this is one file beside the SQL. Undefined when nothing has to be behind.
 */
export function guard({ runs, database }: Migrations): string | undefined {
  const versions = [...new Set(runs.flatMap((run) => run.mustBeApplied))];
  if (versions.length === 0) return undefined;
  const history = `${quoted(database.schema)}.${quoted('flyway_schema_history')}`;
  return `-- Stops a release that jumps over the release of a contract migration. Rendered by Cutover.
DO $$
DECLARE
  missing text;
BEGIN
  IF to_regclass('${history}') IS NULL THEN
    RETURN;
  END IF;
  IF NOT EXISTS (SELECT FROM ${history} WHERE version IS NOT NULL) THEN
    RETURN;
  END IF;
  SELECT string_agg(wanted, ', ') INTO missing
    FROM unnest(ARRAY[${versions.map(literal).join(', ')}]) AS wanted
    WHERE NOT EXISTS (
      SELECT FROM ${history} WHERE success AND (
        ${numbers('version')} = ${numbers('wanted')}
        OR type = 'BASELINE' AND ${numbers('version')} >= ${numbers('wanted')}
      )
    );
  IF missing IS NOT NULL THEN
    RAISE EXCEPTION 'contract migration % of an earlier release has not run here', missing
      USING HINT = 'Promote that release first. A database whose very first migration broke off is emptied instead.';
  END IF;
END
$$;
`;
}
