import type { ManifestOf } from '@cdk8s/imports/wire';
import type { AlbSettings, CommonRouting } from '../../lib/catalog/service';
import { entranceWave, metadataOf, type ServiceScope } from '../names';
import { recordsAnnotations } from './dns';

export type Ingress = ManifestOf<'networking.k8s.io/v1/Ingress'>;

const PREFIX = 'alb.ingress.kubernetes.io';

/** A target group of a forward action: a Service and its share. */
export interface Target {
  readonly service: string;
  readonly weight: number;
}

/** What a rule leads to when the annotations say it: the name stands in the place of a Service. */
export interface Action {
  readonly name: string;
  /** Undefined for the action that Argo Rollouts writes (P28). */
  readonly forward: readonly Target[] | undefined;
  /** Keeps a user at the target group of the first contact. */
  readonly stickySeconds?: number;
  readonly header?: { readonly name: string; readonly value: string };
}

/**
 * The Ingress of one service: Argo Rollouts puts the path of a header route into each of its rules, so that services are
 * joined by the group of the load balancer, not by an Ingress (P7). It comes before the pods of a release, which then get
 * their readiness gates (P31).
 */
export function ingress(
  scope: ServiceScope,
  routing: CommonRouting & { readonly alb: AlbSettings },
  actions: readonly Action[],
): Ingress {
  const { platform } = scope;
  const { alb, hosts, port } = routing;
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: metadataOf(scope, '', {
      ...settings(alb, port.protocol),
      ...Object.fromEntries(actions.flatMap((action) => annotationsOf(action, port.port))),
      ...recordsAnnotations(scope),
      ...entranceWave(scope),
    }),
    spec: {
      ingressClassName: platform.alb?.ingressClass ?? 'alb',
      rules: hosts.map((host) => ({ host, http: { paths: actions.map(({ name }) => path(name)) } })),
    },
  };
}

/**
 * All of one type and without a length, so that the load balancer keeps their order: the controller puts every `Prefix`
 * before the header routes that Argo Rollouts writes (aws-load-balancer-controller 3.5.0, sortIngressPaths).
 */
const path = (name: string) => ({
  path: '/*',
  pathType: 'ImplementationSpecific',
  backend: { service: { name, port: { name: 'use-annotation' } } },
});

function settings(alb: AlbSettings, protocol: CommonRouting['port']['protocol']): Readonly<Record<string, string>> {
  const secure = alb.certificates.length > 0;
  return {
    [`${PREFIX}/group.name`]: alb.groupName,
    [`${PREFIX}/scheme`]: alb.scheme,
    [`${PREFIX}/target-type`]: 'ip',
    [`${PREFIX}/listen-ports`]: secure ? '[{"HTTPS":443}]' : '[{"HTTP":80}]',
    ...(secure ? { [`${PREFIX}/certificate-arn`]: alb.certificates.join(',') } : {}),
    ...(protocol === 'grpc' ? { [`${PREFIX}/backend-protocol-version`]: 'GRPC' } : {}),
    ...(protocol === 'http2' ? { [`${PREFIX}/backend-protocol-version`]: 'HTTP2' } : {}),
    [`${PREFIX}/healthcheck-path`]: alb.healthCheckPath,
    [`${PREFIX}/success-codes`]: protocol === 'grpc' ? '0' : '200',
    [`${PREFIX}/target-group-attributes`]: `deregistration_delay.timeout_seconds=${alb.deregistrationDelaySeconds}`,
  };
}

function annotationsOf({ name, forward, stickySeconds, header }: Action, port: number): readonly [string, string][] {
  if (forward === undefined) return [];
  const action = {
    type: 'forward',
    forwardConfig: {
      targetGroups: forward.map(({ service, weight }) => ({ serviceName: service, servicePort: port, weight })),
      ...(stickySeconds === undefined
        ? {}
        : { targetGroupStickinessConfig: { enabled: true, durationSeconds: stickySeconds } }),
    },
  };
  const conditions = header && [
    { field: 'http-header', httpHeaderConfig: { httpHeaderName: header.name, values: [header.value] } },
  ];
  return [
    [`${PREFIX}/actions.${name}`, JSON.stringify(action)],
    ...(conditions === undefined
      ? []
      : [[`${PREFIX}/conditions.${name}`, JSON.stringify(conditions)] satisfies [string, string]]),
  ];
}
