import type { Platform, Service } from '../catalog/service';
import { type Risk, riskOf } from './detection';
import { rate } from './rating';
import type { Regression } from './regressions';
import type { Timeline } from './timeline';

/** Hours of the day in which there is the same traffic, and what gates tell in them. */
export interface HoursPlan {
  /** From midnight UTC; `toHour` is the first that is not of them. */
  readonly fromHour: number;
  readonly toHour: number;
  readonly requestsPerSecond: number;
  /** The chances that the regressions which services are looked at by are caught before all requests meet them. */
  readonly caughtErrors: number;
  /** Undefined where nothing is stated of latencies. */
  readonly caughtLatency: number | undefined;
  /** A release without a regression is stopped, or waits for a person. */
  readonly falseAlarm: number;
  /** Whether the gates keep both risks of the objectives; undefined where those do not say what must be stopped. */
  readonly enough: boolean | undefined;
}

/** What hours are told by. */
export const HOURLY = {
  errors: { kind: 'errors', points: 10 },
  latency: { kind: 'latency', times: 2 },
} as const satisfies Readonly<Record<string, Regression>>;

/** The plan by the hour in which a release falls, quiet or busy; empty where the traffic is the same all day. */
export function hoursOf(
  service: Service,
  timeline: Timeline,
  platform: Pick<Platform, 'prometheus'>,
): readonly HoursPlan[] {
  const { requestsPerSecondByHour: hours = [] } = service;
  if (new Set(hours).size < 2) return [];
  const known = new Map<number, Omit<HoursPlan, 'fromHour' | 'toHour'>>();
  const found: HoursPlan[] = [];
  for (const [fromHour, requestsPerSecond] of hours.entries()) {
    const plan = known.get(requestsPerSecond) ?? hourOf({ ...service, requestsPerSecond }, timeline, platform);
    known.set(requestsPerSecond, plan);
    const last = found.at(-1);
    if (last?.requestsPerSecond === requestsPerSecond) found[found.length - 1] = { ...last, toHour: fromHour + 1 };
    else found.push({ ...plan, fromHour, toHour: fromHour + 1 });
  }
  return found;
}

function hourOf(
  service: Service,
  timeline: Timeline,
  platform: Pick<Platform, 'prometheus'>,
): Omit<HoursPlan, 'fromHour' | 'toHour'> {
  const risk = (regression: Regression | undefined): Risk | undefined =>
    riskOf(service, timeline, platform.prometheus.scrapeIntervalSeconds, regression);
  const good = risk(undefined);
  return {
    requestsPerSecond: service.requestsPerSecond ?? 0,
    caughtErrors: risk(HOURLY.errors)?.caughtBeforeAll ?? 0,
    caughtLatency: risk(HOURLY.latency)?.caughtBeforeAll,
    falseAlarm: (good?.caught ?? 0) + (good?.paused ?? 0),
    enough: isEnough(service, platform),
  };
}

function isEnough(service: Service, platform: Pick<Platform, 'prometheus'>): boolean | undefined {
  const { objectives } = service;
  const stated = [
    ...(objectives.maxErrorRate === undefined ? [] : (['errors'] as const)),
    ...(objectives.maxLatencySeconds === undefined ? [] : (['latency'] as const)),
  ];
  if (stated.length === 0) return undefined;
  const { gates } = rate(service, platform);
  const good = gates.reduce((odds, { falseAlarm = 0 }) => odds * (1 - falseAlarm), 1);
  const missed = stated.map((regression) =>
    Math.min(1, ...gates.filter((one) => one.regression === regression).map(({ miss = 1 }) => miss)),
  );
  return 1 - good <= objectives.falseAlarmRisk && Math.max(...missed) <= objectives.missRisk;
}
