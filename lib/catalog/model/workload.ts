import type { PORT_PROTOCOLS } from '../schema/workload';

export type PortProtocol = (typeof PORT_PROTOCOLS)[number];

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
