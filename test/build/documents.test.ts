import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { MANIFEST_RULES } from '../../lib/manifest/rules';
import { SQL_RULES } from '../../lib/sql/rules';

const ROOT = join(__dirname, '../..');

/** What synth loads of a part of the product, as lib/build/build.mjs bundles it. */
function bundled(chunk: string): string {
  const script = `import(process.argv[1]).then(async ({ bundle }) => {
    const { files } = await bundle(process.argv[2], 'main.ts', [process.argv[3]]);
    process.stdout.write(files.at(-1)[1]);
  });`;
  const build = join(ROOT, 'lib/build/build.mjs');
  return spawnSync(process.execPath, ['-e', script, build, ROOT, chunk], { encoding: 'utf8', maxBuffer: 1e8 }).stdout;
}

/** A rule without reason and source: its hint stands behind its title. */
const RULE = /code:"((?:MAN|SQL)\d+)",severity:"\w+",title:(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`),hint:/g;

test.each([
  ['charts/render.ts', MANIFEST_RULES],
  ['lib/sql/linter.ts', SQL_RULES],
])('synth loads of the rules in %s what it needs, and not what documents say', (chunk, rules) => {
  const text = bundled(chunk);
  const codes = [...text.matchAll(RULE)].map(([, code]) => code);
  expect(codes.sort()).toEqual(rules.map(({ code }) => code).sort());
  expect(text).not.toMatch(/examples:\(\)|\b(?:bad|good):\[\{/);
});
