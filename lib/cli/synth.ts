import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { NotAlike } from '../alike/shape';
import type { OpenCatalog } from '../catalog/read';
import type { Diagnostic } from '../diagnostic/diagnostic';
import { formatDiagnostics, sortDiagnostics } from '../diagnostic/format';
import { openTree, TreeFault, type TreeResult, type TreeWriter } from '../files/tree';
import { CatalogMemory, type RecalledCatalog } from '../incremental/catalog-memory';
import { type CacheOptions, openIndex } from '../incremental/open';
import { AlikeServices } from './alike-services';
import type { Charts } from './charts';
import { EXIT, guardedAsync } from './exit';
import { MigrationLinter } from './migration-linter';
import { Renderer } from './renderer';
import { type Part, partOf } from './shard';
import { orUsage } from './words';

export interface SynthOptions {
  readonly arguments: readonly string[];
  readonly catalogFile: string;
  readonly openCatalog: (file: string, recalled: RecalledCatalog | undefined) => OpenCatalog;
  readonly outputDirectory: string;
  readonly charts: () => Charts;
  readonly linter: () => typeof import('../sql/linter');
  readonly cache: CacheOptions;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

const USAGE = `usage: npm run synth -- [--shard <i>/<n>] [--no-cache]
  Renders services.json and migrations/ to dist/; of n shards only the i-th, from 1/n to n/n.
  --no-cache renders, checks and judges every service by itself, whatever earlier runs or services that are alike tell.
`;

const NO_CACHE = '--no-cache';
const NOWHERE: CacheOptions = { directory: undefined, build: undefined };

/** Reads the catalog, renders every environment, checks every object, and replaces the output in one step; gives the exit code. */
export function runSynth(given: SynthOptions): Promise<number> {
  return guardedAsync(given.err, async () => {
    const words = given.arguments.filter((word) => word !== NO_CACHE);
    const options = words.length === given.arguments.length ? given : { ...given, cache: NOWHERE };
    const part = orUsage(partOf(words), USAGE, options);
    if (typeof part === 'number') return part;
    try {
      return await write(options, part, true);
    } catch (error) {
      if (!(error instanceof NotAlike)) throw error;
      return write(options, part, false);
    }
  });
}

/** `together` says whether services that are alike to others are rendered with them, where there is an index that knows them afterwards. */
async function write(options: SynthOptions, part: Part, together: boolean): Promise<number> {
  const root = options.outputDirectory;
  const linter = new MigrationLinter(options.linter, options.cache);
  const memory = CatalogMemory.of(options.cache, options.catalogFile);
  const recalled = memory?.recall();
  if (recalled === undefined && hasMigrations(options)) await linter.prepare();
  const catalog = options.openCatalog(options.catalogFile, recalled);
  const index = openIndex(options.cache, root, part.label);
  const alike = together && index !== undefined ? new AlikeServices(catalog.snapshot, options.cache) : undefined;
  let tree: TreeWriter | undefined;
  try {
    tree = openTree(root, { owns: part.ownsPath });
    const renderer = new Renderer({
      root,
      tree,
      index,
      part,
      charts: options.charts,
      faults: catalog.faults,
      snapshot: catalog.snapshot,
      linter,
      alike,
    });
    for (const release of catalog.releases) await renderer.release(release);
    const found = [...catalog.diagnostics(), ...sortDiagnostics(renderer.found)];
    options.err(formatDiagnostics(found));
    linter.save();
    if (found.some((d) => d.severity === 'error')) return refuse(options, found);
    pastReturn();
    const result = tree.commit();
    index?.save(root);
    alike?.save();
    const toRemember = memory && catalog.toRemember();
    if (toRemember) memory.remember(toRemember);
    options.out(summary(root, catalog, part, result));
    return EXIT.ok;
  } catch (error) {
    if (!(error instanceof TreeFault)) throw error;
    options.err(formatDiagnostics([...catalog.diagnostics(), error]));
    return EXIT.findings;
  } finally {
    tree?.discard();
  }
}

/** Where a catalog says nothing else they are in this folder. */
const hasMigrations = ({ catalogFile }: SynthOptions): boolean => existsSync(join(dirname(catalogFile), 'migrations'));

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const ignored = (): void => undefined;

/** A run that Ctrl-C ends has left the old tree; when it comes later than this the run goes on and tells of the new one. */
function pastReturn(): void {
  for (const signal of SIGNALS) if (!process.listeners(signal).includes(ignored)) process.on(signal, ignored);
}

function refuse(options: SynthOptions, diagnostics: readonly Diagnostic[]): number {
  const errors = diagnostics.filter((d) => d.severity === 'error').length;
  options.err(`${errors} error${errors === 1 ? '' : 's'}; ${options.outputDirectory} is as it was\n`);
  return EXIT.findings;
}

function summary(directory: string, { releases }: OpenCatalog, part: Part, result: TreeResult): string {
  const services = releases.reduce(
    (sum, release) => sum + release.services.filter(({ key }) => part.ownsService(key)).length,
    0,
  );
  const environments = releases.map((release) => release.environment.name).join(', ');
  const changes = `${result.written.length} written, ${result.removed.length} removed, ${result.unchanged} unchanged`;
  const shown = part.label === '' ? directory : `${directory}, shard ${part.label}`;
  return `${shown}: ${services} ${services === 1 ? 'service' : 'services'} in ${environments}; files: ${changes}\n`;
}
