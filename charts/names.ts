import type { AbTestStrategy, Environment, Platform, Service, Strategy } from '../lib/catalog/service';

/** What the objects of one service in one environment are made from. */
export interface ServiceScope {
  readonly platform: Platform;
  readonly environment: Environment;
  readonly service: Service;
}

/** A strategy that one Rollout carries out; an A/B test takes several. */
export type WorkloadStrategy = Exclude<Strategy, AbTestStrategy>;

/** What one Rollout and its pods are made from. */
export interface WorkloadScope extends ServiceScope {
  readonly service: Service & { readonly strategy: WorkloadStrategy };
  /** Whether it can be taken out of the catalog while routes still lead to it: then it goes after they do. */
  readonly prunedLast?: boolean;
}

/** The domain of Cutover's own annotations. */
export const DOMAIN = 'cutover.dev';

/** The Argo CD project of an environment, which is also the name of its root Application. */
export const projectName = ({ platform, environment }: Omit<ServiceScope, 'service'>): string =>
  `${platform.argocd.project}-${environment.name}`;

/** The Application that syncs a service. */
export const applicationName = (scope: ServiceScope): string => `${projectName(scope)}-${scope.service.key}`;

/** The label by which the pods of a service are found; a selector, so it never changes. */
export const NAME_LABEL = 'app.kubernetes.io/name';

/** The label that Argo Rollouts puts on the pods of each version. */
export const HASH_LABEL = 'rollouts-pod-template-hash';

/** The Service, VirtualService route and subsets by the names that the Rollout and the routing must share (P1). */
export const PRIMARY_ROUTE = 'primary';
export const CANARY_SUBSET = 'canary';
export const STABLE_SUBSET = 'stable';

export function selectorOf(service: Service): Readonly<Record<string, string>> {
  return { [NAME_LABEL]: service.name };
}

const LABELS = new WeakMap<Service, Readonly<Record<string, string>>>();

/** Labels of every object of a service; made once for all of them. */
export function labelsOf({ platform, service }: ServiceScope): Readonly<Record<string, string>> {
  const labels = LABELS.get(service) ?? {
    [NAME_LABEL]: service.name,
    'app.kubernetes.io/part-of': platform.name,
    'app.kubernetes.io/managed-by': 'cutover',
  };
  LABELS.set(service, labels);
  return labels;
}

/** Metadata of an object of a service; `suffix` is appended to the service's name. */
export function metadataOf(scope: ServiceScope, suffix = '', annotations?: Readonly<Record<string, string>>) {
  return {
    name: `${scope.service.name}${suffix}`,
    namespace: scope.environment.namespace,
    labels: labelsOf(scope),
    ...(annotations === undefined ? {} : { annotations }),
  };
}

/** The name under which the whole cluster reaches a service, or one of the Services beside it. */
export function clusterHost({ platform, environment, service }: ServiceScope, suffix = ''): string {
  return `${service.name}${suffix}.${environment.namespace}.svc.${platform.istio.clusterDomain}`;
}

/**
 * Sync waves. The Rollout is last, so that a release in progress never keeps a sync running: Argo CD 3.5.1 ends an
 * operation at once when nothing is left after the wave just applied (gitops-engine/pkg/sync, Sync). The DestinationRule
 * comes before the VirtualService that names its subsets (P11).
 */
export const WAVES = { destinationRule: '1', entrance: '2', rollout: '3', lastEntrance: '4' } as const;

/**
 * The wave of what leads requests to a service. A variant or a colour that is new must have pods before requests come, so
 * that there routes are last; Argo CD then waits for the pods, but only when a route has changed.
 */
export function entranceWave({ service: { strategy, routing } }: ServiceScope): Readonly<Record<string, string>> {
  const several = strategy.kind === 'abTest' || routing.router === 'albTargetGroups';
  return wave(several ? WAVES.lastEntrance : WAVES.entrance);
}

/** What a route may still lead to is taken away after everything else of the sync, which is healthy by then. */
export function pruning({ prunedLast }: WorkloadScope): Readonly<Record<string, string>> {
  return prunedLast ? { 'argocd.argoproj.io/sync-options': 'PruneLast=true' } : {};
}

export const wave = (value: string): Readonly<Record<string, string>> => ({ 'argocd.argoproj.io/sync-wave': value });

/**
 * For objects under content-hashed names: when Git goes on to the next name the old one stays, because pods of the stable
 * version still need it after an abort or a rollback (P39). Argo CD 3.5.1 keeps such an object and calls the application
 * synced (controller/state.go); both annotations must be on the object from the start.
 */
export const RETAINED = {
  'argocd.argoproj.io/sync-options': 'Prune=false',
  'argocd.argoproj.io/compare-options': 'IgnoreExtraneous',
} as const;
