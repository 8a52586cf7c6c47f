import { listAt, mapAt, numberAt, textAt } from '../../manifest/object';
import { HASH_LABEL } from '../../manifest/rollout';
import { nameIn } from './owner';

/** The shares of one route of a VirtualService, in %, each with where it leads. */
export interface RouteFacts {
  readonly name: string;
  readonly destinations: readonly {
    readonly host: string;
    readonly subset: string | undefined;
    readonly weight: number | undefined;
  }[];
}

export interface VirtualServiceFacts {
  readonly name: string;
  readonly routes: readonly RouteFacts[];
}

export function readVirtualService(object: unknown): VirtualServiceFacts {
  const routes = ['http', 'tls', 'tcp'].flatMap((list) => listAt(object, `spec.${list}`));
  return {
    name: nameIn(object),
    routes: routes.map((route) => ({
      name: textAt(route, 'name') ?? '',
      destinations: listAt(route, 'route').map((one) => ({
        host: textAt(one, 'destination.host') ?? '',
        subset: textAt(one, 'destination.subset'),
        weight: numberAt(one, 'weight'),
      })),
    })),
  };
}

/** The subsets of a DestinationRule, by name, each with the version that it selects. */
export interface DestinationRuleFacts {
  readonly name: string;
  readonly subsets: ReadonlyMap<string, string | undefined>;
}

export function readDestinationRule(object: unknown): DestinationRuleFacts {
  const subsets = listAt(object, 'spec.subsets').map(
    (one) => [textAt(one, 'name') ?? '', mapAt(one, 'labels')[HASH_LABEL]] as const,
  );
  return { name: nameIn(object), subsets: new Map(subsets) };
}
