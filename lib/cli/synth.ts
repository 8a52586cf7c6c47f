import type { ReadCatalog } from '../catalog/read';
import type { Release } from '../catalog/service';
import type { Diagnostic } from '../diagnostic/diagnostic';
import { formatDiagnostics } from '../diagnostic/format';
import { openTree, TreeFault, type TreeResult, type TreeWriter } from '../files/tree';
import { checkObjects } from '../manifest/check';
import type { KubeObject } from '../manifest/object';
import { toYamlDocuments } from '../manifest/yaml';
import { EXIT, guarded } from './exit';

/** What synth is given; main.ts is where the charts come in, because lib never imports them. */
export interface SynthOptions {
  readonly arguments: readonly string[];
  readonly catalogFile: string;
  readonly outputDirectory: string;
  readonly readCatalog: (file: string) => ReadCatalog;
  readonly renderRelease: (
    release: Release,
  ) => Iterable<{ readonly path: string; readonly objects: readonly KubeObject[] }>;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

const USAGE = 'usage: npm run synth\n  Renders services.json and migrations/ to dist/.\n';

/** First line of every rendered file. */
export const HEADER = 'Rendered by Cutover from services.json and migrations/. Do not edit: run `npm run synth`.';

/** Reads the catalog, renders every environment, checks every object, and replaces the output in one step; gives the exit code. */
export function runSynth(options: SynthOptions): number {
  return guarded(options.err, () => {
    if (options.arguments.length > 0) {
      const asked = options.arguments.includes('--help');
      (asked ? options.out : options.err)(USAGE);
      return asked ? EXIT.ok : EXIT.usage;
    }
    const catalog = options.readCatalog(options.catalogFile);
    options.err(formatDiagnostics(catalog.diagnostics));
    if (hasError(catalog.diagnostics)) return refuse(options, catalog.diagnostics);
    return write(options, catalog.releases);
  });
}

function write(options: SynthOptions, releases: readonly Release[]): number {
  let tree: TreeWriter | undefined;
  try {
    tree = openTree(options.outputDirectory);
    const found = renderInto(tree, options, releases);
    options.err(formatDiagnostics(found));
    if (hasError(found)) {
      tree.discard();
      return refuse(options, found);
    }
    const result = tree.commit();
    options.out(summary(options.outputDirectory, releases, result));
    return EXIT.ok;
  } catch (error) {
    if (!(error instanceof TreeFault)) throw error;
    options.err(formatDiagnostics([error]));
    return EXIT.findings;
  } finally {
    tree?.discard();
  }
}

function renderInto(tree: TreeWriter, options: SynthOptions, releases: readonly Release[]): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const release of releases) {
    for (const { path, objects } of options.renderRelease(release)) {
      found.push(...checkObjects(path, objects));
      tree.put(path, toYamlDocuments(objects, HEADER));
    }
  }
  return found;
}

const hasError = (diagnostics: readonly Diagnostic[]): boolean => diagnostics.some((d) => d.severity === 'error');

function refuse(options: SynthOptions, diagnostics: readonly Diagnostic[]): number {
  const errors = diagnostics.filter((d) => d.severity === 'error').length;
  options.err(`${errors} error${errors === 1 ? '' : 's'}; ${options.outputDirectory} is as it was\n`);
  return EXIT.findings;
}

function summary(directory: string, releases: readonly Release[], result: TreeResult): string {
  const services = releases.reduce((sum, release) => sum + release.services.length, 0);
  const environments = releases.map((release) => release.environment.name).join(', ');
  const changes = `${result.written.length} written, ${result.removed.length} removed, ${result.unchanged} unchanged`;
  return `${directory}: ${services} services in ${environments}; files: ${changes}\n`;
}
