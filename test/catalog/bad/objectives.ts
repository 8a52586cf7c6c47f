import type { BadCatalog } from '../bad-catalog';
import { GATE, WEB } from './places';

const STEPS = `${WEB}/strategy/steps`;
/** Enough requests and a bad release that cannot be overlooked: a gate keeps its objectives. */
const stated = (objectives: object = {}, requestsPerSecond = 200) => ({
  [`${WEB}/traffic`]: { requestsPerSecond },
  [`${WEB}/objectives`]: { errorRate: 0.002, maxErrorRate: 0.1, ...objectives },
});
const auto = () => ({ [GATE]: { kind: 'errorRate', auto: true }, [`${WEB}/strategy/background`]: undefined });

const blueGreen = (given: object) => ({
  [`${WEB}/strategy`]: { kind: 'blueGreen', scaleDownDelaySeconds: 600, blueGreen: given },
});

/** Traffic and objectives, and the gates that are worked out from them or held against them. */
export const OBJECTIVES: readonly BadCatalog[] = [
  {
    name: 'what must be stopped is better than what is normal',
    edit: stated({ maxErrorRate: 0.001 }),
    told: [['CAT090', 'services.web.objectives.maxErrorRate']],
    hint: 'raise maxErrorRate',
  },
  {
    name: 'a gate whose bound is above what must be stopped',
    edit: { ...stated(), [`${GATE}/atMost`]: 0.2 },
    told: [['CAT091', 'services.web.gates.errors']],
    says: 'lets 100 % of the releases through that fail 10 % of their requests',
  },
  {
    name: 'a gate that forgives half of what must be stopped',
    edit: {
      ...stated({}, 20),
      [`${GATE}/atMost`]: 0.08,
      [`${GATE}/minRequests`]: 5,
      [`${WEB}/strategy/background`]: undefined,
    },
    told: [['CAT092', 'services.web.objectives.maxErrorRate']],
  },
  {
    name: 'objectives that no gate looks after',
    edit: {
      ...stated({ latencySeconds: 0.1, maxLatencySeconds: 0.3 }),
    },
    told: [['CAT092', 'services.web.objectives.maxLatencySeconds']],
    says: 'no gate looks for releases that have a 95th percentile of 0.3 s',
    hint: 'ask a gate of kind latency',
  },
  {
    name: 'a gate whose bound is what is normal',
    edit: { ...stated(), [`${GATE}/atMost`]: 0.002 },
    told: [['CAT093', 'services.web.gates.errors']],
  },
  {
    name: 'a gate that is at the edge of what is normal',
    edit: {
      ...stated({ errorRate: 0.03 }),
      [`${WEB}/strategy/background`]: undefined,
      [`${GATE}/atMost`]: 0.04,
    },
    told: [['CAT094', 'services.web.gates.errors']],
  },
  {
    name: 'a gate to be worked out from nothing',
    edit: auto(),
    told: [['CAT095', 'services.web.gates.errors.auto']],
    says: 'traffic.requestsPerSecond, objectives.errorRate, objectives.maxErrorRate are not said',
  },
  {
    name: 'a gate to be worked out that runs in the background only',
    edit: { ...stated(), [GATE]: { kind: 'errorRate', auto: true }, [STEPS]: [{ setWeight: 10 }, { pause: {} }] },
    told: [['CAT095', 'services.web.gates.errors.auto']],
    hint: 'ask it in the analysis of a step',
  },
  {
    name: 'a pause to be worked out that no gate follows',
    edit: { [STEPS]: [{ setWeight: 10 }, { pause: { auto: true } }, { setWeight: 50 }, { analysis: ['errors'] }] },
    told: [['CAT095', 'services.web.strategy.steps[1].pause.auto']],
  },
  {
    name: 'a number beside what is worked out',
    edit: { ...stated(), ...auto(), [`${GATE}/count`]: 3 },
    told: [['CAT010', 'services.web.gates.errors.count']],
  },
  {
    name: 'seconds beside a pause that is worked out',
    edit: { [`${STEPS}/1/pause`]: { auto: true, durationSeconds: 60 } },
    told: [['CAT010', 'services.web.strategy.steps[1].pause.durationSeconds']],
  },
  {
    name: 'a kind of gate that cannot be worked out',
    edit: {
      [`${WEB}/gates/pods`]: { kind: 'readyPods', atLeast: 1, auto: true },
      [`${STEPS}/2/analysis`]: ['errors', 'pods'],
    },
    told: [['CAT025', 'services.web.gates.pods.auto']],
  },
  {
    name: 'a rise that so few requests cannot show in time',
    edit: {
      ...stated({ maxErrorRate: 0.012 }, 2),
      ...auto(),
      [STEPS]: [{ setWeight: 10 }, { pause: { auto: true } }, { analysis: ['errors'] }],
    },
    told: [['CAT096', 'services.web.gates.errors.auto']],
    says: 'at 2 requests/s and 10 %, 1.2 % of failed requests needs',
  },
  {
    name: 'the same beside the stable version',
    edit: {
      ...stated({ maxErrorRate: 0.012 }, 2),
      ...auto(),
      [GATE]: { kind: 'errorRate', auto: true, relative: true },
      [STEPS]: [{ setWeight: 10 }, { pause: { auto: true } }, { analysis: ['errors'] }],
    },
    told: [['CAT096', 'services.web.gates.errors.auto']],
    says: '1.2 % of failed requests beside the stable version needs',
  },
  {
    name: 'a release that takes longer than is accepted',
    edit: stated({ promotionSeconds: 60 }),
    told: [['CAT097', 'services.web.objectives.promotionSeconds']],
  },
  {
    name: 'more pods than are accepted',
    edit: { [`${WEB}/objectives`]: { maxExtraPods: 1 } },
    told: [['CAT098', 'services.web.objectives.maxExtraPods']],
    says: 'needs 2 pods more than the steady state; 1 are accepted',
    hint: 'lowOverhead',
  },
  {
    name: 'a window that reaches back before its step',
    edit: { ...stated(), [`${STEPS}/1/pause/durationSeconds`]: 20 },
    told: [['CAT099', 'services.web.gates.errors.windowSeconds']],
    says: 's back before the weight of 10 %',
  },
  {
    name: 'a gate that the switch of blue/green does not wait for long enough',
    edit: { ...stated(), ...blueGreen({ postPromotionGates: ['errors'] }), [`${GATE}/atMost`]: 0.2 },
    told: [['CAT091', 'services.web.gates.errors']],
    says: 'lets 100 % of the releases through that fail 10 % of their requests',
    hint: 'lengthen its window, or let it count more measurements',
  },
  {
    name: 'a gate after the switch that is asked before it has seen requests',
    edit: {
      ...stated(),
      ...blueGreen({ postPromotionGates: ['errors'] }),
      [`${GATE}/count`]: 1,
      [`${GATE}/failureLimit`]: 0,
    },
    told: [['CAT093', 'services.web.gates.errors']],
    hint: 'ask it later (initialDelaySeconds)',
  },
  {
    name: 'a gate before the switch, which no user asks',
    edit: { ...stated(), ...blueGreen({ prePromotionGates: ['errors'] }), [`${WEB}/routing/canaryHeader`]: {} },
    told: [
      ['CAT118', 'services.web.gates.errors'],
      ['CAT092', 'services.web.objectives.maxErrorRate'],
    ],
    says: 'the preview gets no requests of users',
    hint: 'ask it in postPromotionGates too',
  },
  {
    name: 'a gate that a rolling release is over before',
    edit: {
      ...stated(),
      [`${WEB}/strategy`]: { kind: 'rolling', background: { gates: ['errors'] } },
      [`${GATE}/intervalSeconds`]: 10,
      [`${GATE}/failureLimit`]: 2,
    },
    told: [['CAT091', 'services.web.gates.errors']],
    hint: 'raise minReadySeconds',
  },
  {
    name: 'a gate beside a variant that only a header leads to',
    edit: {
      ...stated(),
      [`${GATE}/relative`]: true,
      [`${GATE}/failureLimit`]: 0,
      [`${WEB}/strategy`]: {
        kind: 'abTest',
        abTest: { variants: { b: { version: '1.9.0', header: { name: 'x-b', value: 'yes' } } }, gates: ['errors'] },
      },
    },
    told: [
      ['CAT118', 'services.web.gates.errors'],
      ['CAT092', 'services.web.objectives.maxErrorRate'],
    ],
    says: 'gate "errors" beside variant "b" cannot be rated',
    hint: 'give the variant a percent',
  },
];
