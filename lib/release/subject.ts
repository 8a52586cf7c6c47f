import type { PendingRelease } from '../catalog/resolve';
import type { Environment, Platform, Service } from '../catalog/service';
import { derivedWorkloads } from '../catalog/workload-names';
import { nearest } from '../diagnostic/nearest';
import { ReleaseFault, releaseFault } from './fault';
import { type ContextFacts, identify } from './identity';

/** Which release a command is about. */
export interface ReleaseSubject {
  /** The key of the service, or the name of the Rollout where the catalog has none. */
  readonly service: string;
  readonly namespace: string;
  readonly rollout: string;
  /** Other Rollouts of the service: variants of an A/B test, colours. */
  readonly alsoRollouts: readonly string[];
  /** Undefined where the catalog does not know what was asked for. */
  readonly known:
    | {
        readonly platform: Platform;
        readonly environment: Environment;
        readonly service: Service;
        readonly application: string;
      }
    | undefined;
}

/** What was said on the command line. */
export interface AskedFor {
  readonly service: string;
  readonly environment: string | undefined;
  readonly namespace: string | undefined;
  readonly rollout: string | undefined;
}

/**
 * Finds what is meant in the catalog. Without an environment it is the only one that has the service, or the one whose
 * cluster the context leads to, which is asked only then: a name that the catalog does not have is told without a kubeconfig.
 * With a namespace a Rollout can be named that no catalog knows.
 */
export function subjectOf(
  releases: readonly PendingRelease[],
  asked: AskedFor,
  context: (() => ContextFacts) | undefined,
): ReleaseSubject {
  const having = releases
    .filter(({ environment }) => asked.environment === undefined || environment.name === asked.environment)
    .flatMap((release) => {
      const service = release.services.find(({ key, name }) => key === asked.service || name === asked.service);
      return service === undefined ? [] : [{ release, service }];
    });
  const [only = undefined, ...more] = having.length > 1 ? narrowed(having, asked, context?.()) : having;
  if (only === undefined) return unknownToCatalog(releases, asked);
  if (more.length > 0)
    throw new ReleaseFault(
      ambiguous(
        asked,
        having.map(({ release }) => release.environment.name),
      ),
    );
  const { platform, environment } = only.release;
  const service = only.service.complete();
  const names = [
    service.name,
    ...derivedWorkloads(service.name, service.strategy, service.routing).map(({ name }) => name),
  ];
  const own = service.routing.router === 'albTargetGroups' ? names.slice(1) : names;
  const rollout = asked.rollout ?? own[0] ?? service.name;
  return {
    service: service.key,
    namespace: asked.namespace ?? environment.namespace,
    rollout,
    alsoRollouts: own.filter((name) => name !== rollout),
    known: {
      platform,
      environment,
      service,
      application: `${platform.argocd.project}-${environment.name}-${service.key}`,
    },
  };
}

function narrowed<T extends { readonly release: PendingRelease }>(
  having: readonly T[],
  { namespace }: AskedFor,
  context: ContextFacts | undefined,
): readonly T[] {
  const environments = having.map(({ release }) => release.environment);
  const fits = having.filter(
    ({ release: { environment } }) =>
      context !== undefined && identify(environment, context, environments).is === 'same',
  );
  if (fits.length > 0) return fits;
  const there = having.filter(({ release }) => release.environment.namespace === namespace);
  return there.length > 0 ? there : having;
}

function ambiguous({ service }: AskedFor, names: readonly string[]) {
  return releaseFault(
    'REL001',
    `services.${service}`,
    `${names.join(' and ')} have this service, and the context fits neither or both`,
    `say which: --environment ${names[0]}`,
  );
}

function unknownToCatalog(releases: readonly PendingRelease[], asked: AskedFor): ReleaseSubject {
  const { service, namespace, environment, rollout = service } = asked;
  const environments = releases.map((release) => release.environment.name);
  if (environment !== undefined && !environments.includes(environment) && releases.length > 0)
    throw new ReleaseFault(unknownName('environments', environment, environments));
  if (namespace !== undefined) return { service, namespace, rollout, alsoRollouts: [], known: undefined };
  const services = [...new Set(releases.flatMap((release) => release.services.map(({ key }) => key)))];
  throw new ReleaseFault(unknownName('services', service, services));
}

function unknownName(what: string, name: string, known: readonly string[]) {
  const meant = nearest(name, known);
  const there = known.length === 0 ? 'the catalog could not be read' : `there are: ${known.join(', ')}`;
  const hint = meant === undefined ? there : `did you mean "${meant}"?`;
  const more = what === 'services' ? '; a Rollout that no catalog knows takes --namespace' : '';
  return releaseFault('REL001', what, `there is no "${name}"`, `${hint}${more}`);
}
