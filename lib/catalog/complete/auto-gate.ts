import type { Path } from '../../diagnostic/path';
import { weightsBetween } from '../between-weights';
import { BUILT_IN, ITEM_DEFAULTS } from '../built-in';
import { GATE_KIND_FACTS } from '../gate-kinds';
import { presetSteps } from '../presets';
import type { ServiceSettings } from '../schema/catalog';
import type { Gate, GateKind, Objectives, RequestMetrics } from '../service';
import type { Context } from './context';
import { completeObjectives, completeTraffic } from './objectives';
import { planner } from './planner';

export type GateSettings = NonNullable<NonNullable<ServiceSettings['gates']>[string]>;

/** A gate whose numbers are worked out. */
interface Auto {
  readonly name: string;
  readonly kind: GateKind;
  readonly given: GateSettings;
  readonly metrics: RequestMetrics | undefined;
  /** The fewest pods of the steady state. */
  readonly pods: number;
}

/** What is worked out, so that nothing else may say it. */
const DERIVED = [
  'atMost',
  'atLeast',
  'atMostSeconds',
  'windowSeconds',
  'intervalSeconds',
  'count',
  'failureLimit',
  'minRequests',
  'initialDelaySeconds',
] as const;

/**
 * The numbers of a gate that follow from traffic and objectives, for the steps that ask it (lib/plan/derive.ts). The risk of a false
 * alarm is shared out among such gates; each must keep the risk of a miss for itself, since it looks for something else.
 */
export function autoGate(context: Context, auto: Auto): Partial<Gate> {
  const path: Path = ['gates', auto.name];
  const own = DERIVED.filter((field) => auto.given[field] !== undefined);
  for (const field of own) {
    context.fault('CAT010', [...path, field], `"auto" and "${field}" stand side by side`, `take one of them away`);
  }
  const relative = auto.given.relative === true && GATE_KIND_FACTS[auto.kind].fields.includes('relative');
  const asked = askedOf(context, auto);
  const goal = goalOf(context, auto, relative);
  if (own.length > 0 || asked === undefined || goal === undefined) return NOT_FOUND;
  const { objectives, requestsPerSecond } = goal;
  const derived = planner().derive({
    kind: auto.kind,
    quantile: auto.given.quantile ?? ITEM_DEFAULTS.gate.quantile,
    relative,
    buckets: auto.metrics?.kind === 'proxy' ? planner().PROXY_BUCKETS : undefined,
    traffic: { requestsPerSecond, scrapeIntervalSeconds: context.platform.prometheus.scrapeIntervalSeconds },
    // At 100 % there is nothing to compare with, which is told where the steps are checked.
    asks: relative ? asked.asks.filter(({ weight }) => weight < 100) : asked.asks,
    ...goal.between,
    falseAlarmRisk: objectives.falseAlarmRisk / autoGates(context),
    missRisk: objectives.missRisk,
    stepSeconds: Math.max(0, objectives.promotionSeconds - asked.otherSeconds) / asked.analyses,
  });
  if (derived.kind === 'short') {
    tellShort(context, auto, asked, goal, derived);
    return NOT_FOUND;
  }
  const { bound, windowSeconds, intervalSeconds, count, failureLimit, minRequests } = derived.gate;
  return {
    bound: { direction: auto.kind === 'successRate' ? 'atLeast' : 'atMost', value: bound },
    windowSeconds,
    intervalSeconds,
    count,
    failureLimit,
    minRequests,
    initialDelaySeconds: 0,
  };
}

/** Asks nothing that could be told of twice; the fault stops the run. */
const NOT_FOUND: Partial<Gate> = { minRequests: 0, dryRun: true };

const autoGates = ({ settings }: Context): number =>
  Object.values(settings.gates ?? {}).filter((gate) => gate?.auto === true).length;

