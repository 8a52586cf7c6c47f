// The tools are typed and import each other without extensions; one bundle makes them a program for Node.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
export const root = join(here, '..', '..');

/** Compiles `<name>.ts` beside this file into the cache and returns what it exports. */
export function tool(name) {
  const outfile = join(root, 'node_modules', '.cache', 'imports', `${name}.cjs`);
  buildSync({
    entryPoints: [join(here, `${name}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    packages: 'external',
  });
  return createRequire(import.meta.url)(outfile);
}
