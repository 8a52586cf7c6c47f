import type { Environment } from '../catalog/service';

/** Where a kubeconfig's context leads, as far as it tells clusters apart. */
export interface ContextFacts {
  readonly context: string;
  readonly clusterName: string;
  readonly server: string;
  readonly tlsServerName: string | undefined;
  readonly inCluster: boolean;
}

/** Whether a context leads to the cluster of an environment, and how that is known. */
export interface Identity {
  readonly is: 'same' | 'other' | 'unproven';
  readonly because: string;
}

/** The cluster that Argo CD itself runs in, whatever its address is outside. */
const ARGOCD_OWN = ['https://kubernetes.default.svc', 'in-cluster'];

/**
 * The rule: 1. `cluster.server` and the server of the context are the same address, or they are not. 2. `cluster.name` is the
 * name of the context or of its cluster, or what follows the last `/` or `_` of one (EKS, GKE); a name that belongs to another
 * environment says that it is another one. 3. What neither decides, the Rollout does: Argo CD writes on it which Application
 * has put it there.
 */
export function identify(
  environment: Environment,
  context: ContextFacts,
  others: readonly Environment[] = [],
  application?: { readonly expected: string; readonly trackingId: string | undefined },
): Identity {
  const declared = byDeclaration(environment, context, others);
  if (declared.is !== 'unproven' || application === undefined) return declared;
  return byTracking(application.expected, application.trackingId) ?? declared;
}

function byDeclaration(
  { name, cluster }: Environment,
  context: ContextFacts,
  others: readonly Environment[],
): Identity {
  const at = `context ${context.context} leads to ${context.server}`;
  if (ARGOCD_OWN.includes(cluster.value)) {
    const because = `environments.${name}.cluster is the cluster of Argo CD, whose address the catalog does not say; ${at}`;
    return context.inCluster
      ? { is: 'same', because: 'this runs in the cluster of Argo CD' }
      : { is: 'unproven', because };
  }
  if (cluster.kind === 'server') {
    const same = isSameServer(cluster.value, context);
    return {
      is: same ? 'same' : 'other',
      because: `${at}, and environments.${name}.cluster.server is ${cluster.value}`,
    };
  }
  if (hasName(context, cluster.value)) return { is: 'same', because: `${at}, which is called ${cluster.value}` };
  const taken = others.find(
    (one) => one.name !== name && one.cluster.kind === 'name' && hasName(context, one.cluster.value),
  );
  const because = `${at}, cluster ${context.clusterName}, and environments.${name}.cluster.name is ${cluster.value}`;
  return taken === undefined
    ? { is: 'unproven', because }
    : { is: 'other', because: `${because}; that context is the one of ${taken.name}` };
}

function isSameServer(declared: string, { server, tlsServerName }: ContextFacts): boolean {
  // The catalog may be faulty, and kubeconfig is anybody's.
  if (!URL.canParse(declared) || !URL.canParse(server)) return false;
  const want = new URL(declared);
  const have = new URL(server);
  const path = have.pathname.replace(/\/$/, '');
  if (want.protocol === have.protocol && want.host === have.host && path === '') return true;
  // Through a tunnel the certificate tells who answers.
  return tlsServerName !== undefined && tlsServerName.toLowerCase() === want.hostname;
}

const hasName = ({ context, clusterName }: ContextFacts, name: string): boolean =>
  [context, clusterName].some((one) => one === name || one.split(/[/_]/).at(-1) === name);

/** `<application>:<group>/<kind>:<namespace>/<name>` (Argo CD 3.5.1, util/argo/resource_tracking.go). */
function byTracking(expected: string, trackingId: string | undefined): Identity | undefined {
  const owner = trackingId?.split(':')[0]?.split('_').at(-1);
  if (owner === undefined || owner === '') return undefined;
  const because = `the Rollout belongs to Application ${owner}`;
  return owner === expected
    ? { is: 'same', because }
    : { is: 'other', because: `${because}, and that of the environment is ${expected}` };
}
