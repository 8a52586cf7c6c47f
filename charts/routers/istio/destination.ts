import type { ManifestOf } from '@cdk8s/imports/wire';
import type { Port } from '../../../lib/catalog/service';
import { clusterHost, type ServiceScope } from '../../names';

export type HttpRoute = NonNullable<
  NonNullable<ManifestOf<'networking.istio.io/v1/VirtualService'>['spec']>['http']
>[number];
export type Destinations = NonNullable<HttpRoute['route']>;

/** A Service, by what is appended to the service's name, or a subset of it. */
export const destination = (scope: ServiceScope, suffix: string, port: Port, subset?: string) => ({
  host: clusterHost(scope, suffix),
  ...(subset === undefined ? {} : { subset }),
  port: { number: port.port },
});
