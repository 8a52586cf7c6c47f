// Runs a command of the product: `node lib/cli/launch.cjs <command> [arguments]`. The command is bundled once, and again when a
// file that it was made from has changed; later runs load the bundle with V8's code cache. CommonJS, because the loader of ES
// modules would cost every run ten milliseconds.
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const { createRequire } = require('node:module');
const path = require('node:path');
const vm = require('node:vm');

const ROOT = path.resolve(__dirname, '../..');
const CACHE = path.join(ROOT, 'node_modules/.cache/cutover');

/**
 * The commands by name, each with its entry and the modules that are bundled apart and loaded when they are first required.
 * @type {Readonly<Record<string, { readonly entry: string, readonly chunks: readonly string[] }>>}
 */
const COMMANDS = {
  synth: { entry: 'main.ts', chunks: ['charts/render.ts', 'lib/catalog/validator-errors.ts'] },
  catalog: { entry: 'lib/cli/catalog-main.ts', chunks: [] },
  generate: { entry: 'lib/build/generate-main.ts', chunks: [] },
  bench: { entry: 'test/bench/main.ts', chunks: [] },
};

/**
 * What a bundle was made from. Sizes and times are looked at first; where they differ, as after a checkout, the contents decide.
 * @typedef {{ path: string, size: number, mtimeMs: number, hash: string }} Input
 * @typedef {{ node: string, build: string, inputs: Input[] }} State
 */

/** @param {string | Buffer} content */
const hashOf = (content) => createHash('sha256').update(content).digest('hex');

/** @param {string} file @returns {Input} */
function inputOf(file) {
  const { size, mtimeMs } = fs.statSync(file);
  return { path: path.relative(ROOT, file), size, mtimeMs, hash: hashOf(fs.readFileSync(file)) };
}

/** @param {string} file @returns {State | undefined} */
function readState(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Whether the bundle is what a new one would be; times that moved without a change are taken over.
 * @param {State | undefined} state @param {string} stateFile
 */
function isFresh(state, stateFile) {
  if (state === undefined || state.node !== process.version) return false;
  let moved = false;
  for (const input of state.inputs) {
    const file = path.join(ROOT, input.path);
    const stat = fs.statSync(file, { throwIfNoEntry: false });
    if (stat === undefined) return false;
    if (stat.size === input.size && stat.mtimeMs === input.mtimeMs) continue;
    const now = inputOf(file);
    if (now.hash !== input.hash) return false;
    Object.assign(input, now);
    moved = true;
  }
  if (moved) replaceFile(stateFile, JSON.stringify(state));
  return true;
}

/** A reader sees the old file or the new one. @param {string} file @param {string | Buffer} content */
function replaceFile(file, content) {
  const temporary = `${file}.${process.pid}`;
  fs.writeFileSync(temporary, content);
  fs.renameSync(temporary, file);
}

/** @param {string} folder @param {string} stateFile @param {typeof COMMANDS[string]} command */
async function rebuild(folder, stateFile, { entry, chunks }) {
  const { bundle } = await import('../build/build.mjs');
  const { files, inputs } = await bundle(ROOT, entry, chunks);
  const own = [path.join(ROOT, 'package-lock.json'), path.join(ROOT, 'lib/build/build.mjs'), __filename];
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  for (const [name, code] of files) replaceFile(path.join(folder, name), code);
  const build = hashOf(JSON.stringify(files));
  replaceFile(
    stateFile,
    JSON.stringify({ node: process.version, build, inputs: [...new Set([...inputs, ...own])].map(inputOf) }),
  );
  return build;
}

/**
 * Runs one file of a bundle as a CommonJS module and gives its exports; `chunk:` leads to the other files.
 * @param {string} folder @param {string} name @returns {unknown}
 */
function load(folder, name) {
  const file = path.join(folder, name);
  const cacheFile = `${file}.code`;
  const cachedData = fs.existsSync(cacheFile) ? fs.readFileSync(cacheFile) : undefined;
  // The bundle is ASCII.
  const source = fs.readFileSync(file, 'latin1');
  const script = new vm.Script(`(function (exports, require, module, __filename, __dirname) {${source}\n})`, {
    filename: file,
    ...(cachedData && { cachedData }),
  });
  if (cachedData === undefined || script.cachedDataRejected) {
    // After the run the cache holds the functions that were used.
    process.once('exit', () => {
      try {
        replaceFile(cacheFile, script.createCachedData());
      } catch {
        // Without a cache the next run is slower, and nothing else.
      }
    });
  }
  const module = { exports: {} };
  const fromNode = createRequire(file);
  /** @param {string} id */
  const requireFrom = (id) => (id.startsWith('chunk:') ? load(folder, id.slice('chunk:'.length)) : fromNode(id));
  script.runInThisContext()(
    module.exports,
    Object.assign(requireFrom, { resolve: fromNode.resolve }),
    module,
    file,
    folder,
  );
  return module.exports;
}

/** @param {string} name @param {readonly string[]} rest */
async function main(name, rest) {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) {
    process.stderr.write(`usage: node lib/cli/launch.cjs <${Object.keys(COMMANDS).join('|')}> [arguments]\n`);
    process.exitCode = 64;
    return;
  }
  const folder = path.join(CACHE, name);
  const stateFile = path.join(folder, 'state.json');
  const state = readState(stateFile);
  process.env.CUTOVER_BUILD = isFresh(state, stateFile) ? state?.build : await rebuild(folder, stateFile, command);
  process.env.CUTOVER_CACHE = CACHE;
  process.argv = [process.execPath, path.join(folder, 'main.cjs'), ...rest];
  load(folder, 'main.cjs');
}

main(process.argv[2] ?? '', process.argv.slice(3));
