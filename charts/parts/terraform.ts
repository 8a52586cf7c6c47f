import type { AlbTargetGroupsRouting, ColourName } from '../../lib/catalog/service';
import { contentHash } from '../content-hash';
import type { ServiceScope } from '../names';

/** AWS cuts nothing: a longer name is refused. */
const LONGEST_NAME = 32;

/** The name of a colour's target group, of its account and region: what is too long is cut and gets a hash. */
export function targetGroupName({ service, environment }: ServiceScope, colour: ColourName): string {
  const whole = `${environment.name}-${service.name}-${colour}`;
  if (whole.length <= LONGEST_NAME) return whole;
  const hash = contentHash([environment.name, service.name]).slice(0, 6);
  const room = LONGEST_NAME - `-${hash}-${colour}`.length;
  return `${`${environment.name}-${service.name}`.slice(0, room).replace(/-+$/, '')}-${hash}-${colour}`;
}

/** How a target group judges a target; a service that is not ready must be found quickly, and one that is must not be lost. */
const HEALTH_CHECK = {
  healthy_threshold: 2,
  unhealthy_threshold: 2,
  timeout: 5,
  interval: 30,
  matcher: '200',
} as const;

type Terraform = Extract<AlbTargetGroupsRouting['managedBy'], { readonly kind: 'terraform' }>;

/**
 * The AWS side of two permanent target groups, for Terraform: the groups and one weighted rule of a listener that exists.
 * The weights are variables whose defaults are those of the catalog, so that an incident can be answered by hand first.
 * Their names are the same for every service: each file is a module of its own.
 */
export function terraformConfiguration(
  scope: ServiceScope,
  routing: AlbTargetGroupsRouting,
  { vpcId, listenerArn, priority }: Terraform,
): unknown {
  const { service, platform, environment } = scope;
  const label = identifier(service.key);
  const tags = {
    'app.kubernetes.io/name': service.name,
    'app.kubernetes.io/part-of': platform.name,
    'app.kubernetes.io/managed-by': 'cutover',
    environment: environment.name,
  };
  const group = (colour: ColourName) => ({
    name: targetGroupName(scope, colour),
    port: routing.port.containerPort,
    protocol: 'HTTP',
    ...(routing.port.protocol === 'grpc' ? { protocol_version: 'GRPC' } : {}),
    ...(routing.port.protocol === 'http2' ? { protocol_version: 'HTTP2' } : {}),
    target_type: 'ip',
    vpc_id: vpcId,
    deregistration_delay: routing.alb.deregistrationDelaySeconds,
    // A gRPC target answers with a gRPC status.
    health_check: [
      {
        path: routing.alb.healthCheckPath,
        ...HEALTH_CHECK,
        ...(routing.port.protocol === 'grpc' ? { matcher: '0' } : {}),
      },
    ],
    tags,
  });
  const weighted = routing.colours.map(({ name }) => ({
    arn: `\${aws_lb_target_group.${label}_${name}.arn}`,
    weight: `\${var.${name}_weight}`,
  }));
  return {
    '//': 'Rendered by Cutover from services.json. Do not edit: run `npm run synth`.',
    variable: Object.fromEntries(
      routing.colours.map(({ name, weight }) => [
        `${name}_weight`,
        { type: 'number', default: weight, description: `Share of requests of ${name}, in %.` },
      ]),
    ),
    resource: {
      aws_lb_target_group: Object.fromEntries(routing.colours.map(({ name }) => [`${label}_${name}`, group(name)])),
      aws_lb_listener_rule: {
        [label]: {
          listener_arn: listenerArn,
          priority,
          action: [{ type: 'forward', forward: [{ target_group: weighted }] }],
          condition: [{ host_header: [{ values: routing.hosts }] }],
          tags,
        },
      },
    },
  };
}

/** A key as an identifier of Terraform. */
const identifier = (key: string): string => key.replaceAll('-', '_');
