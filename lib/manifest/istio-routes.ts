import { virtualServicesOf } from './istio';
import { childPath, type KubeObject, listAt, textAt } from './object';
import type { ObjectGroup } from './rule';

/** An http route into which a Rollout writes weights. */
export interface PatchedRoute {
  readonly virtualService: KubeObject;
  readonly route: unknown;
  readonly path: string;
}

/**
 * The http routes of VirtualServices that a Rollout changes, as getHttpRouteIndexesToPatch of Argo Rollouts chooses them:
 * those that it lists; else the only one, or the first without a name.
 */
export function routesToPatch(group: ObjectGroup, rollout: KubeObject): readonly PatchedRoute[] {
  return virtualServicesOf(group, rollout).flatMap(({ virtualService, routes }) => {
    const http = listAt(virtualService, 'spec.http');
    const nameOf = (route: unknown) => textAt(route, 'name') ?? '';
    const unnamed = http.length === 1 ? 0 : http.findIndex((route) => nameOf(route) === '');
    const chosen =
      routes.length === 0 ? [unnamed] : routes.map((name) => http.findIndex((route) => nameOf(route) === name));
    return chosen.flatMap((index) =>
      index < 0 || http[index] === undefined
        ? []
        : [{ virtualService, route: http[index], path: childPath('spec.http', index) }],
    );
  });
}
