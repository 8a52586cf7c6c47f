import type { Path } from '../../diagnostic/path';
import { GATE_KIND_FACTS } from '../gate-kinds';
import type { Gate, Service, Strategy } from '../service';
import type { Context } from './context';
import { isContradictory } from './objectives';
import { planner } from './planner';

type Rating = ReturnType<ReturnType<typeof planner>['rate']>;
type GateRating = Rating['gates'][number];

/**
 * Whether the gates of a canary keep what its objectives say. Nothing is said of a service that states no objectives, and nothing is
 * loaded for it.
 */
export function checkRating(context: Context, service: Service): void {
  const { objectives, requestsPerSecond } = service;
  const stated = requestsPerSecond !== undefined && (objectives.errorRate ?? objectives.latency) !== undefined;
  if (
    isContradictory(objectives) ||
    service.strategy.kind !== 'canary' ||
    !(stated || objectives.maxExtraPods !== undefined)
  )
    return;
  if (context.refused(['gates'], ['strategy'], ['objectives'], ['traffic'], ['replicas'], ['autoscaling'])) return;
  if (service.gates.some((gate) => isFaulty(context, service.strategy, gate))) return;
  const rating = planner().rate(service, context.platform);
  if (stated) {
    for (const one of rating.gates) checkGate(context, one, service);
    checkTogether(context, rating, service);
  }
  checkCosts(context, rating, service);
}

/** What is told already: it could not be worked out, its bound is none, or it forgives everything. */
const isFaulty = ({ settings }: Context, strategy: Strategy, gate: Gate): boolean =>
  (settings.gates?.[gate.name]?.auto === true && gate.minRequests === 0) ||
  (GATE_KIND_FACTS[gate.kind].ratio && gate.bound.value > 1) ||
  (gate.failureLimit >= gate.count &&
    strategy.kind === 'canary' &&
    strategy.steps.some((step) => step.kind === 'analysis' && step.gates.includes(gate)));

/** What is no gate any more: it decides against what it is there for more often than not. */
const USELESS = 0.5;

function checkGate(context: Context, { gate, falseAlarm, miss, early }: GateRating, service: Service): void {
  const path: Path = ['gates', gate.name];
  if (miss !== undefined && miss > USELESS) {
    context.fault(
      'CAT091',
      path,
      `gate "${gate.name}" lets ${percent(miss)} of the releases through that ${worstOf(service, gate.kind)}`,
      'let "auto" work out its numbers, or lower its bound, lengthen its window or raise the weights of the steps',
    );
  }
  if (falseAlarm !== undefined && falseAlarm > USELESS) {
    context.fault(
      'CAT093',
      path,
      `gate "${gate.name}" stops ${percent(falseAlarm)} of the good releases, or lets them wait for somebody`,
      'let "auto" work out its numbers, or raise its bound, lower minRequests or lengthen its window',
    );
  }
  if (early !== undefined) {
    context.fault(
      'CAT099',
      [...path, 'windowSeconds'],
      `at its first measurement the window of gate "${gate.name}" reaches ${Math.ceil(early.seconds)} s back before the weight of ${Math.round(early.weight)} %`,
      `pause ${Math.ceil(early.seconds)} s longer, shorten the window, or write "pause": { "auto": true }`,
    );
  }
}

/** The gates of a service together: one that finds a regression is enough, and each may stop a good release. */
function checkTogether(context: Context, { gates }: Rating, service: Service): void {
  const { objectives } = service;
  for (const regression of ['errors', 'latency'] as const) {
    const field = regression === 'errors' ? 'maxErrorRate' : 'maxLatencySeconds';
    if (objectives[field] === undefined) continue;
    const looking = gates.filter((one) => one.regression === regression);
    const miss = Math.min(1, ...looking.map((one) => one.miss ?? 1));
    if (looking.some((one) => (one.miss ?? 0) > USELESS) || miss <= objectives.missRisk) continue;
    const kind = regression === 'errors' ? 'errorRate' : 'latency';
    context.fault(
      'CAT092',
      ['objectives', field],
      looking.length === 0
        ? `no gate looks for releases that ${worstOf(service, kind)}`
        : `${percent(miss)} of the releases that ${worstOf(service, kind)} come to all requests; ${percent(objectives.missRisk)} is accepted`,
      looking.length === 0
        ? `ask a gate of kind ${kind} at the steps`
        : 'let "auto" work out the gate, or accept a larger missRisk',
    );
  }
  const good = gates.reduce((all, { falseAlarm = 0 }) => all * (1 - falseAlarm), 1);
  if (1 - good <= objectives.falseAlarmRisk || gates.some(({ falseAlarm = 0 }) => falseAlarm > USELESS)) return;
  const [worst] = [...gates].sort((a, b) => (b.falseAlarm ?? 0) - (a.falseAlarm ?? 0));
  if (worst === undefined) return;
  context.fault(
    'CAT094',
    ['gates', worst.gate.name],
    `the gates stop ${percent(1 - good)} of the good releases, or let them wait; ${percent(objectives.falseAlarmRisk)} is accepted, and gate "${worst.gate.name}" alone does ${percent(worst.falseAlarm ?? 0)}`,
    'let "auto" work out its numbers, or raise its bound or lengthen its window',
  );
}

function checkCosts(context: Context, { promotionSeconds, extraPods }: Rating, { objectives }: Service): void {
  if (promotionSeconds > objectives.promotionSeconds && context.isOwn(['objectives', 'promotionSeconds'])) {
    context.fault(
      'CAT097',
      ['objectives', 'promotionSeconds'],
      `a release takes ${Math.round(promotionSeconds)} s; ${objectives.promotionSeconds} s are accepted`,
      'shorten the pauses, or accept more',
    );
  }
  if (objectives.maxExtraPods !== undefined && extraPods > objectives.maxExtraPods) {
    context.fault(
      'CAT098',
      ['objectives', 'maxExtraPods'],
      `a release needs ${extraPods} pods more than the steady state; ${objectives.maxExtraPods} are accepted`,
      'write "optimizeFor": "lowOverhead" in strategy, or accept more',
    );
  }
}

function worstOf({ objectives }: Service, kind: string): string {
  return kind === 'latency'
    ? `have a 95th percentile of ${objectives.maxLatencySeconds} s`
    : `fail ${percent(objectives.maxErrorRate ?? 0)} of their requests`;
}

const percent = (share: number): string => `${Number((share * 100).toPrecision(2))} %`;
