import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, type Chart } from 'cdk8s';
import type { ServiceScope, WorkloadScope } from '../../charts/names';
import { ServiceChart } from '../../charts/service-chart';
import { workloadsOf } from '../../charts/strategies/workloads';
import { catalogFromText } from '../../lib/catalog/read';
import type { CanaryStrategy, IstioRouting, Release, Service } from '../../lib/catalog/service';
import { formatDiagnostics } from '../../lib/diagnostic/format';
import type { KubeObject } from '../../lib/manifest/object';
import { ROOT } from './root';

export { ROOT } from './root';

/** The committed sample, resolved; fails the test with the diagnostics if it is faulty. */
export function sampleReleases(): readonly Release[] {
  return releasesOf(readFileSync(join(ROOT, 'services.json'), 'utf8'));
}

/** A catalog's text, resolved against the migrations of the repository. */
export function releasesOf(text: string): readonly Release[] {
  const { releases, diagnostics } = catalogFromText('services.json', text, ROOT);
  const errors = diagnostics.filter((d) => d.severity === 'error');
  if (errors.length > 0) throw new Error(formatDiagnostics(errors));
  return releases;
}

/** One service of the sample. */
export function sampleScope(key: string, environment = 'production'): ServiceScope {
  const release = sampleReleases().find((one) => one.environment.name === environment);
  const service = release?.services.find((one) => one.key === key);
  if (release === undefined || service === undefined) throw new Error(`no ${key} in ${environment}`);
  return { platform: release.platform, environment: release.environment, service };
}

/** A sample service with some of its settings changed. */
export function changed(scope: ServiceScope, service: Partial<ServiceScope['service']>): ServiceScope {
  return { ...scope, service: { ...scope.service, ...service } };
}

/** The strategy of a service that is a canary, as all of the sample were first. */
export function canaryOf({ key, strategy }: Service): CanaryStrategy {
  if (strategy.kind !== 'canary') throw new Error(`${key} is no canary`);
  return strategy;
}

/** The routing of a service behind Istio. */
export function istioOf({ key, routing }: Service): IstioRouting {
  if (routing.router !== 'istio') throw new Error(`${key} is not behind Istio`);
  return routing;
}

/** The only workload of a service. */
export function workloadOf(scope: ServiceScope): WorkloadScope {
  const [workload, ...others] = workloadsOf(scope);
  if (workload === undefined || others.length > 0) throw new Error(`${scope.service.key} has not one workload`);
  return workload;
}

/** The objects that a service renders, by kind; a test names the kinds it looks at. */
export function rendered(scope: ServiceScope): readonly KubeObject[] {
  const chart: Chart = new ServiceChart(new App(), scope.service.key, { scope });
  return chart.toJson();
}

/** The one object of a kind, or of a kind and name. */
export function only(objects: readonly KubeObject[], kind: string, name?: string): KubeObject {
  const found = objects.filter((one) => one.kind === kind && (name === undefined || one.metadata.name === name));
  if (found.length !== 1 || found[0] === undefined) throw new Error(`${found.length} objects ${kind} ${name ?? ''}`);
  return found[0];
}
