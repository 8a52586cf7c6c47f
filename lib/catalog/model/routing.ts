import type { COLOURS, LOAD_BALANCERS, ROUTERS } from '../kinds';
import type { Image, Port } from './workload';

export type RouterKind = (typeof ROUTERS)[number];

/** What every router is told. */
export interface CommonRouting {
  readonly port: Port;
  /** Public host names, in order. */
  readonly hosts: readonly string[];
  /** Whether the pods have Istio's sidecar. */
  readonly mesh: boolean;
  readonly timeoutSeconds: number | undefined;
  /** Leads to the canary or the preview, whatever the weights are. */
  readonly canaryHeader: { readonly name: string; readonly value: string } | undefined;
  /** Weighted DNS records above the router. */
  readonly route53: Route53 | undefined;
}

export interface Route53 {
  readonly setIdentifier: string;
  readonly weight: number;
  readonly target: string;
  readonly ttlSeconds: number;
}

export interface IstioRouting extends CommonRouting {
  readonly router: 'istio';
  readonly gateways: readonly string[];
  readonly splitting: 'subset' | 'host';
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
  readonly loadBalancer: (typeof LOAD_BALANCERS)[number];
  readonly outlierDetection:
    | {
        readonly consecutive5xxErrors: number;
        readonly intervalSeconds: number;
        readonly baseEjectionTimeSeconds: number;
        readonly maxEjectionPercent: number;
      }
    | undefined;
}

/** The load balancer of a service's Ingress. */
export interface AlbSettings {
  readonly groupName: string;
  readonly scheme: 'internal' | 'internet-facing';
  readonly certificates: readonly string[];
  readonly healthCheckPath: string;
  readonly deregistrationDelaySeconds: number;
}

export interface AlbRouting extends CommonRouting {
  readonly router: 'alb';
  readonly alb: AlbSettings;
  readonly pingPong: boolean;
}

export type ColourName = (typeof COLOURS)[number];

export interface Colour {
  readonly name: ColourName;
  readonly image: Image;
  /** Undefined: as the service. */
  readonly replicas: number | undefined;
  /** Share of requests, in %. */
  readonly weight: number;
}

export interface AlbTargetGroupsRouting extends CommonRouting {
  readonly router: 'albTargetGroups';
  readonly alb: AlbSettings;
  /** Blue, then green. */
  readonly colours: readonly [Colour, Colour];
  readonly managedBy:
    | { readonly kind: 'ingress' }
    | { readonly kind: 'terraform'; readonly vpcId: string; readonly listenerArn: string; readonly priority: number };
}

export interface GatewayApiRouting extends CommonRouting {
  readonly router: 'gatewayApi';
  readonly gateways: readonly string[];
}

export interface NoRouting extends CommonRouting {
  readonly router: 'none';
}

/** One member for each of ROUTERS. */
export type Routing = IstioRouting | AlbRouting | AlbTargetGroupsRouting | GatewayApiRouting | NoRouting;
