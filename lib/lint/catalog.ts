import type { OpenCatalog } from '../catalog/read';
import type { Environment, Platform, Service } from '../catalog/service';
import type { Diagnostic } from '../diagnostic/diagnostic';
import { parsePath } from '../manifest/object';
import { objectsOf } from './objects';
import { parseSource } from './parse';
import { type LintFinding, type Place, sortFindings } from './report';

/** A file as it would be written, with what is wrong with its objects. */
interface RenderedFile {
  readonly path: string;
  readonly text: string;
  readonly findings: readonly Diagnostic[];
}

/** What renders the catalog; it comes in from outside, because lib never imports charts. */
export interface CatalogRenderer {
  readonly renderEnvironment: (platform: Platform, environment: Environment) => readonly RenderedFile[];
  readonly renderService: (platform: Platform, environment: Environment, service: Service) => readonly RenderedFile[];
}

/**
 * Lints a catalog and everything that it renders, as synth does, and writes nothing. `root` is where synth would write; `visit`
 * is shown every service that has migrations.
 */
export function lintCatalog(
  catalog: OpenCatalog,
  load: () => CatalogRenderer,
  root: string,
  visit: (service: Service) => void = () => undefined,
): readonly LintFinding[] {
  const faulty: RenderedFile[] = [];
  const take = (files: readonly RenderedFile[]): void => {
    faulty.push(...files.filter(({ findings }) => findings.length > 0));
  };
  let charts: CatalogRenderer | undefined;
  for (const { platform, environment, services } of catalog.releases) {
    charts ??= load();
    take(charts.renderEnvironment(platform, environment));
    for (const pending of services) {
      const before = catalog.faults().errors;
      const service = pending.complete();
      if (service.migrations !== undefined) visit(service);
      if (catalog.faults().errors === before) take(charts.renderService(platform, environment, service));
    }
  }
  return lintRendered(root, catalog.diagnostics(), faulty);
}

/** The findings of a catalog and of files that it rendered, each with its place. */
export function lintRendered(
  root: string,
  diagnostics: readonly Diagnostic[],
  files: readonly RenderedFile[],
): readonly LintFinding[] {
  const faulty = files.filter(({ findings }) => findings.length > 0);
  return sortFindings([...diagnostics.map(inCatalog), ...faulty.flatMap((file) => inRenderedFile(root, file))]);
}

/** A finding of the catalog, or of a file that it names, in the linter's form. */
export function inCatalog({ code, severity, path, message, hint, position }: Diagnostic): LintFinding {
  const place = position ?? { file: 'services.json', line: 1, column: 1 };
  return { code, severity, path, ...place, object: null, message, hint: hint ?? '' };
}

/** The text is parsed again to find the lines; a file without a finding is not. */
function inRenderedFile(root: string, { path: name, text, findings }: RenderedFile): readonly LintFinding[] {
  const file = `${root}/${name}`;
  const { documents } = parseSource({ file, text });
  const places = new Map<string, (path: readonly (string | number)[]) => Place>();
  for (const { object, placeOf } of documents.flatMap((document) => objectsOf(file, document).objects)) {
    places.set(`${object.kind}/${object.metadata.name}`, placeOf);
  }
  return findings.map(({ code, severity, path, message, hint, subject }) => {
    const at = subject?.path ?? path;
    const start = { file, line: 1, column: 1 };
    const place = places.get(subject?.object ?? '')?.(at === '(root)' ? [] : parsePath(at)) ?? start;
    return { code, severity, path: at, ...place, object: subject?.object ?? null, message, hint: hint ?? '' };
  });
}
