import { countsRequests } from '../catalog/gate-kinds';
import type { AbTestStrategy, Gate, Service, Variant } from '../catalog/service';
import type { GateUse } from './gate';
import { type Timeline, timelineOf } from './timeline';
import { abTestTimeline } from './timeline/ab-test';
import type { Exposure } from './traffic';

/** Why nothing can be said of a gate about requests: those that reach the pods it looks at are not stated. */
export type Unstated =
  /** Before the switch only testers, or a Job, ask the preview. */
  | 'preview'
  /** The colour whose pods are exchanged is asked by nobody. */
  | 'idle'
  /** A variant that only a header or a cookie leads to. */
  | 'chosen';

/** A place that asks a gate. */
export interface Use {
  readonly gate: Gate;
  readonly use: GateUse;
  /** Share of the requests while it is asked, in %. */
  readonly weight: number;
  /** Whether it is over before the new version has all requests. */
  readonly before: boolean;
  /** Since when the weight is what it is; undefined where no step moves it. */
  readonly sinceSeconds: number | undefined;
}

/** A release, with the shares of the requests over it and the gates that are asked. */
export interface Course {
  /** Of an A/B test: whose release. */
  readonly variant: string | undefined;
  readonly exposures: readonly Exposure[];
  readonly uses: readonly Use[];
  readonly unstated: readonly { readonly gate: Gate; readonly why: Unstated }[];
}

/** The releases that a service has: one, and with an A/B test one for the control and one for each variant. */
export function coursesOf(service: Service, timeline: Timeline = timelineOf(service)): readonly Course[] {
  const { strategy, routing } = service;
  switch (strategy.kind) {
    case 'abTest':
      return abTestCourses(service, strategy);
    case 'blueGreen':
      return [routing.router === 'albTargetGroups' ? idleCourse(timeline) : courseOf(timeline)];
    case 'canary':
    case 'rolling':
      return [courseOf(timeline)];
  }
}

/** Gates at the phases of a release, and beside them; a gate in dryRun stops nothing. */
function courseOf(timeline: Timeline): Course {
  const { phases, strategy, promotionSeconds } = timeline;
  const uses: Use[] = [];
  const unstated: Course['unstated'][number][] = [];
  let sinceSeconds = 0;
  for (const [i, { kind, weight, fromSeconds, gates }] of phases.entries()) {
    if (weight !== phases[i - 1]?.weight) sinceSeconds = fromSeconds;
    if (kind !== 'analysis') continue;
    for (const gate of gates.filter(({ dryRun }) => !dryRun)) {
      if (weight > 0) {
        const since = strategy === 'canary' ? sinceSeconds : undefined;
        const use = { kind: 'step', fromSeconds } as const;
        uses.push({ gate, use, weight, before: weight < 100, sinceSeconds: since });
      } else if (strategy === 'blueGreen' && countsRequests(gate.kind)) unstated.push({ gate, why: 'preview' });
    }
  }
  const full = phases.find(({ weight }) => weight === 100)?.fromSeconds ?? promotionSeconds.median;
  return { variant: undefined, exposures: phases, uses: [...uses, ...besideOf(timeline, full)], unstated };
}

/** Gates in the background can stop a release until the new version has all requests. */
function besideOf({ background }: Pick<Timeline, 'background'>, full: number): readonly Use[] {
  const { gates = [], fromSeconds = 0, toSeconds = 0 } = background ?? {};
  const use = { kind: 'background', fromSeconds, toSeconds: Math.min(toSeconds, full) } as const;
  return gates
    .filter(({ dryRun }) => !dryRun)
    .map((gate) => ({ gate, use, weight: 0, before: true, sinceSeconds: undefined }));
}

/** Between two target groups the pods of the one that has no requests are exchanged. */
function idleCourse({ background, phases }: Timeline): Course {
  const gates = (background?.gates ?? []).filter(({ kind, dryRun }) => countsRequests(kind) && !dryRun);
  return { variant: undefined, exposures: phases, uses: [], unstated: gates.map((gate) => ({ gate, why: 'idle' })) };
}

/** Each variant exchanges its own pods beside the control, and so does the control (charts/strategies/ab-test.ts). */
function abTestCourses(service: Service, strategy: AbTestStrategy): readonly Course[] {
  const control = 100 - strategy.variants.reduce((sum, { percent }) => sum + percent, 0);
  const variants = strategy.variants.map((variant) => variantCourse(service, strategy, variant, control));
  return strategy.background === undefined ? variants : [controlCourse(service, strategy, control), ...variants];
}

function variantCourse(service: Service, strategy: AbTestStrategy, variant: Variant, control: number): Course {
  const timeline = abTestTimeline(service, { ...strategy, variants: [variant] });
  const { name, percent } = variant;
  if (percent === 0) {
    const gates = strategy.gates.filter(({ dryRun }) => !dryRun);
    return { variant: name, exposures: [], uses: [], unstated: gates.map((gate) => ({ gate, why: 'chosen' })) };
  }
  const exposures = timeline.phases.map((phase) => ({ ...phase, stableWeight: control }));
  return { variant: name, exposures, uses: besideOf(timeline, timeline.promotionSeconds.median), unstated: [] };
}

/** The control is released as a rolling service is, with the requests that the variants leave it. */
function controlCourse(service: Service, strategy: AbTestStrategy, control: number): Course {
  const { background, ...pace } = strategy;
  const timeline = timelineOf({
    ...service,
    strategy: { ...pace, kind: 'rolling', background, comparedWith: undefined },
  });
  const exposures = timeline.phases.map(({ fromSeconds, toSeconds, weight }) => ({
    fromSeconds,
    toSeconds,
    weight: (weight * control) / 100,
  }));
  return { variant: undefined, exposures, uses: besideOf(timeline, timeline.promotionSeconds.median), unstated: [] };
}
