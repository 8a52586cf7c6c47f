// Runs a command of the product: `node lib/cli/launch.mjs <command> [arguments]`. The command is bundled once, and again when
// a file that it was made from has changed; later runs load the bundle with V8's code cache.
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as vm from 'node:vm';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const CACHE = path.join(ROOT, 'node_modules/.cache/cutover');

/** The commands by name; `cdk8s synth` and the npm scripts come through here. */
const COMMANDS = {
  synth: 'main.ts',
  catalog: 'lib/cli/catalog-main.ts',
  generate: 'lib/build/generate-main.ts',
};

/**
 * What a bundle was made from. Sizes and times are looked at first; where they differ, as after a checkout, the contents decide.
 * @typedef {{ path: string, size: number, mtimeMs: number, hash: string }} Input
 * @typedef {{ node: string, build: string, inputs: Input[] }} State
 */

/** @param {string} file @returns {Input} */
function inputOf(file) {
  const { size, mtimeMs } = fs.statSync(file);
  const hash = createHash('sha256').update(fs.readFileSync(file)).digest('hex');
  return { path: path.relative(ROOT, file), size, mtimeMs, hash };
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

/** @param {string} entry @param {{ bundle: string, state: string, code: string }} files */
async function rebuild(entry, files) {
  const { bundle } = await import('../build/build.mjs');
  fs.mkdirSync(CACHE, { recursive: true });
  const { code, inputs } = await bundle(ROOT, entry);
  const sources = [
    ...new Set([...inputs, path.join(ROOT, 'package-lock.json'), path.join(ROOT, 'lib/build/build.mjs')]),
  ];
  fs.rmSync(files.code, { force: true });
  fs.rmSync(files.state, { force: true });
  replaceFile(files.bundle, code);
  const build = createHash('sha256').update(code).digest('hex');
  replaceFile(files.state, JSON.stringify({ node: process.version, build, inputs: sources.map(inputOf) }));
  return build;
}

/** @param {{ bundle: string, code: string }} files */
function run(files) {
  const cachedData = fs.existsSync(files.code) ? fs.readFileSync(files.code) : undefined;
  const source = fs.readFileSync(files.bundle, 'utf8');
  const wrapped = `(function (exports, require, module, __filename, __dirname) {${source}\n})`;
  const script = new vm.Script(wrapped, { filename: files.bundle, ...(cachedData && { cachedData }) });
  if (cachedData === undefined || script.cachedDataRejected) {
    // After the run the cache holds the functions that were used.
    process.once('exit', () => {
      try {
        replaceFile(files.code, script.createCachedData());
      } catch {
        // Without a cache the next run is slower, and nothing else.
      }
    });
  }
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(files.bundle), module, files.bundle, CACHE);
}

const [command = '', ...rest] = process.argv.slice(2);
const entry = Object.hasOwn(COMMANDS, command) ? COMMANDS[/** @type {keyof COMMANDS} */ (command)] : undefined;
if (entry === undefined) {
  process.stderr.write(`usage: node lib/cli/launch.mjs <${Object.keys(COMMANDS).join('|')}> [arguments]\n`);
  process.exitCode = 64;
} else {
  const base = path.join(CACHE, command);
  const files = { bundle: `${base}.cjs`, state: `${base}.json`, code: `${base}.${process.version}.code` };
  const state = readState(files.state);
  const fresh = fs.existsSync(files.bundle) && isFresh(state, files.state);
  process.env.CUTOVER_BUILD = fresh ? state?.build : await rebuild(entry, files);
  process.env.CUTOVER_CACHE = CACHE;
  process.argv = [process.execPath, files.bundle, ...rest];
  run(files);
}
