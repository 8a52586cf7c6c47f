import { type Cluster, KubeConfig } from '@kubernetes/client-node';
import type { Connection } from './connection';
import { ClusterFault } from './fault';

/**
 * Reads kubeconfig as kubectl does: `KUBECONFIG`, `~/.kube/config`, else the service account of the pod in which this runs.
 * Throws a ClusterFault of the kind `config` where there is none or the context is not in it.
 */
export function connect(context: string | undefined, file?: string): Connection {
  const config = load(file);
  if (context !== undefined) config.setCurrentContext(context);
  const name = config.getCurrentContext() ?? '';
  const known = config.getContexts().map((one) => one.name);
  const current = config.getContextObject(name);
  if (current === null)
    throw new ClusterFault('config', `kubeconfig has no context "${name}"; it has: ${known.join(', ') || 'none'}`);
  const cluster = config.getCurrentCluster();
  if (cluster === null)
    throw new ClusterFault('config', `context ${name} names a cluster that kubeconfig does not have`);
  return {
    target: {
      context: name,
      clusterName: cluster.name,
      server: cluster.server,
      tlsServerName: cluster.tlsServerName,
      namespace: current.namespace,
      inCluster: cluster.name === IN_CLUSTER,
    },
    sign: async (options) => {
      try {
        await config.applyToHTTPSOptions(options);
      } catch (error) {
        // What an exec plugin says on its standard error has gone to the terminal already.
        throw new ClusterFault('unauthorized', `context ${name} cannot sign in: ${firstLine(error)}`);
      }
    },
  };
}

/** The name that the client gives the cluster in which it runs (config.ts, loadFromCluster). */
const IN_CLUSTER = 'inCluster';

function load(file: string | undefined): KubeConfig {
  const config = new KubeConfig();
  try {
    if (file === undefined) config.loadFromDefault();
    else config.loadFromFile(file);
  } catch (error) {
    throw new ClusterFault('config', `kubeconfig cannot be read: ${firstLine(error)}`);
  }
  // What the client makes up where it finds nothing.
  if (config.getCurrentContext() === 'loaded-context' && !process.env.KUBECONFIG && file === undefined)
    throw new ClusterFault('config', 'there is no kubeconfig; set KUBECONFIG, or say --kubeconfig <file>');
  return plain(config);
}

/** The client takes plain HTTP, as through `kubectl proxy`, only where the cluster says that TLS is not looked at. */
function plain(config: KubeConfig): KubeConfig {
  const insecure = (cluster: Cluster): Cluster =>
    cluster.server.startsWith('http:') ? { ...cluster, skipTLSVerify: true } : cluster;
  const copy = new KubeConfig();
  copy.loadFromOptions({
    clusters: config.getClusters().map(insecure),
    users: config.getUsers(),
    contexts: config.getContexts(),
    currentContext: config.getCurrentContext(),
  });
  return copy;
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
