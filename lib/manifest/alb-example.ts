import { example } from './example';
import type { KubeObject } from './object';

/** What an example of a canary behind an ALB can deviate in. */
export interface AlbDeviation {
  /** In `trafficRouting`. */
  readonly routing?: Readonly<Record<string, unknown>>;
  /** In `trafficRouting.alb`. */
  readonly alb?: Readonly<Record<string, unknown>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly port?: Readonly<Record<string, unknown>>;
  /** More paths of the first rule of the Ingress. */
  readonly paths?: readonly unknown[];
  readonly pingPong?: boolean;
}

/** A Rollout that shifts traffic between ping and pong by an ALB, with its Ingress and Services, for examples of rules. */
export function albCanary({
  routing,
  alb,
  annotations,
  port,
  paths = [],
  pingPong = true,
}: AlbDeviation = {}): readonly KubeObject[] {
  const names = pingPong
    ? { pingPong: { pingService: 'web-a', pongService: 'web-b' } }
    : { stableService: 'web-a', canaryService: 'web-b' };
  const backend = { service: { name: 'web', port: port ?? { name: 'use-annotation' } } };
  return [
    example('Rollout', 'web', {
      spec: {
        strategy: {
          canary: {
            ...names,
            trafficRouting: { alb: { ingress: 'web', rootService: 'web', servicePort: 80, ...alb }, ...routing },
          },
        },
      },
    }),
    example(
      'Ingress',
      'web',
      {
        spec: {
          ingressClassName: 'alb',
          rules: [{ http: { paths: [{ path: '/', pathType: 'Prefix', backend }, ...paths] } }],
        },
      },
      { annotations: { 'alb.ingress.kubernetes.io/target-type': 'ip', ...annotations } },
    ),
    ...['web', 'web-a', 'web-b'].map((name) =>
      example('Service', name, { spec: { ports: [{ name: 'http', port: 80 }] } }),
    ),
  ];
}
