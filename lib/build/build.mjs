// Bundles the commands of the product and compiles its schemas. Loaded only when a bundle is missing or stale (lib/cli/launch.mjs).
import { createRequire } from 'node:module';
import * as path from 'node:path';
import { build } from 'esbuild';

const OPTIONS = /** @type {const} */ ({
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  mainFields: ['module', 'main'],
  // Build steps only; their own files must stay where they are.
  external: ['esbuild'],
  legalComments: 'none',
  logLevel: 'error',
  write: false,
  metafile: true,
});

/**
 * The text of the bundle of an entry and the files of the project that it was made from, as absolute paths.
 * @param {string} root
 * @param {string} entry
 * @returns {Promise<{ code: string, inputs: string[] }>}
 */
export async function bundle(root, entry) {
  const replacements = await loadReplacements(root);
  const result = await build({
    ...OPTIONS,
    absWorkingDir: root,
    entryPoints: [entry],
    plugins: [replacing(root, replacements.modules)],
  });
  return { code: textOf(result), inputs: [...inputsOf(root, result), ...replacements.inputs] };
}

/** @param {string} root */
async function loadReplacements(root) {
  const result = await build({ ...OPTIONS, absWorkingDir: root, entryPoints: ['lib/build/validators.ts'] });
  const module = { exports: /** @type {any} */ ({}) };
  const filename = path.join(root, 'lib/build/validators.ts');
  new Function('module', 'exports', 'require', '__filename', textOf(result))(
    module,
    module.exports,
    createRequire(filename),
    filename,
  );
  return { modules: module.exports.REPLACEMENTS, inputs: inputsOf(root, result) };
}

/**
 * Puts the compiled modules in the place of those that compile when asked.
 * @param {string} root
 * @param {readonly { module: string, text: () => string }[]} modules
 * @returns {import('esbuild').Plugin}
 */
function replacing(root, modules) {
  const texts = new Map(modules.map((one) => [path.join(root, one.module), one.text]));
  return {
    name: 'compiled-schemas',
    setup(plugin) {
      plugin.onLoad({ filter: /validators?\.ts$/ }, ({ path: file }) => {
        const text = texts.get(file);
        return text === undefined ? undefined : { contents: text(), loader: 'js', resolveDir: path.dirname(file) };
      });
    },
  };
}

/** @param {import('esbuild').BuildResult} result */
const textOf = (result) => result.outputFiles?.[0]?.text ?? '';

/**
 * Packages are left out: the lock file stands for them.
 * @param {string} root
 * @param {import('esbuild').BuildResult} result
 */
function inputsOf(root, result) {
  return Object.keys(result.metafile?.inputs ?? {})
    .filter((input) => !/(^|\/)node_modules\//.test(input) && !input.includes(':'))
    .map((input) => path.resolve(root, input));
}
