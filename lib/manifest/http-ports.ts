import { destinationsOf, findService } from './istio';
import { type KubeObject, listAt, numberAt } from './object';
import { oncePerGroup } from './pods';

/** A port of a Service to which an http route of a VirtualService sends. */
export interface HttpPort {
  readonly virtualService: KubeObject;
  readonly service: KubeObject;
  readonly port: unknown;
  /** Which of the ports of the Service it is. */
  readonly index: number;
}

/** The ports that http routes send to, each once. A route that names no port sends to the only one. */
export const httpPortsOf = oncePerGroup((group): readonly HttpPort[] => {
  const found = new Map<unknown, HttpPort>();
  if (group.ofKind('Service').length === 0) return [];
  for (const virtualService of group.ofKind('VirtualService')) {
    for (const { service: named, port: number, http } of destinationsOf(virtualService)) {
      const service = http ? findService(group, named, virtualService) : undefined;
      if (service === undefined) continue;
      const ports = listAt(service, 'spec.ports');
      ports.forEach((port, index) => {
        const meant = number === undefined ? ports.length === 1 : numberAt(port, 'port') === number;
        if (meant && !found.has(port)) found.set(port, { virtualService, service, port, index });
      });
    }
  }
  return [...found.values()];
});
