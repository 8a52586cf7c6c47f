import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { MANIFEST_RULES } from '../../lib/manifest/rules';
import { SQL_RULES } from '../../lib/sql/rules';

const ROOT = join(__dirname, '../..');

/** What synth loads to render and to judge migrations, as lib/build/build.mjs bundles it. */
const bundled = (): readonly string[] => {
  const script = `import(process.argv[1]).then(async ({ bundle }) => {
    const { files } = await bundle(process.argv[2], 'main.ts', process.argv.slice(3));
    process.stdout.write(JSON.stringify(files.map(([, text]) => text)));
  });`;
  const given = ['-e', script, join(ROOT, 'lib/build/build.mjs'), ROOT, 'charts/render.ts', 'lib/sql/linter.ts'];
  return JSON.parse(spawnSync(process.execPath, given, { encoding: 'utf8', maxBuffer: 1e8 }).stdout);
};

/** A rule without reason and source: its hint stands behind its title. */
const RULE = /code:"((?:MAN|SQL)\d+)",severity:"\w+",title:(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`),hint:/g;

const [, charts = '', linter = ''] = bundled();

test.each([
  ['objects', charts, MANIFEST_RULES],
  ['SQL', linter, SQL_RULES],
])('of the rules over %s synth loads what it needs, and not what documents say', (_, text, rules) => {
  expect([...text.matchAll(RULE)].map(([, code]) => code).sort()).toEqual(rules.map(({ code }) => code).sort());
  expect(text).not.toMatch(/examples:\(\)|\b(?:bad|good):\[\{/);
});
