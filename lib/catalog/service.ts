import type { Gate } from './model/gate';
import type { Objectives } from './model/objectives';
import type { Routing } from './model/routing';
import type { Strategy } from './model/strategy';
import type { Image, Port, Scale } from './model/workload';
import type { NotifyEventName } from './notify-events';

export type * from './model/gate';
export type * from './model/objectives';
export type * from './model/routing';
export type * from './model/strategy';
export type * from './model/workload';

/** The catalog as charts see it: every default filled in, every reference resolved, every choice a closed union. */

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
  /** Set where the AWS Load Balancer Controller runs. */
  readonly alb: { readonly ingressClass: string; readonly sourceCidrs: readonly string[] } | undefined;
  readonly gatewayApi: { readonly gateways: readonly string[]; readonly gatewayNamespace: string };
  readonly externalDns: { readonly annotationPrefix: string };
  readonly argocd: {
    readonly namespace: string;
    readonly repository: string;
    readonly revision: string;
    readonly path: string;
    readonly project: string;
    readonly rootProject: string;
  };
  /** Where people read the rendered folder: the links of alerts begin with it. */
  readonly runbooks: { readonly url: string };
  readonly alerts: {
    /** Set where kube-state-metrics tells the steps and weights of releases; where that runs, and as whom. */
    readonly customResourceState: { readonly namespace: string; readonly serviceAccount: string } | undefined;
  };
  /** Set where Grafana's sidecar looks for dashboards. */
  readonly grafana: Grafana | undefined;
  readonly externalSecrets: ExternalSecretStore | undefined;
  readonly flywayImage: string | undefined;
  readonly topologyKeys: readonly string[];
}

/** How Grafana's sidecar finds a ConfigMap with a dashboard, and in which folder it puts that. */
export interface Grafana {
  readonly label: string;
  readonly labelValue: string;
  readonly folder: string | undefined;
  readonly folderAnnotation: string;
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

/** Where gates about requests ask: the pods' proxies, or metrics that the application tells itself. */
export type RequestMetrics =
  | { readonly kind: 'proxy' }
  | {
      readonly kind: 'application';
      readonly requests: string;
      readonly codeLabel: string;
      readonly failedCodes: string;
      readonly durationBuckets: string | undefined;
    };

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

/** One statement that a version sends, as the catalog tells it. */
export interface RehearsalProbe {
  readonly name: string;
  readonly kind: 'read' | 'write';
  readonly sql: string;
  /** `<table>.<column>`, `uniqueText` or `uniqueNumber`, in the order of the statement. */
  readonly parameters: readonly string[];
}

/** What `npm run migrate:rehearse` runs beside the migrations, and asks after them. */
export interface Rehearsal {
  /** By version of the image, the lowest first. */
  readonly versions: readonly {
    readonly version: string;
    /** The last migration that must have run before this version may. */
    readonly schema: string;
    readonly probes: readonly RehearsalProbe[];
  }[];
  /** Queries that give the rows that are wrong, with the migrations from and up to which they hold. */
  readonly invariants: readonly {
    readonly name: string;
    readonly since: string;
    readonly until: string | undefined;
    readonly sql: string;
  }[];
  /** For each contract migration by its version: the version of the image whose promotion lets it run. */
  readonly releases: readonly { readonly contract: string; readonly release: string }[];
  /** A file with SQL, from the root of the repository. */
  readonly seed: string | undefined;
}

/** What a version of the service does with the database: columns as `table.column`, and tables that it reads with SELECT *. */
export interface DatabaseUse {
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly selectStar: readonly string[];
}

/** What the versions use around a release; undefined where nothing is said of that version. */
export interface UsesAround {
  /** The release itself. */
  readonly next: DatabaseUse | undefined;
  /** The version before it: it runs beside it, and a roll-back brings it back. */
  readonly stable: DatabaseUse | undefined;
}

export interface Migrations {
  /** Folder with the folders of phases, from the root of the repository. */
  readonly directory: string;
  readonly files: readonly MigrationFile[];
  /** First version of the files that is judged; older ones are only replayed. */
  readonly judgedFrom: string;
  /** What the versions use around this release, and, by version of a contract, around the release that lets it run. */
  readonly uses: UsesAround;
  readonly contractUses: Readonly<Record<string, UsesAround>>;
  /** The Jobs of this release, in order; a contract that is not yet released has none. */
  readonly runs: readonly MigrationRun[];
  readonly database: Database;
  readonly user: SecretSource;
  readonly password: SecretSource;
  readonly flywayImage: string;
  readonly activeDeadlineSeconds: number;
  readonly lockTimeoutSeconds: number;
  /** Nothing of it is rendered. */
  readonly rehearsal: Rehearsal;
}

/** Whom a controller tells of what. */
export interface Notification {
  readonly name: string;
  /** The service as the notification controllers know it: `slack`, or the name of a webhook. */
  readonly service: string;
  /** The channel; empty for a webhook. */
  readonly recipient: string;
  readonly events: readonly NotifyEventName[];
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
  /** From the creation of a pod to its readiness; undefined: as its probes allow. */
  readonly podStartSeconds: number | undefined;
  readonly strategy: Strategy;
  readonly routing: Routing;
  readonly gates: readonly Gate[];
  /** Undefined where no requests are measured. */
  readonly requestMetrics: RequestMetrics | undefined;
  readonly migrations: Migrations | undefined;
  readonly notifications: readonly Notification[];
  readonly allowedCallers: {
    /** Names, in the cluster, of the calling services. */
    readonly services: readonly string[];
    readonly namespaces: readonly string[];
    readonly gateway: boolean;
  };
  /** In the quietest hour in which it is released; undefined where nothing is said. */
  readonly requestsPerSecond: number | undefined;
  /** In each hour of the day from midnight UTC. */
  readonly requestsPerSecondByHour: readonly number[] | undefined;
  readonly objectives: Objectives;
}

/** One environment with its services in the order of their keys. */
export interface Release {
  readonly platform: Platform;
  readonly environment: Environment;
  readonly services: readonly Service[];
}
