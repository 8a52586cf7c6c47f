import { albAnnotation, backendsOf } from '../../manifest/alb';
import { listAt, textAt } from '../../manifest/object';
import type { Reader } from '../reader';

/** A pod serves for so long after it begins to leave by default, and the load balancer hears of that within five seconds (CAT057). */
const MOST_DELAY_SECONDS = 10;

/** Annotations that the entry says in another way, or that hold for the load balancer of the rendered Ingress anyway. */
const SAME = ['scheme', 'target-type', 'certificate-arn', 'healthcheck-path', 'listen-ports', 'group.name'];

/**
 * What an Ingress of the AWS Load Balancer Controller says of its load balancer. Its group is left out: the rendered Ingress has the
 * same hosts, and two rules for one host in a load balancer exclude each other.
 */
export function readLoadBalancer(ingress: Reader) {
  const annotations = Object.entries(ingress.object.metadata.annotations ?? {});
  const said = (name: string) => annotations.find(([key]) => key === albAnnotation(name))?.[1];
  const certificates = said('certificate-arn')
    ?.split(',')
    .map((one) => one.trim());
  const healthCheckPath = said('healthcheck-path');
  for (const [key, value] of annotations) {
    const name = key.startsWith(albAnnotation('')) ? key.slice(albAnnotation('').length) : undefined;
    if (name === undefined || SAME.includes(name) || name.startsWith('actions.')) continue;
    const [, delay] = /deregistration_delay[.]timeout_seconds=([0-9]+)/.exec(value) ?? [];
    if (name === 'target-group-attributes' && delay !== undefined && Number(delay) <= MOST_DELAY_SECONDS) continue;
    ingress.tell('ADO012', `metadata.annotations["${key}"]`, `${key} is ${JSON.stringify(value)}`);
  }
  for (const { service, path } of backendsOf(ingress.object)) tellOfPath(ingress, service, path);
  ingress.take('spec');
  const hosts = listAt(ingress.object, 'spec.rules').flatMap((rule) => textAt(rule, 'host') ?? []);
  const alb = {
    ...(said('scheme') === 'internet-facing' ? { scheme: 'internet-facing' } : {}),
    ...(certificates === undefined ? {} : { certificates }),
    ...(healthCheckPath === undefined ? {} : { healthCheckPath }),
  };
  ingress.tell('ADO025', '', 'the rendered Ingress has a load balancer of its own until the requests have moved');
  return { hosts, settings: { hosts, ...(Object.keys(alb).length === 0 ? {} : { alb }) } };
}

/** The rendered Ingress leads all paths of its hosts to the service. */
function tellOfPath(ingress: Reader, service: string, backend: string): void {
  const place = backend.replace(/[.]backend[.]service$/, '');
  const path = textAt(ingress.object, `${place}.path`) ?? '/';
  if (!/^[/][*]?$/.test(path)) ingress.tell('ADO012', place, `it leads ${path} to ${service}, and not every path`);
}
