import { versionProblem } from '../../catalog/complete/image';
import { textAt } from '../../manifest/object';
import type { Reader } from '../reader';

export const POD = 'spec.template.spec';

/**
 * The container that serves: the one with ports, or the first. The others are told. Its place is a path such as
 * `spec.template.spec.containers[0]`.
 */
export function mainContainer(deployment: Reader): string {
  const places = Array.from({ length: deployment.count(`${POD}.containers`) }, (_, i) => `${POD}.containers[${i}]`);
  const own = (place: string) => textAt(deployment.object, `${place}.name`) !== 'istio-proxy';
  const main =
    places.find((place) => own(place) && deployment.count(`${place}.ports`) > 0) ??
    places.find(own) ??
    `${POD}.containers[0]`;
  for (const place of places.filter((one) => one !== main))
    deployment.tell('ADO003', place, `the container "${textAt(deployment.object, `${place}.name`)}" runs beside`);
  for (let i = 0; i < deployment.count(`${POD}.initContainers`); i += 1) {
    const place = `${POD}.initContainers[${i}]`;
    deployment.tell('ADO004', place, `the init container "${textAt(deployment.object, `${place}.name`)}" runs before`);
  }
  deployment.take(`${main}.name`);
  return main;
}

export interface AdoptedImage {
  readonly repository: string;
  readonly version: string;
  readonly pullPolicy?: 'Always';
}

/** `repository:tag@digest`, each of the two perhaps missing; a colon that a slash follows belongs to a port. */
const IMAGE = /^(?<repository>[^@]+?)(?::(?<tag>[^:/@]+))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/;

export function imageOf(deployment: Reader, main: string): AdoptedImage {
  const place = `${main}.image`;
  const reference = deployment.text(place) ?? '';
  const { repository = reference, tag, digest } = IMAGE.exec(reference)?.groups ?? {};
  // Without either the kubelet takes `latest`, which synth refuses too.
  const version = tag === undefined ? (digest ?? 'latest') : digest === undefined ? tag : `${tag}@${digest}`;
  const policy = deployment.text(`${main}.imagePullPolicy`);
  if (policy === 'Never')
    deployment.tell('ADO014', `${main}.imagePullPolicy`, 'images are always pulled where they are not there');
  const problem = versionProblem(version);
  if (problem !== undefined) deployment.tell('ADO015', place, `"${reference}": the version ${problem}`);
  return { repository, version, ...(policy === 'Always' ? { pullPolicy: policy } : {}) };
}
