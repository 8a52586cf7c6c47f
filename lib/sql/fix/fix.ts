import type { SqlFinding } from '../finding';
import { flywayName } from '../flyway';
import { historiesOf, lintSql, type SqlLintOptions, startOf } from '../lint';
import type { Parser } from '../parser';
import type { SqlFile, SqlSource } from '../read-file';
import { asWords, Names, wordsOf } from './names';
import type { Part } from './part';
import { needsHeader, planFile } from './plan';

/** A file as it should be written. */
export interface FixedFile {
  readonly path: string;
  readonly text: string;
  readonly conf: string | undefined;
}

/** What became of a file that has findings. */
export type Fix =
  | { readonly kind: 'fixed'; readonly path: string; readonly files: readonly FixedFile[] }
  | { readonly kind: 'refused'; readonly path: string; readonly line: number; readonly why: string };

/**
 * Fixes what is mechanical. A file is fixed as a whole, so that it lints clean behind it, or left as it is with the reason.
 * The first of the files that it becomes keeps its version; the others get free ones behind it.
 */
export function fixSql(sources: readonly SqlSource[], options: SqlLintOptions, parser: Parser): readonly Fix[] {
  const found = lintSql(sources, options, parser).filter(worthFixing);
  const wanted = new Set(found.map(({ path }) => path));
  if (wanted.size === 0) return [];
  const fixes: Fix[] = [];
  for (const files of historiesOf(sources, options, parser)) {
    const names = new Names(files.map(({ path }) => path));
    const { state } = startOf(options, parser, []);
    for (const file of files) {
      const whole = file.transaction ?? options.transaction;
      const plan = planFile(file, whole, state);
      if (!wanted.has(file.path)) continue;
      if ('refused' in plan) fixes.push({ kind: 'refused', path: file.path, line: plan.line, why: plan.refused });
      else fixes.push(checked(file, write(file, plan.parts, plan.lockTimeout, names), { sources, options, parser }));
    }
  }
  return fixes;
}

/** A missing lock_timeout is only remarked, but its header is written. */
const worthFixing = ({ code, severity }: SqlFinding): boolean =>
  severity !== 'info' || code === 'SQL208' || code === 'SQL209';

function write(
  file: SqlFile,
  parts: readonly Part[],
  lockTimeout: string,
  names: Names,
): readonly FixedFile[] | string {
  const [first, ...others] = parts;
  if (first === undefined) return 'there is nothing in it';
  const versions = names.versionsBehind(file.path, others.length);
  if (versions === undefined && others.length > 0)
    return 'it becomes several files, and has no version: name it V<version>__<words>.sql';
  const { version = '', folder } = file.name;
  const moved = folder !== '' && folder !== first.phase;
  const words = wordsOf(file.path);
  return parts.map((part, i) => {
    const own =
      i === 0 && !moved
        ? file.path
        : names.pathOf(
            file.path,
            part.phase,
            i === 0 ? version : (versions?.[i - 1] ?? ''),
            i === 0 ? words : asWords(`${words}_${part.label}`),
          );
    return {
      path: own,
      text: textOf(part, folder === '' ? part.phase : undefined, file, lockTimeout),
      conf: part.transaction ? undefined : CONF,
    };
  });
}

const CONF = '# It cannot run inside a transaction, and Flyway would open one.\nexecuteInTransaction=false\n';

/** The text of a file; outside of the folders of phases a comment says the phase. */
function textOf(part: Part, phase: string | undefined, file: SqlFile, lockTimeout: string): string {
  const said =
    phase !== undefined && phase !== 'expand' && !/^\s*--\s*(cutover:\s*)?phase/im.test(file.text)
      ? [`-- cutover:phase ${phase}`]
      : [];
  const set = part.transaction ? 'SET LOCAL' : 'SET';
  const timeouts = part.ownTimeouts
    ? [`${set} lock_timeout = ${part.lockTimeout};`, `${set} statement_timeout = 0;`]
    : needsHeader(part)
      ? [`${set} lock_timeout = ${lockTimeout};`]
      : [];
  const reset =
    part.transaction || timeouts.length === 0
      ? []
      : ['RESET lock_timeout;', ...(part.ownTimeouts ? ['RESET statement_timeout;'] : [])];
  const blocks = [said.join('\n'), timeouts.join('\n'), ...part.sql.map((sql) => `${sql.trim()};`), reset.join('\n')];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

/** Only what lints clean in its history, and lies on nothing that is there, is taken. */
function checked(
  file: SqlFile,
  files: readonly FixedFile[] | string,
  all: { readonly sources: readonly SqlSource[]; readonly options: SqlLintOptions; readonly parser: Parser },
): Fix {
  const refused = (why: string, line = 1): Fix => ({ kind: 'refused', path: file.path, line, why });
  if (typeof files === 'string') return refused(files);
  const taken = new Set(all.sources.map(({ path }) => path));
  const lies = files.find(({ path }) => path !== file.path && taken.has(path));
  if (lies !== undefined) return refused(`${lies.path} is there already`);
  const others = all.sources.filter(({ path }) => path !== file.path && sameHistory(path, file.path));
  const fixed = files.map(({ path, text, conf }) => ({
    path,
    bytes: new TextEncoder().encode(text),
    ...(conf !== undefined && { conf }),
  }));
  const paths = new Set(files.map(({ path }) => path));
  const options = { ...all.options, phase: undefined, transaction: true };
  const left = lintSql([...others, ...fixed], options, all.parser).find(
    (one) => paths.has(one.path) && one.severity !== 'info',
  );
  if (left !== undefined) return refused(`${left.code} would be left: ${left.message}`, found(file, left));
  const [only] = files;
  if (files.length === 1 && only?.path === file.path && only.text === file.text)
    return refused('its findings are not mechanical');
  return { kind: 'fixed', path: file.path, files };
}

const sameHistory = (a: string, b: string): boolean => flywayName(a).service === flywayName(b).service;

/** The line of the file as it was, as far as the finding is of that file. */
const found = (file: SqlFile, finding: SqlFinding): number => (finding.path === file.path ? finding.line : 1);
