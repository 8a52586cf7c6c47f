import type { ManifestOf } from '@cdk8s/imports/wire';
import { contentHash } from '../../content-hash';
import { metadataOf, type WorkloadScope } from '../../names';
import { podsOf, withReplicaSet } from '../alerts/series';
import type { Dashboard, Variable } from './grafana';
import { NEW_VERSION, OLD_VERSION, panels, SOURCE } from './panels';

/** Version of the layout of dashboards; Grafana brings older ones up to its own when it loads them. */
const SCHEMA_VERSION = 39;

/** The ConfigMap by which Grafana's sidecar finds the dashboard of a workload's releases. */
export function dashboardConfigMap(scope: WorkloadScope): ManifestOf<'v1/ConfigMap'> | undefined {
  const { grafana, name } = scope.platform;
  if (grafana === undefined) return undefined;
  const { labels, ...metadata } = metadataOf(scope, '-release-dashboard');
  const file = `${name}-${scope.environment.name}-${scope.service.name}.json`;
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      ...metadata,
      labels: { ...labels, [grafana.label]: grafana.labelValue },
      ...(grafana.folder === undefined ? {} : { annotations: { [grafana.folderAnnotation]: grafana.folder } }),
    },
    // The sidecar puts the files of all namespaces into one folder.
    data: { [file]: textOf(dashboard(scope)) },
  };
}

export function dashboard(scope: WorkloadScope): Dashboard {
  const { service, environment, platform } = scope;
  return {
    uid: `cutover-${contentHash([platform.name, environment.name, service.name])}`,
    title: `Release of ${service.name} (${environment.name})`,
    description: 'Rendered by Cutover from services.json and migrations/. Do not edit: run `npm run synth`.',
    tags: ['cutover', platform.name, environment.name],
    schemaVersion: SCHEMA_VERSION,
    editable: false,
    refresh: '30s',
    time: { from: 'now-1h', to: 'now' },
    graphTooltip: 1,
    templating: { list: [dataSource, version(scope, NEW_VERSION, 'topk'), version(scope, OLD_VERSION, 'bottomk')] },
    annotations: { list: [] },
    panels: panels(scope),
  };
}

const dataSource: Variable = { type: 'datasource', name: 'datasource', label: 'Prometheus', query: 'prometheus' };

/**
 * The pod-template-hash of the version whose oldest pod is the youngest, or the oldest: a lost pod of the stable version that was made
 * anew does not make it the new one. Without a release both are the same; whoever knows better chooses another one.
 */
function version(scope: WorkloadScope, name: string, which: 'topk' | 'bottomk'): Variable {
  const born = `min by (replicaset) (${withReplicaSet(`kube_pod_created{${podsOf(scope)}}`)})`;
  return {
    type: 'query',
    name,
    label: name === NEW_VERSION ? 'New version' : 'Stable version',
    datasource: SOURCE,
    query: `query_result(${which}(1, ${born}))`,
    regex: `/replicaset="${scope.service.name}-([a-z0-9]+)"/`,
    refresh: 2,
  };
}

/** One line for each panel, so that a pull request shows which of them changes. */
function textOf({ panels: drawn, ...rest }: Dashboard): string {
  const { description, ...head } = rest;
  const lines = Object.entries({ description, ...head }).map(([key, value]) => `"${key}":${JSON.stringify(value)},`);
  return `{\n${lines.join('\n')}\n"panels":[\n${drawn.map((panel) => JSON.stringify(panel)).join(',\n')}\n]}\n`;
}
