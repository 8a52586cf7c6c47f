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

/** Lints a catalog and everything that it renders, as synth does, and writes nothing. `root` is where synth would write. */
export function lintCatalog(catalog: OpenCatalog, load: () => CatalogRenderer, root: string): readonly LintFinding[] {
  const rendered: LintFinding[] = [];
  let charts: CatalogRenderer | undefined;
  const take = (files: readonly RenderedFile[]): void => {
    for (const file of files) if (file.findings.length > 0) rendered.push(...inRenderedFile(root, file));
  };
  for (const { platform, environment, services } of catalog.releases) {
    charts ??= load();
    take(charts.renderEnvironment(platform, environment));
    for (const pending of services) {
      const before = catalog.faults().errors;
      const service = pending.complete();
      if (catalog.faults().errors === before) take(charts.renderService(platform, environment, service));
    }
  }
  return sortFindings([...catalog.diagnostics().map(inCatalog), ...rendered]);
}

function inCatalog({ code, severity, path, message, hint, position }: Diagnostic): LintFinding {
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
