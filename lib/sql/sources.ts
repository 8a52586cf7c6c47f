import * as fs from 'node:fs';
import * as path from 'node:path';
import { compareText } from '../diagnostic/format';
import type { SqlFinding } from './finding';
import { type SqlSource, teller } from './read-file';

/** Reads what was given: files as they are, folders with every .sql below them, `-` from the standard input. */
export function readSqlSources(
  paths: readonly string[],
  stdin: () => Uint8Array,
): { readonly sources: readonly SqlSource[]; readonly findings: readonly SqlFinding[] } {
  const sources: SqlSource[] = [];
  const findings: SqlFinding[] = [];
  const seen = new Set<string>();
  const visit = (given: string, named: boolean): void => {
    const shown = path.normalize(given).replaceAll(path.sep, '/');
    try {
      const real = fs.realpathSync(given);
      if (seen.has(real)) return;
      seen.add(real);
      if (fs.statSync(real).isDirectory()) {
        for (const name of fs.readdirSync(given).sort(compareText))
          if (!name.startsWith('.') && name !== 'node_modules') visit(path.join(given, name), false);
      } else if (named || /\.sql$/i.test(given)) {
        const conf = fs.statSync(`${real}.conf`, { throwIfNoEntry: false })?.isFile();
        sources.push({
          path: shown,
          bytes: fs.readFileSync(real),
          ...(conf && { conf: fs.readFileSync(`${real}.conf`, 'utf8') }),
        });
      }
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      teller(shown, findings)(
        'SQL002',
        { line: 1, column: 1 },
        `it cannot be read: ${why}`,
        'name a file or a folder that is there',
      );
    }
  };
  for (const given of paths) {
    if (given === '-') sources.push({ path: '<stdin>', bytes: stdin() });
    else visit(given, true);
  }
  return { sources, findings };
}