interface Goal {
  readonly objectives: Objectives;
  readonly requestsPerSecond: number;
  readonly between: Pick<Parameters<ReturnType<typeof planner>['derive']>[0], 'good' | 'bad' | 'normal' | 'worst'>;
  /** What must be stopped, in words. */
  readonly told: string;
}

/** What is normal and what must be stopped, as the kind of gate measures it; tells what is missing. */
function goalOf(context: Context, { name, kind }: Auto, relative: boolean): Goal | undefined {
  const objectives = completeObjectives(context);
  const requestsPerSecond = completeTraffic(context);
  const { errorRate, maxErrorRate, latency, maxLatencySeconds } = objectives;
  const slow = kind === 'latency';
  const wanted: readonly (readonly [string, number | undefined])[] = [
    ['traffic.requestsPerSecond', requestsPerSecond],
    ...(slow
      ? ([
          ['objectives.latencySeconds', latency?.p95Seconds],
          ['objectives.maxLatencySeconds', maxLatencySeconds],
        ] as const)
      : ([
          ['objectives.errorRate', errorRate],
          ['objectives.maxErrorRate', maxErrorRate],
        ] as const)),
  ];
  const missing = wanted.filter(([, value]) => value === undefined).map(([field]) => field);
  if (missing.length > 0 && !context.refused(['traffic'], ['objectives'])) {
    context.fault(
      'CAT095',
      ['gates', name, 'auto'],
      `gate "${name}" is to be worked out, and ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not said`,
      `state ${missing.join(', ')}, or write the numbers of the gate`,
    );
  }
  if (requestsPerSecond === undefined) return undefined;
  const bounds = (normal: number, worst: number) =>
    relative ? { normal: 0, worst: worst - normal } : { normal, worst };
  const beside = relative ? ' beside the stable version' : '';
  if (slow) {
    if (latency === undefined || maxLatencySeconds === undefined || maxLatencySeconds <= latency.p95Seconds)
      return undefined;
    const good = { errorRate: errorRate ?? 0, latency };
    const bad = { ...good, latency: planner().slower(latency, maxLatencySeconds / latency.p95Seconds) };
    const between = { good, bad, ...bounds(latency.p95Seconds, maxLatencySeconds) };
    return { objectives, requestsPerSecond, between, told: `a 95th percentile of ${maxLatencySeconds} s${beside}` };
  }
  if (errorRate === undefined || maxErrorRate === undefined || maxErrorRate <= errorRate) return undefined;
  const measured = (rate: number) => (kind === 'successRate' ? 1 - rate : rate);
  const between = {
    good: { errorRate, latency },
    bad: { errorRate: maxErrorRate, latency },
    ...bounds(measured(errorRate), measured(maxErrorRate)),
  };
  return { objectives, requestsPerSecond, between, told: `${percent(maxErrorRate)} of failed requests${beside}` };
}

interface Asked {
  readonly asks: readonly { readonly weight: number; readonly pauseSeconds: number | undefined }[];
  /** How many analyses there are at all: the time is shared out among them. */
  readonly analyses: number;
  /** What else takes time, in seconds. */
  readonly otherSeconds: number;
}

/** B17: room for a controller that looks again after a weight has moved. */
const RETRY_SECONDS = 8;

