import { App, type Chart } from 'cdk8s';
import type { Release } from '../lib/catalog/service';
import type { KubeObject } from '../lib/manifest/object';
import {
  ArgoCdChart,
  appProject,
  type EnvironmentScope,
  namespace,
  platformApplication,
  rootApplication,
  serviceApplication,
} from './environment-chart';
import type { ManifestObject } from './manifest';
import { ServiceChart } from './service-chart';

/** One file of `dist/` before it is text. */
export interface RenderedFile {
  /** From the root of `dist/`, with `/`. */
  readonly path: string;
  readonly objects: readonly KubeObject[];
}

/**
 * Every file of an environment, one after the other, in the order of the services' keys. Each file has an App of its own: what
 * cdk8s does for one App it does for all of its charts at every chart, so that one App for all would cost the square of the
 * number of services.
 */
export function* renderRelease(release: Release): Generator<RenderedFile> {
  const { platform, environment } = release;
  const scope: EnvironmentScope = { platform, environment };
  const argocd = (path: string, object: ManifestObject): RenderedFile => ({
    path: `${environment.name}/${path}`,
    objects: objectsOf(new ArgoCdChart(new App(), 'argocd', object)),
  });
  yield argocd('apps/00-project.yaml', appProject(scope));
  yield argocd('apps/00-root.yaml', rootApplication(scope));
  yield argocd('apps/01-platform.yaml', platformApplication(scope));
  yield argocd('platform/namespace.yaml', namespace(scope));
  for (const service of release.services) {
    yield argocd(`apps/${service.key}.yaml`, serviceApplication(scope, service));
    yield {
      path: `${environment.name}/services/${service.key}.yaml`,
      objects: objectsOf(new ServiceChart(new App(), service.key, { scope: { ...scope, service } })),
    };
  }
}

/** What a chart renders; the edge at which cdk8s' untyped objects become ours. */
function objectsOf(chart: Chart): readonly KubeObject[] {
  const objects: readonly KubeObject[] = chart.toJson();
  return objects;
}
