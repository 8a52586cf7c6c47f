import { renderEnvironment, renderService } from '../../charts/render';
import { catalogFromText } from '../../lib/catalog/read';
import { lintRendered } from '../../lib/lint/catalog';
import type { LintFinding } from '../../lib/lint/report';
import { ROOT } from './catalog';

/** Every finding of a catalog's text and of all that it renders, with the migrations of the repository; a clean one has none. */
export function lintCatalogText(text: string, root = ROOT): readonly LintFinding[] {
  const { releases, diagnostics } = catalogFromText('services.json', text, root);
  const files = releases.flatMap(({ platform, environment, services }) => [
    ...renderEnvironment(platform, environment),
    ...services.flatMap((service) => renderService(platform, environment, service)),
  ]);
  return lintRendered('dist', diagnostics, files);
}
