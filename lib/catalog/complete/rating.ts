import type { Path } from '../../diagnostic/path';
import { GATE_KIND_FACTS } from '../gate-kinds';
import type { Gate, Objectives, Service, Strategy } from '../service';
import type { Context } from './context';
import { isContradictory } from './objectives';
import { planner } from './planner';
import { STRATEGY_WORDS, UNSTATED } from './rating-words';

type Rating = ReturnType<ReturnType<typeof planner>['rate']>;
type GateRating = Rating['gates'][number];

/**
 * Whether the gates of a service keep what its objectives say. Nothing is said of a service that states no objectives, and nothing is
 * loaded for it.
 */
export function checkRating(context: Context, service: Service): void {
  const { objectives, requestsPerSecond } = service;
  const stated = requestsPerSecond !== undefined && (objectives.errorRate ?? objectives.latency) !== undefined;
  if (isContradictory(objectives) || !(stated || objectives.maxExtraPods !== undefined)) return;
  if (context.refused(['gates'], ['strategy'], ['objectives'], ['traffic'], ['replicas'], ['autoscaling'])) return;
  if (service.gates.some((gate) => isFaulty(context, service.strategy, gate))) return;
  const rating = planner().rate(service, context.platform);
  if (stated) {
    for (const one of rating.gates) checkGate(context, one, service);
    for (const gates of byRelease(rating)) checkTogether(context, gates, service);
  }
  checkCosts(context, rating, service);
}

/** What is told already: it could not be worked out, its bound is none, or it forgives everything. */
const isFaulty = ({ settings }: Context, strategy: Strategy, gate: Gate): boolean =>
  (settings.gates?.[gate.name]?.auto === true && gate.minRequests === 0) ||
  (GATE_KIND_FACTS[gate.kind].ratio && gate.bound.value > 1) ||
  (gate.failureLimit >= gate.count && countedGates(strategy).includes(gate));

/** Gates that end after their count. */
function countedGates(strategy: Strategy): readonly Gate[] {
  switch (strategy.kind) {
    case 'canary':
      return strategy.steps.flatMap((step) => (step.kind === 'analysis' ? step.gates : []));
    case 'blueGreen':
      return [...strategy.prePromotionGates, ...strategy.postPromotionGates];
    case 'rolling':
    case 'abTest':
      return [];
  }
}

/** The gates of each variant of an A/B test, which is released for itself; else all of them. */
function byRelease({ gates }: Rating): readonly (readonly GateRating[])[] {
  const variants = [...new Set(gates.map(({ variant }) => variant))];
  return variants.length === 0 ? [[]] : variants.map((variant) => gates.filter((one) => one.variant === variant));
}

/** What is no gate any more: it decides against what it is there for more often than not. */
const USELESS = 0.5;

function checkGate(context: Context, rating: GateRating, service: Service): void {
  const { gate, variant, falseAlarm, miss, early, unstated } = rating;
  const path: Path = ['gates', gate.name];
  const told = variant === undefined ? `gate "${gate.name}"` : `gate "${gate.name}" beside variant "${variant}"`;
  const words = STRATEGY_WORDS[service.strategy.kind];
  if (unstated !== undefined)
    context.fault('CAT118', path, `${told} cannot be rated: ${UNSTATED[unstated].why}`, UNSTATED[unstated].hint);
  if (miss !== undefined && miss > USELESS) {
    context.fault(
      'CAT091',
      path,
      `${told} lets ${percent(miss)} of the releases through that ${worstOf(service.objectives, gate.kind)}`,
      words.fewerMisses,
    );
  }
  if (falseAlarm !== undefined && falseAlarm > USELESS) {
    context.fault(
      'CAT093',
      path,
      `${told} stops ${percent(falseAlarm)} of the good releases, or lets them wait for somebody`,
      words.fewerAlarms,
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

/** The gates of a release together: one that finds a regression is enough, and each may stop a good release. */
function checkTogether(context: Context, gates: readonly GateRating[], service: Service): void {
  const { objectives, strategy } = service;
  const words = STRATEGY_WORDS[strategy.kind];
  for (const regression of ['errors', 'latency'] as const) {
    const field = regression === 'errors' ? 'maxErrorRate' : 'maxLatencySeconds';
    if (objectives[field] === undefined) continue;
    const looking = gates.filter((one) => one.regression === regression);
    const miss = Math.min(1, ...looking.map((one) => one.miss ?? 1));
    if (looking.some((one) => (one.miss ?? 0) > USELESS) || miss <= objectives.missRisk) continue;
    const kind = regression === 'errors' ? 'errorRate' : 'latency';
    const bad = worstOf(objectives, kind);
    context.fault(
      'CAT092',
      ['objectives', field],
      looking.length === 0
        ? `no gate looks for releases that ${bad}`
        : `${percent(miss)} of the releases that ${bad} ${words.ends}; ${percent(objectives.missRisk)} is accepted`,
      looking.length === 0
        ? askedWhere(service, kind)
        : `for the gate: ${words.fewerMisses}; or accept a larger missRisk`,
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
    words.fewerAlarms,
  );
}

/** Between two target groups there is no place for it. */
const askedWhere = ({ strategy, routing }: Service, kind: string): string =>
  strategy.kind === 'blueGreen' && routing.router === 'albTargetGroups'
    ? `${UNSTATED.idle.why}: ${UNSTATED.idle.hint}`
    : `ask a gate of kind ${kind} ${STRATEGY_WORDS[strategy.kind].place}`;

function checkCosts(
  context: Context,
  { promotionSeconds, extraPods }: Rating,
  { objectives, strategy }: Service,
): void {
  const { lessTime, fewerPods } = STRATEGY_WORDS[strategy.kind];
  if (promotionSeconds > objectives.promotionSeconds && context.isOwn(['objectives', 'promotionSeconds'])) {
    context.fault(
      'CAT097',
      ['objectives', 'promotionSeconds'],
      `a release takes ${Math.round(promotionSeconds)} s; ${objectives.promotionSeconds} s are accepted`,
      lessTime,
    );
  }
  if (objectives.maxExtraPods !== undefined && extraPods > objectives.maxExtraPods) {
    context.fault(
      'CAT098',
      ['objectives', 'maxExtraPods'],
      `a release needs ${extraPods} pods more than the steady state; ${objectives.maxExtraPods} are accepted`,
      fewerPods,
    );
  }
}

function worstOf(objectives: Objectives, kind: string): string {
  return kind === 'latency'
    ? `have a 95th percentile of ${objectives.maxLatencySeconds} s`
    : `fail ${percent(objectives.maxErrorRate ?? 0)} of their requests`;
}

const percent = (share: number): string => `${Number((share * 100).toPrecision(2))} %`;