/** The steps that ask a gate; tells where there are none. */
function askedOf(context: Context, { name, pods }: Auto): Asked | undefined {
  const { strategy, gates, shutdown } = context.settings;
  const names = Object.keys(gates ?? {}).sort();
  const beside = strategy?.background?.gates ?? [];
  const steps =
    strategy?.steps ??
    (strategy?.preset
      ? presetSteps(
          strategy.preset,
          names.filter((one) => !beside.includes(one)),
        )
      : []);
  const asks: Asked['asks'][number][] = [];
  let [weight, pauseSeconds, analyses, otherSeconds] = [0, 0 as number | undefined, 0, 0];
  const changeSeconds = (strategy?.minReadySeconds ?? BUILT_IN.strategy.minReadySeconds) + RETRY_SECONDS;
  const endSeconds = shutdown?.preStopSeconds ?? BUILT_IN.shutdown.preStopSeconds;
  const waySeconds = (from: number, to: number): number =>
    strategy?.optimizeFor === 'lowOverhead' ? weightsBetween(from, to, pods).length * (changeSeconds + endSeconds) : 0;
  for (const step of steps) {
    if ('setWeight' in step && step.setWeight !== undefined) {
      otherSeconds += changeSeconds + waySeconds(weight, step.setWeight);
      [weight, pauseSeconds] = [step.setWeight, 0];
    } else if ('pause' in step && step.pause !== undefined) {
      const given = 'durationSeconds' in step.pause ? step.pause.durationSeconds : undefined;
      if ('auto' in step.pause && step.pause.auto === true) pauseSeconds = undefined;
      else if (pauseSeconds !== undefined) {
        pauseSeconds += given ?? A_DAY_SECONDS;
        otherSeconds += given ?? 0;
      }
    } else if ('analysis' in step && step.analysis !== undefined) {
      analyses += 1;
      if (step.analysis.includes(name) && weight > 0) asks.push({ weight, pauseSeconds });
    }
  }
  otherSeconds += waySeconds(weight, 100);
  if (asks.length > 0) return { asks, analyses, otherSeconds };
  if ((beside.includes(name) || (strategy?.kind ?? 'canary') !== 'canary') && !context.refused(['strategy'])) {
    context.fault(
      'CAT095',
      ['gates', name, 'auto'],
      `gate "${name}" is to be worked out for the steps of a canary, and no step asks it`,
      'ask it in the analysis of a step, or write its numbers',
    );
  }
  return undefined;
}

const A_DAY_SECONDS = 86_400;
const percent = (share: number): string => `${Number((share * 100).toPrecision(2))} %`;
const minutes = (seconds: number): string =>
  seconds < 120 ? `${Math.round(seconds)} s` : `${Number((seconds / 60).toPrecision(2))} min`;

type Short = Extract<ReturnType<ReturnType<typeof planner>['derive']>, { readonly kind: 'short' }>;

function tellShort(context: Context, { name }: Auto, asked: Asked, goal: Goal, short: Short): void {
  const { objectives, requestsPerSecond, told } = goal;
  const least = Math.min(...asked.asks.map(({ weight }) => weight));
  const share = Math.max(0, objectives.promotionSeconds - asked.otherSeconds) / asked.analyses;
  const pauseSeconds = Math.min(...asked.asks.map((ask) => ask.pauseSeconds ?? Infinity));
  const paused = short.seconds !== undefined && pauseSeconds < short.seconds && short.seconds <= share;
  const needs =
    short.seconds === undefined
      ? 'is not told from what is normal within a day'
      : `needs ${minutes(short.seconds)} at each step, and there are ${paused ? `pauses of ${minutes(pauseSeconds)}` : minutes(share)}`;
  context.fault(
    'CAT096',
    ['gates', name, 'auto'],
    `at ${requestsPerSecond} requests/s and ${least} %, ${told} ${needs}`,
    inWords([
      ...(paused ? ['write "pause": { "auto": true }'] : []),
      ...(short.weight === undefined ? [] : [`raise the weight to ${short.weight} %`]),
      ...(short.seconds === undefined || paused
        ? []
        : [`allow ${promotionFor(asked, short.seconds)} s for the promotion`]),
      ...(short.miss < 0.5 ? [`accept ${percent(short.miss * 1.05)} misses`] : []),
      'raise what must be stopped',
    ]),
  );
}

const promotionFor = ({ otherSeconds, analyses }: Asked, stepSeconds: number): number =>
  Math.ceil(otherSeconds + stepSeconds * analyses);

const inWords = (ways: readonly string[]): string => ways.join(', or ');
