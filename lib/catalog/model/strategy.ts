import type { OPTIMIZATIONS, STRATEGIES } from '../kinds';
import type { Gate } from './gate';
import type { Image } from './workload';

export type StrategyKind = (typeof STRATEGIES)[number];

/** How many pods the canary has from a step on. */
export type CanaryScale =
  | { readonly kind: 'replicas'; readonly replicas: number }
  | { readonly kind: 'percent'; readonly percent: number }
  | { readonly kind: 'matchWeight' };

/** One header with one exact value, in lower case as proxies compare it. */
export interface HeaderMatch {
  readonly name: string;
  readonly value: string;
}

/** `G` is what is known of a gate: all of it in the catalog. */
export type Step<G = Gate> =
  /** With `between` it is not in the catalog: `lowOverhead` goes to the next weight over it (lib/catalog/between-weights.ts). */
  | { readonly kind: 'setWeight'; readonly weight: number; readonly between?: true }
  | { readonly kind: 'pause'; readonly durationSeconds: number | undefined; readonly between?: true }
  | { readonly kind: 'analysis'; readonly gates: readonly G[] }
  | { readonly kind: 'canaryScale'; readonly scale: CanaryScale }
  /** Without a header the route is taken away. */
  | { readonly kind: 'headerRoute'; readonly route: string; readonly header: HeaderMatch | undefined }
  /** Without a percentage the copies end. */
  | { readonly kind: 'mirrorRoute'; readonly route: string; readonly percent: number | undefined }
  | {
      readonly kind: 'experiment';
      readonly durationSeconds: number;
      readonly replicas: number;
      readonly weight: number | undefined;
      readonly gates: readonly G[];
    };

/** What every strategy says of its ReplicaSets. */
export interface ReplicaSetSettings {
  readonly antiAffinity: 'none' | 'preferred' | 'required';
  readonly minReadySeconds: number;
  readonly progressDeadlineSeconds: number;
  readonly revisionHistoryLimit: number;
  readonly rollbackWindowRevisions: number;
}

/** A number of pods, or a share of the replicas such as `25%`. */
export type Pods = number | string;

/** How fast pods are exchanged where no router splits the traffic. */
export interface Pace {
  readonly maxSurge: Pods;
  readonly maxUnavailable: Pods;
}

export interface Delays {
  readonly scaleDownDelaySeconds: number;
  readonly abortScaleDownDelaySeconds: number;
}

export interface RollingStrategy extends ReplicaSetSettings, Pace {
  readonly kind: 'rolling';
  readonly background: { readonly gates: readonly Gate[] } | undefined;
  /** The workload that gates with `relative` compare with; its name in the cluster. */
  readonly comparedWith: string | undefined;
}

export interface BlueGreenStrategy extends ReplicaSetSettings, Delays, Pace {
  readonly kind: 'blueGreen';
  /** Beside the exchange of a colour's pods; undefined where there are no colours. */
  readonly background: { readonly gates: readonly Gate[] } | undefined;
  readonly promotion: 'automatic' | 'manual';
  readonly previewReplicas: number | undefined;
  readonly prePromotionGates: readonly Gate[];
  readonly postPromotionGates: readonly Gate[];
}

export type Optimization = (typeof OPTIMIZATIONS)[number];

export interface CanaryStrategy extends ReplicaSetSettings, Delays, Pace {
  readonly kind: 'canary';
  /** Whether the stable version keeps all of its pods, or only those for its share; without a router it says nothing. */
  readonly optimizeFor: Optimization;
  readonly steps: readonly Step[];
  readonly background: { readonly gates: readonly Gate[]; readonly startingStep: number } | undefined;
}

export interface Variant {
  readonly name: string;
  readonly image: Image;
  readonly replicas: number;
  /** Share of new users, in %; 0 when only a header or a cookie leads here. */
  readonly percent: number;
  readonly header: HeaderMatch | undefined;
  /** A cookie that the application sets itself. */
  readonly cookie: { readonly name: string; readonly value: string } | undefined;
}

export interface AbTestStrategy extends ReplicaSetSettings, Pace {
  readonly kind: 'abTest';
  /** Beside the releases of the control. */
  readonly background: { readonly gates: readonly Gate[] } | undefined;
  /** Keeps a user in a variant. */
  readonly cookie: { readonly name: string; readonly maxAgeSeconds: number; readonly secure: boolean };
  /** In the order of their names. */
  readonly variants: readonly Variant[];
  readonly gates: readonly Gate[];
}

/** One member for each of STRATEGIES. */
export type Strategy = RollingStrategy | BlueGreenStrategy | CanaryStrategy | AbTestStrategy;
