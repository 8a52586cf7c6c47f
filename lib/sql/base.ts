import type { SqlFinding } from './finding';
import { compareFlywayVersions, type FlywayName, flywayName } from './flyway';
import { type SqlSource, teller } from './read-file';

/**
 * What Flyway makes its checksum of: the lines without their ends, one behind the other, without a BOM (ChecksumCalculator.java).
 * So other line ends change nothing, and neither does the .conf.
 */
export function checksummed(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('utf8');
  return text.replace(/^\ufeff/, '').replace(/[\r\n]/g, '');
}

interface Named {
  readonly name: FlywayName;
  readonly source: SqlSource;
}

const START = { line: 1, column: 1 };

/**
 * What Flyway will refuse where the files of the base have been applied: one that was changed, renamed or taken away (*missing*
 * is not ignored, only *future*), and a new one with a version below the highest (outOfOrder is off).
 */
export function compareWithBase(now: readonly SqlSource[], base: readonly SqlSource[]): readonly SqlFinding[] {
  const findings: SqlFinding[] = [];
  const current = byIdentity(now);
  const before = byIdentity(base);
  for (const [id, old] of before) {
    const found = current.get(id);
    const tell = teller(found?.source.path ?? old.source.path, findings);
    if (found === undefined)
      tell('SQL211', START, `${old.name.name} is gone, and a database that has applied it misses it`);
    else if (found.name.name !== old.name.name)
      tell(
        'SQL211',
        START,
        `${old.name.name} was renamed to ${found.name.name}: its description in the history is another one`,
      );
    else if (!old.name.repeatable && checksummed(found.source.bytes) !== checksummed(old.source.bytes))
      tell(
        'SQL210',
        { line: firstDifference(found.source.bytes, old.source.bytes), column: 1 },
        `${old.name.name} is another file than the one that may have been applied`,
      );
  }
  const highest = highestVersions(before);
  for (const [id, { name, source }] of current) {
    const last = highest.get(name.service);
    if (before.has(id) || name.version === undefined || last === undefined) continue;
    if (compareFlywayVersions(name.version, last) < 0)
      teller(source.path, findings)(
        'SQL212',
        START,
        `${name.version} comes before ${last}, which may have been applied`,
      );
  }
  return findings;
}

/** Flyway's files by what the history knows them by: the version, or the name of a repeatable one. */
function byIdentity(sources: readonly SqlSource[]): ReadonlyMap<string, Named> {
  const found = new Map<string, Named>();
  for (const source of sources) {
    const name = flywayName(source.path);
    if (name.version === undefined && !name.repeatable) continue;
    const version = name.version
      ?.split('.')
      .map(Number)
      .join('.')
      .replace(/(\.0)+$/, '');
    found.set(`${name.service} ${version ?? name.name}`, { name, source });
  }
  return found;
}

function highestVersions(files: ReadonlyMap<string, Named>): ReadonlyMap<string, string> {
  const highest = new Map<string, string>();
  for (const { name } of files.values()) {
    const last = highest.get(name.service);
    if (name.version !== undefined && (last === undefined || compareFlywayVersions(name.version, last) > 0))
      highest.set(name.service, name.version);
  }
  return highest;
}

function firstDifference(a: Uint8Array, b: Uint8Array): number {
  const [left, right] = [a, b].map((bytes) =>
    Buffer.from(bytes)
      .toString('utf8')
      .split(/\r\n|\r|\n/),
  );
  const index = (left ?? []).findIndex((line, i) => line !== right?.[i]);
  return index < 0 ? (left?.length ?? 1) : index + 1;
}
