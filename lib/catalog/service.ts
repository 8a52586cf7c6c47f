import type { GATE_KINDS, ROUTERS, STRATEGIES } from './schema/release';
import type { PORT_PROTOCOLS } from './schema/workload';

/** The catalog as charts see it: every default filled in, every reference resolved, every choice a closed union. */

export type PortProtocol = (typeof PORT_PROTOCOLS)[number];
export type StrategyKind = (typeof STRATEGIES)[number];
export type RouterKind = (typeof ROUTERS)[number];
export type GateKind = (typeof GATE_KINDS)[number];

export interface Platform {
  readonly name: string;
  readonly registry: string | undefined;
  readonly prometheus: {
    readonly address: string;
    readonly namespace: string;
    readonly scrapeIntervalSeconds: number;
    readonly labels: Readonly<Record<string, string>>;
  };
  readonly istio: {
    readonly gateways: readonly string[];
    readonly gatewayNamespace: string;
    readonly clusterDomain: string;
    readonly revision: string | undefined;
  };
  readonly argocd: {
    readonly namespace: string;
    readonly repository: string;
    readonly revision: string;
    readonly path: string;
    readonly project: string;
    readonly rootProject: string;
  };
  readonly externalSecrets: ExternalSecretStore | undefined;
  readonly flywayImage: string | undefined;
  readonly topologyKeys: readonly string[];
}

export interface ExternalSecretStore {
  readonly store: string;
  readonly storeKind: 'ClusterSecretStore' | 'SecretStore';
  readonly refreshIntervalSeconds: number;
}

export interface Environment {
  readonly name: string;
  readonly namespace: string;
  readonly cluster: { readonly kind: 'name' | 'server'; readonly value: string };
  /** Whether every image must be named by its digest. */
  readonly requireDigests: boolean;
}

export interface Image {
  /** `repository:tag`, `repository:tag@sha256:…` or `repository@sha256:…`: what the pod template names. */
  readonly reference: string;
  /** The version as a label value: the tag, or `sha256-` and the first 12 digits of the digest. */
  readonly version: string;
  readonly pullPolicy: 'IfNotPresent' | 'Always';
}

export interface Port {
  readonly name: string;
  readonly port: number;
  readonly containerPort: number;
  readonly protocol: PortProtocol;
  /** Where the application tells its own metrics on this port. */
  readonly metricsPath: string | undefined;
}

export type Scale =
  | { readonly kind: 'fixed'; readonly replicas: number }
  | {
      readonly kind: 'autoscaled';
      readonly minReplicas: number;
      readonly maxReplicas: number;
      readonly targetCpuPercent: number | undefined;
      readonly targetMemoryPercent: number | undefined;
      readonly scaleDownStabilizationSeconds: number;
    };

export interface Quantities {
  readonly cpu?: string;
  readonly memory?: string;
}

export interface Probe {
  readonly kind: 'http' | 'grpc' | 'tcp';
  readonly path: string;
  readonly port: Port;
  readonly initialDelaySeconds: number;
  readonly periodSeconds: number;
  readonly timeoutSeconds: number;
  readonly failureThreshold: number;
  readonly successThreshold: number;
}

export type SecretSource =
  | { readonly kind: 'external'; readonly key: string; readonly property: string | undefined }
  | { readonly kind: 'existing'; readonly name: string; readonly key: string };

export type Step =
  | { readonly kind: 'setWeight'; readonly weight: number }
  | { readonly kind: 'pause'; readonly durationSeconds: number | undefined }
  | { readonly kind: 'analysis'; readonly gates: readonly Gate[] };

export interface CanaryStrategy {
  readonly kind: 'canary';
  readonly steps: readonly Step[];
  readonly background: { readonly gates: readonly Gate[]; readonly startingStep: number } | undefined;
  readonly antiAffinity: 'none' | 'preferred' | 'required';
  readonly scaleDownDelaySeconds: number;
  readonly abortScaleDownDelaySeconds: number;
  readonly minReadySeconds: number;
  readonly progressDeadlineSeconds: number;
  readonly revisionHistoryLimit: number;
  readonly rollbackWindowRevisions: number;
}

/** One member for each of STRATEGIES. */
export type Strategy = CanaryStrategy;

