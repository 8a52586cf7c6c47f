import { podCount } from '../../../lib/catalog/pod-share';
import type { Gate, Pods, Scale, Step } from '../../../lib/catalog/service';
import type { WorkloadScope } from '../../names';
import { code } from './markdown';

const UNITS = [
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

/** A time as people say it: `1 hour 30 minutes`. */
export function duration(seconds: number): string {
  const parts: string[] = [];
  let left = seconds;
  for (const [unit, size] of UNITS) {
    const amount = Math.floor(left / size);
    left -= amount * size;
    if (amount > 0) parts.push(`${amount} ${unit}${amount === 1 ? '' : 's'}`);
  }
  return parts.length === 0 ? '0 seconds' : parts.join(' ');
}

/** Names as a list in a sentence. */
export const listed = (names: readonly string[]): string => names.map(code).join(', ');

const gatesOf = (gates: readonly Gate[]): string => listed(gates.map(({ name }) => name));

/** What each kind of step does; a new one does not compile until it is here. */
const STEPS: { readonly [Kind in Step['kind']]: (step: Extract<Step, { readonly kind: Kind }>) => string } = {
  setWeight: ({ weight }) =>
    weight === 0 ? 'No requests to the new version.' : `${weight} % of the requests to the new version.`,
  pause: ({ durationSeconds }) =>
    durationSeconds === undefined ? '**Waits for a person** to promote it.' : `Wait ${duration(durationSeconds)}.`,
  analysis: ({ gates }) => `Ask the gates ${gatesOf(gates)}.`,
  canaryScale: ({ scale }) =>
    scale.kind === 'matchWeight'
      ? 'As many pods of the new version as its weight asks for.'
      : scale.kind === 'percent'
        ? `${scale.percent} % of the pods, of the new version, whatever its weight is.`
        : `${scale.replicas} pods of the new version, whatever its weight is.`,
  headerRoute: ({ route, header }) =>
    header === undefined
      ? `The route ${code(route)} is taken away.`
      : `Requests with the header ${code(`${header.name}: ${header.value}`)} go to the new version (route ${code(route)}).`,
  mirrorRoute: ({ route, percent }) =>
    percent === undefined
      ? `Copies of requests end (route ${code(route)}).`
      : `${percent} % of the requests are copied to the new version, and its answers thrown away (route ${code(route)}).`,
  experiment: ({ durationSeconds, replicas, weight, gates }) =>
    `For ${duration(durationSeconds)} ${replicas} pods of each version beside the others` +
    `${weight === undefined ? '' : `, with ${weight} % of the requests each`}` +
    `${gates.length === 0 ? '.' : `; ask the gates ${gatesOf(gates)}.`}`,
};

function stepWords<K extends Step['kind']>(kind: K, step: Extract<Step, { readonly kind: K }>): string {
  return STEPS[kind](step);
}

const pods = (share: Pods, { kind, ...scale }: Scale): string => {
  const replicas = 'replicas' in scale ? scale.replicas : scale.minReplicas;
  return `${typeof share === 'number' ? share : podCount(share, replicas)}${kind === 'fixed' ? '' : ' or more'}`;
};

/** What a release of one workload does, one line for each thing that happens. */
export function releaseWords({ service }: WorkloadScope): readonly string[] {
  const { strategy, scale } = service;
  const ready = `A pod counts when it has been ready for ${duration(strategy.minReadySeconds)}.`;
  switch (strategy.kind) {
    case 'canary': {
      const { background } = strategy;
      return [
        `Pods of the new version start beside the stable ones, which go on serving. ${ready}`,
        ...strategy.steps.map((step) => stepWords(step.kind, step)),
        'All requests to the new version; it is the stable one from now on, and the old pods go.',
        ...(background === undefined
          ? []
          : [
              `Beside all that, from step ${background.startingStep + 2} of this list on, the gates ${gatesOf(background.gates)} are asked.`,
            ]),
      ];
    }
    case 'blueGreen':
      return [
        `All pods of the new version start beside the old ones, without requests. ${ready}`,
        ...(strategy.prePromotionGates.length === 0 ? [] : [`Ask the gates ${gatesOf(strategy.prePromotionGates)}.`]),
        ...(strategy.promotion === 'manual' ? ['**Waits for a person** to promote it.'] : []),
        'All requests go to the new version at once.',
        ...(strategy.postPromotionGates.length === 0
          ? []
          : [`Ask the gates ${gatesOf(strategy.postPromotionGates)}; when one fails, all requests go back.`]),
        `The old pods go after ${duration(strategy.scaleDownDelaySeconds)}.`,
      ];
    case 'rolling':
      return [
        `Pods are exchanged a few at a time: at most ${pods(strategy.maxSurge, scale)} more than usual, at most ${pods(strategy.maxUnavailable, scale)} missing. ${ready}`,
        ...(strategy.background === undefined
          ? []
          : [`Beside that the gates ${gatesOf(strategy.background.gates)} are asked.`]),
      ];
  }
}
