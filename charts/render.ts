import { App, type Chart } from 'cdk8s';
import type { Environment, Platform, Service } from '../lib/catalog/service';
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
 * What the services of an environment share. Each file has an App of its own: what cdk8s does for one App it does for all of its
 * charts at every chart, so that one App for all would cost the square of the number of services.
 */
export function renderEnvironment(platform: Platform, environment: Environment): readonly RenderedFile[] {
  const scope: EnvironmentScope = { platform, environment };
  return [
    argoCdFile(scope, 'apps/00-project.yaml', appProject(scope)),
    argoCdFile(scope, 'apps/00-root.yaml', rootApplication(scope)),
    argoCdFile(scope, 'apps/01-platform.yaml', platformApplication(scope)),
    argoCdFile(scope, 'platform/namespace.yaml', namespace(scope)),
  ];
}

/** The files of one service: what runs, and the Application that syncs it. */
export function renderService(platform: Platform, environment: Environment, service: Service): readonly RenderedFile[] {
  const scope: EnvironmentScope = { platform, environment };
  const chart = new ServiceChart(new App(), service.key, { scope: { ...scope, service } });
  return [
    argoCdFile(scope, `apps/${service.key}.yaml`, serviceApplication(scope, service)),
    { path: `${environment.name}/services/${service.key}.yaml`, objects: objectsOf(chart) },
  ];
}

function argoCdFile({ environment }: EnvironmentScope, path: string, object: ManifestObject): RenderedFile {
  return { path: `${environment.name}/${path}`, objects: objectsOf(new ArgoCdChart(new App(), 'argocd', object)) };
}

/** What a chart renders; the edge at which cdk8s' untyped objects become ours. */
function objectsOf(chart: Chart): readonly KubeObject[] {
  const objects: readonly KubeObject[] = chart.toJson();
  return objects;
}
