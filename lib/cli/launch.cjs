// Runs a command of the product: `node lib/cli/launch.cjs <command> [arguments]`. The command is bundled once, and again when a
// file that it was made from has changed; later runs load the bundle with V8's code cache. CommonJS, because the loader of ES
// modules would cost every run ten milliseconds.
const { hash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const v8 = require('node:v8');
const vm = require('node:vm');

/**
 * Before the bundle is compiled, or V8 refuses its code cache; and after what is needed of Node, of which V8 has a cache too,
 * is loaded. A run is over before most functions would have repaid what it takes to optimise them, and what is rendered is
 * garbage at once: measured with `npm run bench`.
 */
function setFlags() {
  require('node:os');
  // Later versions of Node do not know these flags, and say so.
  if (process.version.startsWith('v20.')) {
    v8.setFlagsFromString('--interrupt-budget=900000');
    // Most functions are called a few times: to note what their values are like would not be repaid.
    v8.setFlagsFromString('--interrupt-budget-factor-for-feedback-allocation=40');
    v8.setFlagsFromString('--interrupt-budget-for-feedback-allocation=5000');
  }
  // What is compared stays until the end.
  if (process.argv[2] !== 'diff') v8.setFlagsFromString('--heap-growing-percent=10');
  v8.setFlagsFromString(`--semi-space-growth-factor=${GROWTH}`);
  // Threads cost more than they help where little survives.
  v8.setFlagsFromString('--no-parallel-scavenge');
  // Nobody waits for a pause of milliseconds, and what is rendered would be marked while it becomes garbage.
  v8.setFlagsFromString('--no-incremental-marking');
  // Most regular expressions are asked once or twice.
  v8.setFlagsFromString('--no-regexp-peephole-optimization');
  // WebAssembly is the parser of SQL, of which a run uses a part.
  v8.setFlagsFromString('--wasm-lazy-compilation');
  // To optimise its one large function takes up to 500 MB and more time than it gives back.
  v8.setFlagsFromString('--no-wasm-tier-up');
  v8.setFlagsFromString('--no-wasm-dynamic-tiering');
}

/** Of a catalog of hundreds of services. */
const LARGE_BYTES = 1 << 20;

const ROOT = path.resolve(__dirname, '../..');
const CACHE = path.join(ROOT, 'node_modules/.cache/cutover');

/**
 * By how much the new space grows: loading fills the one of the beginning four times over, and to make it larger takes time by its
 * size. At once to all that it may have where all of a large catalog is to be read, most of which stays; a run that knows the
 * catalog reads what has changed.
 */
const GROWTH = readsMuch() ? 16 : 4;

/** Whether there is no memory of a catalog (lib/incremental/catalog-memory.ts; a test holds the name to it). */
function readsMuch() {
  const catalog = fs.statSync('services.json', { throwIfNoEntry: false });
  if (catalog === undefined || catalog.size < LARGE_BYTES) return false;
  return !fs.existsSync(CACHE) || !fs.readdirSync(CACHE).some((name) => name.startsWith('catalog-'));
}

/** What main.ts loads only when it is needed. */
const MAIN_CHUNKS = [
  'charts/render.ts',
  'lib/catalog/stock-jsonc.ts',
  'lib/catalog/validator-errors.ts',
  'lib/manifest/stock-yaml.ts',
  'lib/manifest/strict-validators.ts',
  'lib/cli/lint.ts',
  'lib/sql/linter.ts',
];

/**
 * The commands by name, each with its entry and the modules that are bundled apart and loaded when they are first required.
 * @type {Readonly<Record<string, { readonly entry: string, readonly chunks: readonly string[] }>>}
 */
const COMMANDS = {
  synth: { entry: 'main.ts', chunks: MAIN_CHUNKS },
  lint: { entry: 'main.ts', chunks: MAIN_CHUNKS },
  'lint:sql': { entry: 'lib/cli/lint-sql-main.ts', chunks: [] },
  'migrate:rehearse': { entry: 'lib/cli/rehearse-main.ts', chunks: [] },
  catalog: { entry: 'lib/cli/catalog-main.ts', chunks: [] },
  diff: { entry: 'lib/cli/diff-main.ts', chunks: ['lib/sql/contracts.ts'] },
  release: { entry: 'lib/cli/release-main.ts', chunks: [] },
  plan: { entry: 'lib/cli/plan-main.ts', chunks: [] },
  adopt: { entry: 'lib/cli/adopt-main.ts', chunks: [] },
  generate: { entry: 'lib/build/generate-main.ts', chunks: [] },
  bench: { entry: 'test/bench/main.ts', chunks: [] },
  fuzz: { entry: 'test/unbreakable/fuzz-main.ts', chunks: [] },
};

/**
 * What a bundle was made from, and what it was made to: path, size, time and hash of each file. Sizes and times are looked at
 * first; where they differ, as after a checkout, the contents decide. In columns, of which texts are one text each: every run reads
 * it, and hundreds of small objects would fill the heap of the beginning.
 * @typedef {{ build: string, paths: string, sizes: number[], times: number[], hashes: string }} State
 */

/** @param {string | Buffer} content */
const hashOf = (content) => hash('sha256', content);

/** Length of a hash. */
const HASH = 64;

/**
 * Times are taken behind contents: what is changed in between has a time of now, so that nobody takes it for what was bundled.
 * @param {string} build @param {readonly string[]} files @returns {State}
 */
function stateOf(build, files) {
  const hashes = files.map((file) => hashOf(fs.readFileSync(file))).join('');
  const stats = files.map((file) => fs.statSync(file));
  return {
    build,
    paths: files.map((file) => path.relative(ROOT, file)).join('\n'),
    sizes: stats.map(({ size }) => size),
    times: stats.map(({ mtimeMs }) => mtimeMs),
    hashes,
  };
}

/** @param {string | Buffer} content */
const sealed = (content) => Buffer.concat([Buffer.from(hashOf(content)), Buffer.from(content)]);

/** Holds one file after the other: memory that was never used costs as much as what is read into it. */
let memory = Buffer.allocUnsafeSlow(1 << 20);

/** The bytes of a file, until the next one is read. @param {string} file */
function read(file) {
  const handle = fs.openSync(file, 'r');
  try {
    const { size } = fs.fstatSync(handle);
    if (size > memory.length) memory = Buffer.allocUnsafeSlow(size);
    let length = 0;
    for (let more = -1; more !== 0 && length < size; length += more)
      more = fs.readSync(handle, memory, length, size - length, null);
    return memory.subarray(0, length);
  } finally {
    fs.closeSync(handle);
  }
}

/**
 * What was kept in a file, until the next one is read, or undefined where it is not there or not what was written: V8 does not look
 * whether its code cache is whole, and a damaged one ends the process or runs as something else. @param {string} file
 */
function unsealed(file) {
  try {
    const bytes = read(file);
    const content = bytes.subarray(HASH);
    return hashOf(content) === bytes.toString('latin1', 0, HASH) ? content : undefined;
  } catch {
    return undefined;
  }
}

/** @param {string} file @returns {State | undefined} */
function readState(file) {
  const text = unsealed(file)?.toString('utf8');
  return text && JSON.parse(text);
}

/**
 * Whether the bundle is what a new one would be; times that moved without a change are taken over.
 * @param {State} state @param {string} stateFile
 */
function isFresh(state, stateFile) {
  const { sizes, times, hashes } = state;
  const paths = state.paths.split('\n');
  // A short path is found faster, and there are hundreds.
  const root = process.cwd() === ROOT ? '' : `${ROOT}/`;
  let moved = false;
  for (let i = 0; i < paths.length; i += 1) {
    const file = `${root}${paths[i]}`;
    const stat = fs.statSync(file, MAYBE);
    if (stat === undefined) return false;
    if (stat.size === sizes[i] && stat.mtimeMs === times[i]) continue;
    if (hashOf(fs.readFileSync(file)) !== hashes.slice(i * HASH, (i + 1) * HASH)) return false;
    [sizes[i], times[i]] = [stat.size, stat.mtimeMs];
    moved = true;
  }
  if (moved) keep(stateFile, JSON.stringify(state));
  return true;
}

const MAYBE = /** @type {const} */ ({ throwIfNoEntry: false });

/** A reader sees the old file or the new one. @param {string} file @param {string | Buffer} content */
function replaceFile(file, content) {
  const temporary = `${file}.${process.pid}`;
  try {
    fs.writeFileSync(temporary, content);
    fs.renameSync(temporary, file);
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw error;
  }
}

/** Keeps what only saves time; where it cannot be written the next run is slower, and nothing else. @param {string} file @param {string | Buffer} content */
function keep(file, content) {
  try {
    replaceFile(file, sealed(content));
  } catch {
    // See above.
  }
}

const AN_HOUR_MS = 3_600_000;

/**
 * Removes the bundles of earlier builds, but not that of the last one: a run that is under way may still load parts of it.
 * @param {string} folder @param {string | undefined} last
 */
function removeUnused(folder, last) {
  for (const name of fs.readdirSync(folder)) {
    const old = path.join(folder, name);
    const stat = fs.statSync(old, { throwIfNoEntry: false });
    if (name !== last && stat && stat.mtimeMs < Date.now() - AN_HOUR_MS)
      fs.rmSync(old, { recursive: true, force: true });
  }
}

/** The clock of the file system is up to a tick behind. */
const TICK_MS = 20;

/**
 * Each build has a folder of its own, so that a run never meets parts or a code cache of another one.
 * @param {string} folder @param {string} stateFile @param {typeof COMMANDS[string]} command @param {string | undefined} last
 */
async function rebuild(folder, stateFile, { entry, chunks }, last) {
  const began = Date.now() - TICK_MS;
  const { bundle } = await import('../build/build.mjs');
  const { files, inputs } = await bundle(ROOT, entry, chunks);
  const build = hashOf(JSON.stringify(files));
  fs.mkdirSync(folder, { recursive: true });
  removeUnused(folder, last);
  fs.mkdirSync(path.join(folder, build), { recursive: true });
  const outputs = files.map(([name]) => path.join(folder, build, name));
  for (const [name, code] of files) replaceFile(path.join(folder, build, name), asFunction(code));
  const own = [path.join(ROOT, 'package-lock.json'), path.join(ROOT, 'lib/build/build.mjs'), __filename];
  const sources = [...new Set([...inputs, ...own])];
  const state = stateOf(build, [...sources, ...outputs]);
  // What was changed meanwhile may not be in the bundle.
  if (state.times.slice(0, sources.length).every((time) => time < began)) keep(stateFile, JSON.stringify(state));
  return build;
}

/** A file of a bundle as V8 compiles it. @param {string} code */
const asFunction = (code) => `(function (exports, require, module, __filename, __dirname) {${code}\n})`;

/** So many runs add their functions to a code cache: the first one renders all, the next ones look for what has changed. */
const CACHING_RUNS = 3;

/** The place of their number before a code cache, which V8 copies unless it begins at a multiple of eight. */
const RUNS_WIDTH = 8;

/**
 * Runs one file of a bundle as a CommonJS module and gives its exports; `chunk:` leads to the other files.
 * @param {string} folder @param {string} name @returns {unknown}
 */
function load(folder, name) {
  const file = path.join(folder, name);
  // V8 refuses that of other flags.
  const cacheFile = `${file}.${process.version}.${GROWTH}.code`;
  // The bundle is ASCII.
  const source = read(file).latin1Slice();
  const kept = unsealed(cacheFile);
  const script = new vm.Script(source, { filename: file, ...(kept && { cachedData: kept.subarray(RUNS_WIDTH) }) });
  const runs = kept === undefined || script.cachedDataRejected ? 0 : Number(kept.toString('latin1', 0, RUNS_WIDTH));
  if (runs < CACHING_RUNS) {
    // After the run the cache holds the functions that were used, beside those that it held.
    const count = Buffer.from(String(runs + 1).padEnd(RUNS_WIDTH));
    process.once('exit', () => keep(cacheFile, Buffer.concat([count, script.createCachedData()])));
  }
  const module = { exports: {} };
  /** @param {string} id */
  const requireFrom = (id) => (id.startsWith('chunk:') ? load(folder, id.slice('chunk:'.length)) : require(id));
  script.runInThisContext()(
    module.exports,
    Object.assign(requireFrom, { resolve: require.resolve }),
    module,
    file,
    folder,
  );
  return module.exports;
}

/**
 * What a command said may get lost, as to a full disk or a reader that has left; what it did stands. Node makes a stream when it is
 * first asked for, which takes milliseconds; most runs have nothing to complain of, and little to say.
 */
function outliveLostOutput() {
  onceMade('stderr', () => undefined);
  onceMade('stdout', ({ code, message }) => {
    if (code === 'EPIPE') return;
    process.stderr.write(`the command is done, but its output is lost: ${message}\n`);
    process.exitCode = 74;
  });
}

/** @param {'stdout' | 'stderr'} name @param {(error: NodeJS.ErrnoException) => void} onError */
function onceMade(name, onError) {
  const { get: make } = Object.getOwnPropertyDescriptor(process, name) ?? {};
  /** @type {NodeJS.WriteStream | undefined} */
  let stream;
  Object.defineProperty(process, name, {
    configurable: true,
    enumerable: true,
    get: () => {
      stream ??= make?.call(process).on('error', onError);
      return stream;
    },
  });
}

/** @param {string} name @param {readonly string[]} rest */
async function main(name, rest) {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) {
    process.stderr.write(`usage: node lib/cli/launch.cjs <${Object.keys(COMMANDS).join('|')}> [arguments]\n`);
    process.exitCode = 64;
    return;
  }
  const folder = path.join(CACHE, name.replace(':', '-'));
  const stateFile = path.join(folder, `built.${process.version}.json`);
  const state = readState(stateFile);
  const build =
    state && isFresh(state, stateFile) ? state.build : await rebuild(folder, stateFile, command, state?.build);
  process.env.CUTOVER_COMMAND = name;
  process.env.CUTOVER_BUILD = build;
  process.env.CUTOVER_CACHE = CACHE;
  process.argv = [process.execPath, path.join(folder, build, 'main.cjs'), ...rest];
  load(path.join(folder, build), 'main.cjs');
}

outliveLostOutput();
setFlags();
main(process.argv[2] ?? '', process.argv.slice(3)).catch((error) => {
  process.stderr.write(`cutover cannot be started: ${error instanceof Error ? error.message : error}\n`);
  if (process.env.CUTOVER_TRACE) process.stderr.write(`${error?.stack}\n`);
  process.exitCode = 70;
});
