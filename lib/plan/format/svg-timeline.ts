import { element, type Picture, type Point, pathOf, stepsOf, text } from '../../picture/svg';
import type { ReleasePlan } from '../release-plan';
import { type PodSample, type Timeline, totalOf } from '../timeline/model';
import { clock, decimal, percent } from './numbers';

const WIDTH = 860;
const HEIGHT = 430;
const LEFT = 52;
const RIGHT = 16;
const WEIGHTS = { top: 46, bottom: 186 };
const PODS = { top: 236, bottom: 376 };

/** The weight and the pods of a release over its time. */
export function timelinePicture(plan: ReleasePlan, id: string): Picture {
  const { timeline } = plan;
  const end = Math.max(1, timeline.totalSeconds);
  const x = (seconds: number): number => LEFT + (seconds / end) * (WIDTH - LEFT - RIGHT);
  return {
    id,
    title: `${plan.service} in ${plan.environment}: weight and pods over a release`,
    description: describe(plan),
    width: WIDTH,
    height: HEIGHT,
    body: [
      gateBands(timeline, x),
      weightPanel(timeline, x),
      podPanel(timeline, x),
      timeAxis(end, x),
      promotion(plan, x),
    ].join(''),
  };
}

type Scale = (value: number) => number;

/** In words what the picture shows. */
function describe({ stages, pods, promotionSeconds, waitsForPerson }: ReleasePlan): string {
  const weights = stages
    .filter(({ tail }) => !tail)
    .map((stage) => `${percent(stage.weight)} from ${clock(stage.fromSeconds)} with ${stage.canaryPods} new pods`);
  const waits = waitsForPerson === 0 ? '' : ' It waits for a person on the way.';
  return `The new version answers ${weights.join(', ')}. Promoted at ${clock(promotionSeconds.median)}. ${pods.steady} pods in the steady state, ${pods.peak} at the most.${waits}`;
}

const verticalOf =
  ({ top, bottom }: { readonly top: number; readonly bottom: number }, most: number): Scale =>
  (value) =>
    bottom - (value / most) * (bottom - top);

/** Where gates are asked. */
function gateBands({ phases }: Timeline, x: Scale): string {
  return phases
    .filter(({ gates }) => gates.length > 0)
    .map(({ fromSeconds, toSeconds }) =>
      element('rect', {
        class: 'band',
        x: x(fromSeconds),
        y: WEIGHTS.top,
        width: x(toSeconds) - x(fromSeconds),
        height: PODS.bottom - WEIGHTS.top,
      }),
    )
    .join('');
}

function weightPanel(timeline: Timeline, x: Scale): string {
  const y = verticalOf(WEIGHTS, 100);
  const changes = timeline.phases.filter(({ weight }, i) => weight !== timeline.phases[i - 1]?.weight);
  const points = stepsOf([
    ...changes.map(({ fromSeconds, weight }): Point => [x(fromSeconds), y(weight)]),
    [x(timeline.totalSeconds), y(changes.at(-1)?.weight ?? 0)],
  ]);
  const area = `${pathOf(points)}L${points.at(-1)?.[0] ?? 0} ${y(0)}L${points[0]?.[0] ?? 0} ${y(0)}Z`;
  const labels = changes
    .filter(({ weight }) => weight > 0)
    .map(({ fromSeconds, weight }) => text(percent(weight), { x: x(fromSeconds) + 4, y: y(weight) - 6 }));
  return [
    text('share of the requests at the new version', { x: LEFT, y: WEIGHTS.top - 24, class: 'muted' }),
    ...[0, 50, 100].map((value) => gridLine(y(value), percent(value))),
    element('path', { class: 'weight', d: area }),
    element('path', { class: 'stroke', d: pathOf(points) }),
    ...labels,
  ].join('');
}

const gridLine = (y: number, label: string): string =>
  `${element('path', {
    class: 'axis',
    d: pathOf([
      [LEFT, y],
      [WIDTH - RIGHT, y],
    ]),
  })}${text(label, { x: LEFT - 8, y: y + 4, 'text-anchor': 'end', class: 'muted' })}`;

