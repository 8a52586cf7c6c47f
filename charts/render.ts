import type { Environment, Platform, Service } from '../lib/catalog/service';
import type { Diagnostic } from '../lib/diagnostic/diagnostic';
import { checkObjects } from '../lib/manifest/check';
import { toYamlDocuments } from '../lib/manifest/yaml';
import {
  appProject,
  type EnvironmentScope,
  namespace,
  platformApplication,
  releaseReader,
  rootApplication,
  serviceApplication,
} from './environment-objects';
import type { ManifestObject } from './manifest';
import type { ServiceScope } from './names';
import { jobNames } from './parts/alerts/alert';
import { releaseMetrics } from './parts/release-metrics';
import { runbook } from './parts/runbook';
import { runbookPath } from './parts/runbook/place';
import { terraformConfiguration } from './parts/terraform';
import { serviceObjects } from './service-objects';
import { workloadsOf } from './strategies/workloads';

export { withHashes } from './content-hash';

/** One file of `dist/`, rendered and checked. */
export interface RenderedFile {
  /** From the root of `dist/`, with `/`. */
  readonly path: string;
  readonly text: string;
  readonly findings: readonly Diagnostic[];
}

/** First line of every rendered file. */
const HEADER = 'Rendered by Cutover from services.json and migrations/. Do not edit: run `npm run synth`.';

/** What the services of an environment share. */
export function renderEnvironment(platform: Platform, environment: Environment): readonly RenderedFile[] {
  const scope: EnvironmentScope = { platform, environment };
  return [
    file(scope, 'apps/00-project.yaml', [appProject(scope)]),
    file(scope, 'apps/00-root.yaml', [rootApplication(scope)]),
    file(scope, 'apps/01-platform.yaml', [platformApplication(scope)]),
    file(scope, 'platform/namespace.yaml', [namespace(scope), releaseReader(scope)]),
    ...monitoringFile(scope),
  ];
}

/** What kube-state-metrics is told; it stands beside what Argo CD reads, because it is the cluster's. */
function monitoringFile(scope: EnvironmentScope): readonly RenderedFile[] {
  const objects = releaseMetrics(scope.platform);
  return objects.length === 0 ? [] : [file(scope, 'monitoring/release-metrics.yaml', objects)];
}

/**
 * The files of one service: the Application that syncs it, and what runs. The objects are taken as they are, without the
 * constructs of ServiceChart around them: those render to the same (a test compares them) at a fifth of the time of a synth.
 */
export function renderService(platform: Platform, environment: Environment, service: Service): readonly RenderedFile[] {
  const scope: ServiceScope = { platform, environment, service };
  const objects = serviceObjects(scope);
  return [
    file(scope, `apps/${service.key}.yaml`, [serviceApplication(scope, service)]),
    file(scope, `services/${service.key}.yaml`, objects),
    runbookFile(scope, objects),
    ...terraformFile(scope),
  ];
}

/** What people read when the service's release goes wrong; it stands beside what Argo CD reads. */
function runbookFile(scope: ServiceScope, objects: readonly ManifestObject[]): RenderedFile {
  return { path: runbookPath(scope), text: runbook(scope, workloadsOf(scope), jobNames(objects)), findings: [] };
}

/** The AWS side, where Terraform makes it; it stands beside what Argo CD reads. */
function terraformFile(scope: ServiceScope): readonly RenderedFile[] {
  const { environment, service } = scope;
  const { routing } = service;
  if (routing.router !== 'albTargetGroups' || routing.managedBy.kind !== 'terraform') return [];
  const text = `${JSON.stringify(terraformConfiguration(scope, routing, routing.managedBy), null, 2)}\n`;
  return [{ path: `${environment.name}/terraform/${service.key}.tf.json`, text, findings: [] }];
}

function file({ environment }: EnvironmentScope, name: string, objects: readonly ManifestObject[]): RenderedFile {
  const path = `${environment.name}/${name}`;
  return { path, text: toYamlDocuments(objects, HEADER), findings: checkObjects(path, objects) };
}
