// Bundles the commands of the product and compiles its schemas. Loaded only when a bundle is missing or stale (lib/cli/launch.cjs).
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import * as path from 'node:path';
import { build } from 'esbuild';

const OPTIONS = /** @type {const} */ ({
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  mainFields: ['module', 'main'],
  charset: 'ascii',
  // Shorter to read; names stay, so that a stack trace can be understood.
  minifyWhitespace: true,
  minifySyntax: true,
  // Build steps only, and what loads a file beside itself; their own files must stay where they are.
  external: ['esbuild', 'libpg-query', 'pg'],
  legalComments: 'none',
  logLevel: 'error',
  write: false,
  metafile: true,
});

/**
 * The files of a bundle by name, and the files of the project that they were made from, as absolute paths. `main.cjs` is the
 * entry; each chunk is a file of its own, required as `chunk:<name>`.
 * @param {string} root
 * @param {string} entry
 * @param {readonly string[]} chunks
 * @returns {Promise<{ files: [name: string, code: string][], inputs: string[] }>}
 */
export async function bundle(root, entry, chunks) {
  const replacements = await loadReplacements(root);
  /** @type {[string, string][]} */
  const files = [];
  const inputs = [...replacements.inputs];
  for (const [name, module] of [['main.cjs', entry], ...chunks.map((chunk) => [chunkName(chunk), chunk])]) {
    const result = await build({
      ...OPTIONS,
      absWorkingDir: root,
      entryPoints: [String(module)],
      plugins: [
        withoutEffects(),
        apart(root, chunks, String(module)),
        replacing(root, replacements.modules),
        ...(entry === PRODUCT ? [withoutDocuments(root)] : []),
      ],
    });
    files.push([String(name), textOf(result)]);
    inputs.push(...inputsOf(root, result));
  }
  return { files, inputs };
}

/** @param {string} module */
const chunkName = (module) => `${module.replace(/\.ts$/, '').replaceAll('/', '-')}.cjs`;

/**
 * Leaves the chunks out of the file that requires them.
 * @param {string} root
 * @param {readonly string[]} chunks
 * @param {string} entry
 * @returns {import('esbuild').Plugin}
 */
function apart(root, chunks, entry) {
  const names = new Map(
    chunks.filter((chunk) => chunk !== entry).map((chunk) => [path.join(root, chunk), chunkName(chunk)]),
  );
  return {
    name: 'chunks',
    setup(plugin) {
      plugin.onResolve({ filter: /^\./ }, ({ path: target, resolveDir, kind }) => {
        const name = kind === 'require-call' ? names.get(`${path.resolve(resolveDir, target)}.ts`) : undefined;
        return name === undefined ? undefined : { path: `chunk:${name}`, external: true };
      });
    },
  };
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
      plugin.onLoad({ filter: /(?:-shapes?|-validators)\.ts$/ }, ({ path: file }) => {
        const text = texts.get(file);
        return text === undefined ? undefined : { contents: text(), loader: 'js', resolveDir: path.dirname(file) };
      });
    },
  };
}

/** A package of functions, of which a few are used; made into one file it computes tables for the others when it is loaded. */
const FUNCTIONS = 'simple-statistics';

/**
 * Bundles what is used of such a package, from its own files.
 * @returns {import('esbuild').Plugin}
 */
function withoutEffects() {
  const plain = { pluginData: FUNCTIONS };
  return {
    name: 'functions',
    setup(plugin) {
      // Its own files name each other with their ending, which ours do not.
      plugin.onResolve(
        { filter: /^simple-statistics$|^\..*\.js$/ },
        async ({ path: target, importer, resolveDir, kind, pluginData }) => {
          if (pluginData === FUNCTIONS) return undefined;
          if (target === FUNCTIONS) {
            const found = await plugin.resolve(`${FUNCTIONS}/package.json`, { ...plain, kind, resolveDir });
            return { path: path.join(path.dirname(found.path), 'index.js'), sideEffects: false };
          }
          if (!importer.includes(`/node_modules/${FUNCTIONS}/`)) return undefined;
          return { ...(await plugin.resolve(target, { ...plain, importer, kind, resolveDir })), sideEffects: false };
        },
      );
    },
  };
}

/** What runs often. Other commands write documents, for which the reasons, sources and examples of rules are. */
const PRODUCT = 'main.ts';

/**
 * Leaves out what rules say in documents and hold in tests: it would be a good part of what every run loads. The formatter gives
 * it one form.
 * @param {string} root
 * @returns {import('esbuild').Plugin}
 */
function withoutDocuments(root) {
  const folders = ['lib/manifest/rules', 'lib/sql/rules'].map((folder) => path.join(root, folder));
  return {
    name: 'documents',
    setup(plugin) {
      plugin.onLoad({ filter: /\.ts$/ }, async ({ path: file }) => {
        if (!folders.includes(path.dirname(file))) return undefined;
        const text = await readFile(file, 'utf8');
        return { contents: DOCUMENTED.reduce((rest, field) => rest.replaceAll(field, ''), text), loader: 'ts' };
      });
    },
  };
}

const DOCUMENTED = [
  /^ {2}(?:reason|source):\s+(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"),\n/gm,
  /^ {2}examples: \(\) => \(\{(?: .* \}\),\n|\n[\s\S]*?^ {2}\}\),\n)/gm,
  /^ {2}(?:bad|good): \[(?:.*\],\n|\n[\s\S]*?^ {2}\],\n)/gm,
];

/** @param {import('esbuild').BuildResult} result */
const textOf = (result) => (result.outputFiles?.[0]?.text ?? '').replaceAll(COPIED, '$1');

/** The modules of Node are what is imported from them; esbuild would copy all that they have, once for each file that imports one. */
const COPIED = /__toESM\((require\("node:[a-z_/]+"\))\)/g;

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
