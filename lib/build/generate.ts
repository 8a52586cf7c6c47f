import * as fs from 'node:fs';
import * as path from 'node:path';
import { catalogSchema } from '../catalog/schema/catalog';
import { catalogReference } from './catalog-reference';
import { diffRulesReference } from './diff-rules-reference';
import { licenceList } from './licences';
import { pairsReference, withPairs } from './pairs-reference';
import { rulesReference } from './rules-reference';
import { sqlRulesReference } from './sql-rules-reference';

/** The generated files by their paths from the root of the repository, each with its whole text. */
export function generatedFiles(root = process.cwd()): ReadonlyMap<string, string> {
  return new Map([
    ['lib/catalog/services.schema.json', schemaText()],
    ['docs/reference/catalog.md', catalogReference()],
    ['docs/rules.md', rulesReference()],
    ['docs/reference/strategies.md', pairsReference()],
    ['docs/reference/sql-rules.md', sqlRulesReference()],
    ['docs/reference/diff-rules.md', diffRulesReference()],
    ['docs/licences.md', licenceList(root)],
    ...readme(path.join(root, 'README.md')),
  ]);
}

/** The README with its table; whoever adopts the project may have another one, or none. */
function readme(file: string): readonly (readonly [string, string])[] {
  return fs.existsSync(file) ? [['README.md', withPairs(fs.readFileSync(file, 'utf8'))]] : [];
}

/** The published schema of the catalog, from the source of the TypeScript types. */
function schemaText(): string {
  const { $schema, ...schema } = catalogSchema;
  const $comment = 'Generated from lib/catalog/schema by `npm run generate`. Do not edit.';
  return `${JSON.stringify({ $schema, $comment, ...schema }, null, 2)}\n`;
}

/** Writes the generated files, or with `check` only says which are stale; gives the paths that were. */
export function generate(root: string, check: boolean): readonly string[] {
  const stale: string[] = [];
  for (const [file, text] of generatedFiles(root)) {
    const full = path.join(root, file);
    if (fs.existsSync(full) && fs.readFileSync(full, 'utf8') === text) continue;
    stale.push(file);
    if (check) continue;
    fs.mkdirSync(path.dirname(full), { recursive: true });
    fs.writeFileSync(full, text);
  }
  return stale;
}
