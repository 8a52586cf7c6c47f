import { hasAt, listAt, textAt } from '../../manifest/object';
import { type Given, nameOf } from '../given';
import type { Reader } from '../reader';
import type { Destination } from '../split';
import { secondsOf } from './seconds';

/** What a VirtualService says that a catalog can say. */
export interface AdoptedRoutes {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly hosts: readonly string[];
  /** Whether callers from outside come through a gateway. */
  readonly gateway: boolean;
}

export function readVirtualService(virtualService: Reader, { deployment, split }: Given): AdoptedRoutes {
  const hosts = listAt(virtualService.object, 'spec.hosts').map(String);
  virtualService.take('spec.hosts');
  virtualService.take('spec.gateways');
  const gateways = listAt(virtualService.object, 'spec.gateways')
    .map(String)
    .filter((one) => one !== 'mesh')
    // A name alone is one of the VirtualService's namespace.
    .map((one) => (one.includes('/') ? one : `${deployment.object.metadata.namespace ?? 'default'}/${one}`));
  const settings: Record<string, unknown> = gateways.length === 0 ? {} : { gateways };
  const routes = virtualService.count('spec.http');
  let whole = false;
  for (let i = 0; i < routes; i += 1) {
    const place = `spec.http[${i}]`;
    const header = headerOf(virtualService, place, split?.canary);
    if (header !== undefined && settings.canaryHeader === undefined) {
      settings.canaryHeader = header;
      virtualService.take(place);
    } else if (whole || hasAt(virtualService.object, `${place}.match`)) {
      const what = whole ? `beside ${routes - 1} more` : 'for some requests';
      virtualService.tell('ADO013', place, `it has a route of its own ${what}`);
    } else {
      whole = true;
      Object.assign(settings, policiesOf(virtualService, place));
    }
  }
  return { settings, hosts, gateway: gateways.length > 0 };
}

function policiesOf(virtualService: Reader, place: string): Readonly<Record<string, unknown>> {
  virtualService.take(`${place}.name`);
  virtualService.take(`${place}.route`);
  const timeout = secondsOf(virtualService.take(`${place}.timeout`));
  const attempts = virtualService.number(`${place}.retries.attempts`);
  const perTry = secondsOf(virtualService.take(`${place}.retries.perTryTimeout`));
  const retryOn = virtualService.text(`${place}.retries.retryOn`);
  return {
    ...(timeout === undefined ? {} : { timeoutSeconds: timeout }),
    ...(attempts === undefined
      ? {}
      : {
          retries: {
            attempts,
            ...(perTry === undefined ? {} : { perTryTimeoutSeconds: perTry }),
            ...(retryOn === undefined ? {} : { retryOn }),
          },
        }),
  };
}

/** The header by which testers get to the canary, where a route says nothing else. */
function headerOf(virtualService: Reader, place: string, canary: Destination | undefined) {
  const [match, ...otherMatches] = listAt(virtualService.object, `${place}.match`);
  const [route, ...otherRoutes] = listAt(virtualService.object, `${place}.route`);
  const [first, ...others] = Object.entries(Object(match ?? {}));
  const [header, ...otherHeaders] = first?.[0] === 'headers' ? Object.entries(Object(first[1])) : [];
  const value = textAt(header?.[1], 'exact');
  const host = textAt(route, 'destination.host') ?? '';
  const isCanary =
    canary !== undefined &&
    nameOf(host) === nameOf(canary.host) &&
    textAt(route, 'destination.subset') === canary.subset;
  const more = [...otherMatches, ...otherRoutes, ...others, ...otherHeaders];
  return isCanary && more.length === 0 && header !== undefined && value !== undefined
    ? { name: header[0], value }
    : undefined;
}
