import type { Api, Resource, Selection } from '../../cluster/api';
import { ClusterFault } from '../../cluster/fault';
import { Reflector } from '../../cluster/reflector';
import { APPLICATIONS, RELEASE_RESOURCES } from '../../release/access';
import { assemble, type RawObjects, ROUTE_OBJECTS, type Subject } from '../../release/assemble';
import type { ClusterState, Unread } from '../../release/cluster-state';
import { nameIn } from '../../release/read/owner';
import { readRollout } from '../../release/read/rollout';

/** Which release is read, and from where. */
export interface ReadFrom extends Subject {
  readonly api: Api;
  readonly namespace: string;
  /** Where Argo CD is; undefined where it is not asked. */
  readonly argocd: { readonly api: Api; readonly namespace: string } | undefined;
}

type Kind = keyof RawObjects;

interface Source {
  readonly kind: Kind;
  readonly reflector: Reflector;
  at: { readonly resourceVersion: string; readonly version: string } | undefined;
}

/** Reads one release from the cluster, once or for as long as it is watched. */
export class ReleaseReader {
  private readonly from: ReadFrom;
  private readonly sources: Source[] = [];
  private readonly faults = new Map<Kind, Unread>();
  private changedAt = Date.now();
  private onChange: () => void = () => undefined;

  constructor(from: ReadFrom) {
    this.from = from;
  }

  /** Lists everything. Throws where the Rollouts cannot be read; what else cannot be read is told in the state. */
  async load(signal?: AbortSignal): Promise<void> {
    const { api, namespace, rollout } = this.from;
    const named = { namespace, fields: { 'metadata.name': rollout } };
    const rollouts = this.source(api, 'rollouts', RELEASE_RESOURCES.rollouts, named);
    rollouts.at = await rollouts.reflector.list(signal);
    const found = rollouts.reflector.items.find((object) => nameIn(object) === rollout);
    if (found === undefined) throw new ClusterFault('notFound', `namespace ${namespace} has no Rollout ${rollout}`);
    await Promise.all(this.beside(found).map((source) => this.listed(source, signal)));
  }

  /** Everything beside the Rollout that tells of its release. */
  private beside(object: unknown): readonly Source[] {
    const { api, namespace, application, argocd, migrations } = this.from;
    const { selector, route, destinationRule } = readRollout(object);
    const labels = Object.keys(selector).length === 0 ? {} : { labels: selector };
    const of = (kind: Exclude<Kind, 'applications'>, selection: Partial<Selection>): Source =>
      this.source(api, kind, RELEASE_RESOURCES[kind], { namespace, ...selection });
    const named = (name: string) => ({ fields: { 'metadata.name': name } });
    return [
      of('replicaSets', labels),
      of('pods', labels),
      of('analysisRuns', {}),
      of('events', { fields: { type: 'Warning' } }),
      ...(route === undefined
        ? []
        : [of(ROUTE_OBJECTS[route.kind], { ...named(route.name), namespace: route.namespace })]),
      ...(destinationRule === undefined ? [] : [of('destinationRules', named(destinationRule.name))]),
      ...(migrations === undefined ? [] : [of('jobs', { labels: { 'app.kubernetes.io/name': migrations } })]),
      ...(argocd === undefined || application === undefined
        ? []
        : [
            this.source(argocd.api, 'applications', APPLICATIONS, {
              namespace: argocd.namespace,
              ...named(application),
            }),
          ]),
    ];
  }

  private source(api: Api, kind: Kind, resource: Resource, selection: Selection): Source {
    const changed = () => {
      this.changedAt = Date.now();
      this.onChange();
    };
    const source: Source = { kind, reflector: new Reflector(api, resource, selection, changed), at: undefined };
    this.sources.push(source);
    return source;
  }

  private async listed(source: Source, signal?: AbortSignal): Promise<void> {
    try {
      source.at = await source.reflector.list(signal);
    } catch (fault) {
      this.missed(source.kind, fault);
    }
  }

  private missed(kind: Kind, fault: unknown): void {
    if (!(fault instanceof ClusterFault)) throw fault;
    this.faults.set(kind, { resource: kind, why: fault.message });
  }

  /** Follows every change until the signal; throws where the Rollout can no longer be read. */
  async follow(signal: AbortSignal, onChange: () => void): Promise<void> {
    this.onChange = onChange;
    await Promise.all(
      this.sources.map(async ({ kind, reflector, at }) => {
        if (at === undefined) return;
        try {
          await reflector.follow(at, signal);
        } catch (fault) {
          if (kind === 'rollouts') throw fault;
          this.missed(kind, fault);
          onChange();
        }
      }),
    );
  }

  /** What is known now; undefined where the Rollout is gone. */
  state(): ClusterState | undefined {
    const items = (kind: Kind) => this.sources.find((source) => source.kind === kind)?.reflector.items ?? [];
    const objects: RawObjects = {
      rollouts: items('rollouts'),
      replicaSets: items('replicaSets'),
      pods: items('pods'),
      analysisRuns: items('analysisRuns'),
      events: items('events'),
      virtualServices: items('virtualServices'),
      ingresses: items('ingresses'),
      httpRoutes: items('httpRoutes'),
      destinationRules: items('destinationRules'),
      applications: items('applications'),
      jobs: items('jobs'),
    };
    const now = Date.now();
    const clocks = { server: now + this.from.api.clockAheadMs, sinceChange: now - this.changedAt };
    return assemble(objects, this.from, [...this.faults.values()], clocks);
  }
}
