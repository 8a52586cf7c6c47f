import type { ManifestOf } from '@cdk8s/imports/wire';
import type { AlbTargetGroupsRouting, Colour } from '../../lib/catalog/service';
import { workloadName } from '../../lib/catalog/workload-names';
import type { ManifestObject } from '../manifest';
import { metadataOf, NAME_LABEL, type ServiceScope, WAVES, wave } from '../names';
import { ingress } from '../parts/ingress';
import { migrationsAnnotation, servicePorts } from '../parts/network';
import { targetGroupName } from '../parts/terraform';
import type { Router } from './router';

/**
 * Blue and green have a target group each, for good: what moves are weights, so that no target group is ever without
 * healthy targets (P30). Both stay registered whatever their weights are.
 */
export const albTargetGroups: Router<'albTargetGroups'> = {
  objects: (scope, routing) => [liveService(scope, routing), ...entrance(scope, routing)],
  canaryTraffic: () => ({}),
  ignoreDifferences: () => [],
};

/** Callers in the cluster do not pass the load balancer; they get the colour with more weight. */
function liveService(scope: ServiceScope, { colours: [blue, green] }: AlbTargetGroupsRouting): ManifestObject {
  const live = green.weight > blue.weight ? green : blue;
  const service: ManifestOf<'v1/Service'> = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadataOf(scope, '', migrationsAnnotation(scope)),
    spec: {
      type: 'ClusterIP',
      selector: { [NAME_LABEL]: workloadName(scope.service.name, live.name) },
      ports: servicePorts(scope.service),
    },
  };
  return service;
}

function entrance(scope: ServiceScope, routing: AlbTargetGroupsRouting): readonly ManifestObject[] {
  const { name } = scope.service;
  if (routing.managedBy.kind === 'terraform') return routing.colours.map((colour) => binding(scope, routing, colour));
  const forward = routing.colours.map((colour) => ({
    service: workloadName(name, colour.name),
    weight: colour.weight,
  }));
  return [ingress(scope, routing, [{ name, forward }])];
}

/** Registers a colour's pods at the target group that Terraform made; it is found by its name. */
function binding(
  scope: ServiceScope,
  routing: AlbTargetGroupsRouting,
  colour: Colour,
): ManifestOf<'elbv2.k8s.aws/v1beta1/TargetGroupBinding'> {
  return {
    apiVersion: 'elbv2.k8s.aws/v1beta1',
    kind: 'TargetGroupBinding',
    metadata: metadataOf(scope, `-${colour.name}`, wave(WAVES.entrance)),
    spec: {
      serviceRef: { name: workloadName(scope.service.name, colour.name), port: routing.port.port },
      targetGroupName: targetGroupName(scope, colour.name),
      targetType: 'ip',
    },
  };
}
