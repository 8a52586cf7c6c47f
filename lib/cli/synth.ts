import type { OpenCatalog } from '../catalog/read';
import type { Diagnostic } from '../diagnostic/diagnostic';
import { formatDiagnostics, sortDiagnostics } from '../diagnostic/format';
import { openTree, TreeFault, type TreeResult, type TreeWriter } from '../files/tree';
import { type CacheOptions, openIndex } from '../incremental/open';
import type { Charts } from './charts';
import { EXIT, guarded } from './exit';
import { Renderer } from './renderer';

export interface SynthOptions {
  readonly arguments: readonly string[];
  readonly catalog: () => OpenCatalog;
  readonly outputDirectory: string;
  readonly charts: () => Charts;
  readonly cache: CacheOptions;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

const USAGE = 'usage: npm run synth\n  Renders services.json and migrations/ to dist/.\n';

/** Reads the catalog, renders every environment, checks every object, and replaces the output in one step; gives the exit code. */
export function runSynth(options: SynthOptions): number {
  return guarded(options.err, () => {
    if (options.arguments.length > 0) {
      const asked = options.arguments.includes('--help');
      (asked ? options.out : options.err)(USAGE);
      return asked ? EXIT.ok : EXIT.usage;
    }
    return write(options, options.catalog());
  });
}

function write(options: SynthOptions, catalog: OpenCatalog): number {
  const root = options.outputDirectory;
  const index = openIndex(options.cache, root);
  let tree: TreeWriter | undefined;
  try {
    tree = openTree(root);
    const renderer = new Renderer({ root, tree, index, charts: options.charts, faults: catalog.faults });
    for (const release of catalog.releases) renderer.release(release);
    const found = [...catalog.diagnostics(), ...sortDiagnostics(renderer.found)];
    options.err(formatDiagnostics(found));
    if (found.some((d) => d.severity === 'error')) return refuse(options, found);
    pastReturn();
    const result = tree.commit();
    index?.save(root);
    options.out(summary(root, catalog, result));
    return EXIT.ok;
  } catch (error) {
    if (!(error instanceof TreeFault)) throw error;
    options.err(formatDiagnostics([...catalog.diagnostics(), error]));
    return EXIT.findings;
  } finally {
    tree?.discard();
  }
}

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

function summary(directory: string, { releases }: OpenCatalog, result: TreeResult): string {
  const services = releases.reduce((sum, release) => sum + release.services.length, 0);
  const environments = releases.map((release) => release.environment.name).join(', ');
  const changes = `${result.written.length} written, ${result.removed.length} removed, ${result.unchanged} unchanged`;
  return `${directory}: ${services} ${services === 1 ? 'service' : 'services'} in ${environments}; files: ${changes}\n`;
}