/** From the ground up: what is stacked, and how it is called. */
const LAYERS = [
  { side: 'stable', class: 'stable', label: 'stable' },
  { side: 'canary', class: 'canary', label: 'new' },
  { side: 'experiment', class: 'extra', label: 'experiment' },
  { side: 'ending', class: 'ending', label: 'ending' },
] as const;

function podPanel(timeline: Timeline, x: Scale): string {
  const { pods, steadyPods, totalSeconds } = timeline;
  const most = Math.max(steadyPods, ...pods.map(totalOf));
  const y = verticalOf(PODS, most);
  const shown = LAYERS.filter(({ side }) => pods.some((sample) => sample[side] > 0));
  const edge = (count: number): readonly Point[] => {
    const under = (sample: PodSample): number =>
      LAYERS.slice(0, count).reduce((sum, { side }) => sum + sample[side], 0);
    const last = pods.at(-1);
    return stepsOf([
      ...pods.map((sample): Point => [x(sample.atSeconds), y(under(sample))]),
      ...(last === undefined ? [] : [[x(totalSeconds), y(under(last))] as const]),
    ]);
  };
  const areas = shown.map((layer) => {
    const index = LAYERS.indexOf(layer);
    const upper = edge(index + 1);
    const lower = [...edge(index)].reverse();
    return element('path', { class: `area ${layer.class}`, d: `${pathOf(upper)}${pathOf(lower).replace('M', 'L')}Z` });
  });
  return [
    text('pods', { x: LEFT, y: PODS.top - 24, class: 'muted' }),
    ...shown.flatMap(({ class: colour, label }, i) => [
      element('rect', { class: colour, x: LEFT + 60 + i * 100, y: PODS.top - 34, width: 12, height: 12 }),
      text(label, { x: LEFT + 78 + i * 100, y: PODS.top - 24 }),
    ]),
    ...ticksUpTo(most).map((value) => gridLine(y(value), decimal(value))),
    ...areas,
    element('path', {
      class: 'dashed',
      d: pathOf([
        [LEFT, y(steadyPods)],
        [WIDTH - RIGHT, y(steadyPods)],
      ]),
    }),
    text(`steady state ${steadyPods}`, { x: LEFT + 6, y: y(steadyPods) - 6 }),
  ].join('');
}

/** Nothing, the half and the whole, in whole pods. */
const ticksUpTo = (most: number): readonly number[] => [...new Set([0, Math.floor(most / 2), most])];

/** The distances that people read times in, in seconds. */
const DISTANCES = [5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400];
const MOST_TICKS = 9;

function timeAxis(end: number, x: Scale): string {
  const distance = DISTANCES.find((one) => end / one <= MOST_TICKS) ?? 86_400;
  const ticks = Array.from({ length: Math.floor(end / distance) + 1 }, (_, i) => i * distance);
  return [
    ...ticks.map((seconds) =>
      text(clock(seconds), { x: x(seconds), y: PODS.bottom + 20, 'text-anchor': 'middle', class: 'muted' }),
    ),
    element('rect', { class: 'band', x: LEFT, y: HEIGHT - 22, width: 12, height: 12 }),
    text('gates are asked', { x: LEFT + 18, y: HEIGHT - 12, class: 'muted' }),
    text('time since the first new pod', { x: WIDTH - RIGHT, y: HEIGHT - 12, 'text-anchor': 'end', class: 'muted' }),
  ].join('');
}

function promotion({ promotionSeconds, timeline }: ReleasePlan, x: Scale): string {
  const when = x(promotionSeconds.median);
  const waits = timeline.phases.filter(({ kind }) => kind === 'person');
  return [
    ...waits.map(({ fromSeconds, label }) => marker(x(fromSeconds), `waits for a person: ${label}`, WEIGHTS.top - 8)),
    marker(when, `promoted ${clock(promotionSeconds.median)}`, WEIGHTS.top - 24),
  ].join('');
}

function marker(x: number, label: string, y: number): string {
  const end = x > WIDTH / 2;
  return `${element('path', {
    class: 'dashed',
    d: pathOf([
      [x, y + 4],
      [x, PODS.bottom],
    ]),
  })}${text(label, { x: end ? x - 6 : x + 6, y, ...(end ? { 'text-anchor': 'end' } : {}) })}`;
}
