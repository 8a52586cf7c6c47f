import type { Gate, Service, Variant } from '../../lib/catalog/service';
import { coursesOf } from '../../lib/plan/courses';
import { canaryOf, sampleScope } from '../tools/catalog';
import { type Case, caseOf, gateWith, RATES } from './cases';

/** Pods that are available after 64 s, so that gates have time beside an exchange of them. */
function released(strategy: Service['strategy']): Service {
  const { service } = sampleScope('frontend');
  return { ...service, podStartSeconds: 4, scale: { kind: 'fixed', replicas: 5 }, strategy };
}

const { service: frontend } = sampleScope('frontend');
const settings = { ...canaryOf(frontend), minReadySeconds: 60, maxSurge: '25%', maxUnavailable: 0 } as const;
/** Asked when its window has seen the new version. */
const gate = (given: Partial<Gate>): Gate => gateWith({ initialDelaySeconds: 130, minRequests: 5, ...given });
const beside = (given: Partial<Gate> = {}) => ({ gates: [gate({ failureLimit: 0, ...given })] });
const variant = (name: string, percent: number): Variant => ({
  name,
  percent,
  image: frontend.image,
  replicas: 3,
  header: undefined,
  cookie: undefined,
});
const abTest = (...variants: readonly Variant[]): Service =>
  released({
    ...settings,
    kind: 'abTest',
    background: beside(),
    cookie: { name: 'v', maxAgeSeconds: 60, secure: true },
    variants,
    gates: beside({ relative: true, bound: { direction: 'atMost', value: 0.04 } }).gates,
  });

const SERVICES: readonly (readonly [name: string, service: Service])[] = [
  ['rolling', released({ ...settings, kind: 'rolling', background: beside(), comparedWith: undefined })],
  [
    'rolling, two forgiven',
    released({
      ...settings,
      kind: 'rolling',
      background: beside({ failureLimit: 2, intervalSeconds: 60 }),
      comparedWith: undefined,
    }),
  ],
  [
    'blue/green',
    released({
      ...settings,
      kind: 'blueGreen',
      background: undefined,
      promotion: 'automatic',
      previewReplicas: undefined,
      prePromotionGates: [],
      postPromotionGates: [gate({ initialDelaySeconds: 75 })],
    }),
  ],
  ['one variant', abTest(variant('b', 20))],
  ['two variants', abTest(variant('b', 10), variant('c', 30))],
];

/** Every asking of a gate in the releases of the strategies beside canaries, as lib/plan/courses.ts has them. */
export const COURSES: readonly Case[] = SERVICES.flatMap(([name, service]) =>
  coursesOf(service).flatMap(({ exposures, uses, variant: of = 'control' }) =>
    uses.flatMap(({ gate: asked, use }) =>
      [20, 120].flatMap((rps) =>
        RATES.map((share): Case => {
          const one = caseOf({ rps, weight: 0, share, gate: asked, use });
          return { ...one, name: `${name}, ${of}: ${one.name}`, played: { ...one.played, exposures } };
        }),
      ),
    ),
  ),
);
