import { countsRequests, hasWindow } from '../catalog/gate-kinds';
import type { Gate, Platform, Service } from '../catalog/service';
import type { Behaviour } from './behaviour';
import { type Course, coursesOf, type Unstated, type Use } from './courses';
import { measurementTimes, oddsOf, type Windows, windowsOf } from './gate';
import { PROXY_BUCKETS, slower } from './latency';
import { timelineOf } from './timeline';
import { totalOf } from './timeline/model';

/** What must be stopped. */
export type Regression = 'errors' | 'latency';

/** A gate against the objectives of its service, over all the places that ask it. */
export interface GateRating {
  readonly gate: Gate;
  /** Of an A/B test: in whose release. */
  readonly variant: string | undefined;
  /** Why nothing can be said of it: the requests that it looks at are not stated. */
  readonly unstated: Unstated | undefined;
  /** The regression that it is there to find; undefined where none is stated for its kind. */
  readonly regression: Regression | undefined;
  /** What must be stopped: a share of failed requests, or a 95th percentile in seconds. */
  readonly worst: number | undefined;
  /** The chance that it stops a good release, or lets it wait; undefined where nothing is said of what is normal. */
  readonly falseAlarm: number | undefined;
  /** The chance that it lets a release with its regression come to all requests. */
  readonly miss: number | undefined;
  /** The weight whose window first reaches back before it, by how much. */
  readonly early: { readonly weight: number; readonly seconds: number } | undefined;
}

export interface Rating {
  readonly gates: readonly GateRating[];
  readonly promotionSeconds: number;
  readonly extraPods: number;
}

/** How the gates and the steps of a service keep its objectives; gates in dryRun stop nothing and are not rated. */
export function rate(service: Service, platform: Pick<Platform, 'prometheus'>): Rating {
  const key = keyOf(service, platform);
  let rating = KNOWN.get(key);
  if (rating === undefined) {
    rating = work(service, platform);
    KNOWN.set(key, rating);
  }
  return rating;
}

/** Many services of a catalog say the same. */
const KNOWN = new Map<string, Rating>();

const keyOf = (
  { strategy, scale, probes, podStartSeconds, shutdown, routing, ...service }: Service,
  platform: Pick<Platform, 'prometheus'>,
): string =>
  JSON.stringify([
    [
      strategy,
      scale,
      probes,
      podStartSeconds,
      shutdown,
      routing.router,
      routing.router === 'istio' && routing.splitting,
      routing.router === 'albTargetGroups' && routing.colours.map(({ weight, replicas }) => [weight, replicas]),
    ],
    [service.objectives, service.requestsPerSecond, service.requestMetrics, platform.prometheus.scrapeIntervalSeconds],
  ]);

function work(service: Service, platform: Pick<Platform, 'prometheus'>): Rating {
  const timeline = timelineOf(service);
  return {
    gates: coursesOf(service, timeline).flatMap((course) => rateCourse(service, platform, course)),
    promotionSeconds: timeline.promotionSeconds.median,
    extraPods: Math.max(...timeline.pods.map(totalOf)) - timeline.steadyPods,
  };
}

function rateCourse(service: Service, platform: Pick<Platform, 'prometheus'>, course: Course): readonly GateRating[] {
  const { uses, unstated, variant } = course;
  const asked = [...new Set(uses.map(({ gate }) => gate))];
  return [
    ...asked.map((gate) => rateGate(service, platform, gate, course)),
    ...unstated
      .filter(({ gate }) => !asked.includes(gate))
      .map(({ gate, why }) => ({
        gate,
        variant,
        unstated: why,
        regression: undefined,
        worst: undefined,
        falseAlarm: undefined,
        miss: undefined,
        early: undefined,
      })),
  ];
}

function rateGate(
  service: Service,
  { prometheus: { scrapeIntervalSeconds } }: Pick<Platform, 'prometheus'>,
  gate: Gate,
  { exposures, variant, ...course }: Course,
): GateRating {
  const uses = course.uses.filter((use) => use.gate === gate);
  const { requestsPerSecond } = service;
  const { good, bad } = behavioursOf(service, gate);
  const buckets = service.requestMetrics?.kind === 'proxy' ? PROXY_BUCKETS : undefined;
  const windows = new Map<Use, Windows>();
  const passes = (canary: Behaviour | undefined, asked: readonly Use[]): number | undefined => {
    if (canary === undefined || requestsPerSecond === undefined || asked.length === 0) return undefined;
    const traffic = { requestsPerSecond, scrapeIntervalSeconds };
    const truth = { canary, stable: good ?? canary };
    return asked.reduce((all, one) => {
      // The same for a good release and a bad one.
      const held = windows.get(one) ?? windowsOf(gate, one.use, { traffic, exposures });
      windows.set(one, held);
      return all * oddsOf(held, { truth, buckets }).passed;
    }, 1);
  };
  const before = uses.filter((use) => use.before);
  const goodPasses = passes(good, uses);
  return {
    gate,
    variant,
    unstated: undefined,
    regression: bad === undefined ? undefined : gate.kind === 'latency' ? 'latency' : 'errors',
    worst: gate.kind === 'latency' ? service.objectives.maxLatencySeconds : service.objectives.maxErrorRate,
    falseAlarm: goodPasses === undefined ? undefined : 1 - goodPasses,
    miss: passes(bad, before.length > 0 ? before : uses),
    early: earlyOf(gate, uses),
  };
}

/** A good release and one that must be stopped, as far as the objectives say it for this kind of gate. */
function behavioursOf(
  { objectives: { errorRate, maxErrorRate, latency, maxLatencySeconds } }: Service,
  gate: Gate,
): { readonly good: Behaviour | undefined; readonly bad: Behaviour | undefined } {
  if (!countsRequests(gate.kind)) return { good: undefined, bad: undefined };
  if (gate.kind === 'latency') {
    if (latency === undefined) return { good: undefined, bad: undefined };
    const good = { errorRate: errorRate ?? 0, latency };
    if (maxLatencySeconds === undefined) return { good, bad: undefined };
    return { good, bad: { ...good, latency: slower(latency, maxLatencySeconds / latency.p95Seconds) } };
  }
  return {
    good: errorRate === undefined ? undefined : { errorRate, latency },
    bad: maxErrorRate === undefined ? undefined : { errorRate: maxErrorRate, latency },
  };
}

function earlyOf(gate: Gate, uses: readonly Use[]): GateRating['early'] {
  if (!countsRequests(gate.kind) || !hasWindow(gate.kind)) return undefined;
  for (const { use, weight, sinceSeconds } of uses) {
    if (sinceSeconds === undefined) continue;
    const [first = use.fromSeconds] = measurementTimes(gate, use);
    const seconds = gate.windowSeconds - (first - sinceSeconds);
    if (seconds > 0) return { weight, seconds };
  }
  return undefined;
}