export interface IstioRouting {
  readonly router: 'istio';
  readonly port: Port;
  readonly hosts: readonly string[];
  readonly gateways: readonly string[];
  readonly canaryHeader: { readonly name: string; readonly value: string } | undefined;
  readonly timeoutSeconds: number | undefined;
  readonly retries: {
    readonly attempts: number;
    readonly perTryTimeoutSeconds: number | undefined;
    readonly retryOn: string;
  };
  readonly connectionPool: {
    readonly maxConnections?: number;
    readonly http1MaxPendingRequests?: number;
    readonly http2MaxRequests?: number;
    readonly maxRequestsPerConnection?: number;
    readonly connectTimeoutSeconds?: number;
  };
  readonly loadBalancer: 'LEAST_REQUEST' | 'ROUND_ROBIN' | 'RANDOM';
  readonly outlierDetection:
    | {
        readonly consecutive5xxErrors: number;
        readonly intervalSeconds: number;
        readonly baseEjectionTimeSeconds: number;
        readonly maxEjectionPercent: number;
      }
    | undefined;
}

/** One member for each of ROUTERS. */
export type Routing = IstioRouting;

/** What passes: a bound on one number. Latencies are in seconds, ratios from 0 to 1. */
export interface Bound {
  readonly direction: 'atMost' | 'atLeast';
  readonly value: number;
}

export interface Gate {
  readonly name: string;
  readonly kind: GateKind;
  readonly bound: Bound;
  readonly quantile: number;
  readonly of: 'requests' | 'limits';
  /** PromQL of the kind `query`; empty for the others. */
  readonly query: string;
  readonly intervalSeconds: number;
  readonly count: number;
  readonly failureLimit: number;
  /** Undefined: by where the gate is used. */
  readonly inconclusiveLimit: number | undefined;
  readonly consecutiveErrorLimit: number;
  readonly initialDelaySeconds: number;
  readonly windowSeconds: number;
  readonly minRequests: number;
  readonly dryRun: boolean;
}

export interface Database {
  readonly host: string;
  readonly port: number;
  readonly name: string;
  readonly schema: string;
  readonly sslMode: 'require' | 'verify-ca' | 'verify-full' | 'disable';
  /** Set if and only if sslMode verifies the server. */
  readonly caCertificate: { readonly configMap: string; readonly key: string } | undefined;
  /** Major version of the server. */
  readonly serverVersion: number;
  readonly cidr: string | undefined;
}

export type MigrationPhase = 'expand' | 'backfill' | 'contract';

/** One Flyway file and, where it has one, its `.conf`. */
export interface MigrationFile {
  /** File name without folders, as Flyway sees it. */
  readonly name: string;
  readonly phase: MigrationPhase;
  /** Undefined for repeatable migrations. */
  readonly version: string | undefined;
  readonly sql: string;
  readonly conf: string | undefined;
}

/** One Job: migrates up to `target`. */
export interface MigrationRun {
  readonly phase: MigrationPhase;
  readonly target: string;
  /** Contracts of earlier releases that the database must have behind it, unless it is empty: a skipped release stops here. */
  readonly mustBeApplied: readonly string[];
}

export interface Migrations {
  readonly files: readonly MigrationFile[];
  /** The Jobs of this release, in order; a contract that is not yet released has none. */
  readonly runs: readonly MigrationRun[];
  readonly database: Database;
  readonly user: SecretSource;
  readonly password: SecretSource;
  readonly flywayImage: string;
  readonly activeDeadlineSeconds: number;
  readonly lockTimeoutSeconds: number;
}

export interface Service {
  /** Its key in the catalog; names its files. */
  readonly key: string;
  /** Names its objects in the cluster. */
  readonly name: string;
  readonly owner: string | undefined;
  readonly image: Image;
  readonly command: readonly string[];
  readonly args: readonly string[];
  readonly ports: readonly Port[];
  readonly scale: Scale;
  readonly resources: { readonly requests: Quantities; readonly limits: Quantities };
  readonly probes: {
    readonly readiness: Probe;
    readonly liveness: Probe | undefined;
    readonly startup: Probe | undefined;
  };
  readonly config: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, SecretSource>>;
  readonly security: {
    readonly runAsUser: number;
    readonly runAsGroup: number;
    readonly writablePaths: readonly string[];
  };
  readonly shutdown: { readonly preStopSeconds: number; readonly drainSeconds: number };
  readonly strategy: Strategy;
  readonly routing: Routing;
  readonly gates: readonly Gate[];
  readonly migrations: Migrations | undefined;
  readonly allowedCallers: {
    /** Names, in the cluster, of the calling services. */
    readonly services: readonly string[];
    readonly namespaces: readonly string[];
    readonly gateway: boolean;
  };
  readonly requestsPerSecond: number | undefined;
}

/** One environment with its services in the order of their keys. */
export interface Release {
  readonly platform: Platform;
  readonly environment: Environment;
  readonly services: readonly Service[];
}
