import type {
  AlbTargetGroupsRouting,
  BlueGreenStrategy,
  CanaryStrategy,
  Gate,
  IstioRouting,
  Probe,
  RouterKind,
  Scale,
  Service,
  Step,
  Strategy,
} from '../../catalog/service';

/** What the time that a gate takes follows from. */
export type TimedGate = Pick<Gate, 'name' | 'initialDelaySeconds' | 'intervalSeconds' | 'count'>;

/** When a probe asks. */
export type ProbeTimes = Pick<Probe, 'initialDelaySeconds' | 'periodSeconds' | 'successThreshold'>;

/** How requests get to the two versions, as far as the course of a release depends on it. */
export type ReleasedRouting =
  | Pick<IstioRouting, 'router' | 'splitting'>
  | Pick<AlbTargetGroupsRouting, 'router' | 'colours'>
  | { readonly router: Exclude<RouterKind, 'istio' | 'albTargetGroups'> };

/** What the course of a release follows from: a service of the catalog, or what manifests say of one. */
export interface Released {
  readonly strategy: Pick<Strategy, 'kind' | 'minReadySeconds'>;
  readonly routing: ReleasedRouting;
  readonly scale: Scale;
  readonly probes: { readonly readiness: ProbeTimes; readonly startup: ProbeTimes | undefined };
  readonly podStartSeconds: number | undefined;
  readonly shutdown: Pick<Service['shutdown'], 'preStopSeconds'>;
}

type Beside<G> = { readonly gates: readonly G[] } | undefined;

/** A canary, with gates of which no more may be known than how long they take. */
export type CanaryCourse<G extends TimedGate = Gate> = Pick<
  CanaryStrategy,
  'kind' | 'minReadySeconds' | 'maxSurge' | 'maxUnavailable' | 'optimizeFor' | 'scaleDownDelaySeconds'
> & {
  readonly steps: readonly Step<G>[];
  readonly background: (Beside<G> & { readonly startingStep: number }) | undefined;
};

export type BlueGreenCourse<G extends TimedGate = Gate> = Pick<
  BlueGreenStrategy,
  'kind' | 'minReadySeconds' | 'maxSurge' | 'maxUnavailable' | 'promotion' | 'previewReplicas' | 'scaleDownDelaySeconds'
> & {
  readonly background: Beside<G>;
  readonly prePromotionGates: readonly G[];
  readonly postPromotionGates: readonly G[];
  /** The promotion waits so long by itself; the catalog has no such wait. */
  readonly autoPromotionSeconds?: number;
};
