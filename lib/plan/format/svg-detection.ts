import { element, type Picture, type Point, pathOf, text } from '../../picture/svg';
import type { RegressionPlan } from '../detection';
import type { Regression } from '../regressions';
import type { ReleasePlan } from '../release-plan';
import { chance } from './numbers';
import { regressionName } from './words';

const WIDTH = 860;
const HEIGHT = 330;
const TOP = 40;
const BOTTOM = 262;
const GAP = 60;
const LEFT = 52;
const PANEL = (WIDTH - LEFT - 16 - GAP) / 2;

const PANELS: readonly { readonly kind: Regression['kind']; readonly title: string }[] = [
  { kind: 'errors', title: 'errors, percentage points more' },
  { kind: 'latency', title: 'latency, times as long' },
];

/** One curve: a gate, or all of them before the new version answers all requests. */
interface Curve {
  readonly label: string;
  readonly chanceOf: (plan: RegressionPlan) => number;
}

/** How likely each gate stops a release with a regression, by the size of it; undefined where nothing is known. */
export function detectionPicture(plan: ReleasePlan, id: string): Picture | undefined {
  const regressions = plan.detection?.regressions ?? [];
  if (regressions.length === 0) return undefined;
  const curves = curvesOf(regressions);
  return {
    id,
    title: `${plan.service} in ${plan.environment}: which regressions the gates catch`,
    description: regressions
      .map((one) => `${regressionName(one.regression)}: ${chance(one.caughtBeforeAll)} before 100 %`)
      .join('; '),
    width: WIDTH,
    height: HEIGHT,
    body: [
      ...PANELS.map(({ kind, title }, i) =>
        panel(
          title,
          LEFT + i * (PANEL + GAP),
          regressions.filter(({ regression }) => regression.kind === kind),
          curves,
        ),
      ),
      ...curves.map(legend),
    ].join(''),
  };
}

function curvesOf(regressions: readonly RegressionPlan[]): readonly Curve[] {
  const gates = regressions[0]?.byGate.map(({ gate }) => gate) ?? [];
  return [
    { label: 'all gates, before 100 %', chanceOf: (plan) => plan.caughtBeforeAll },
    ...gates.map(
      (gate): Curve => ({
        label: gate,
        chanceOf: ({ byGate }) => byGate.find((one) => one.gate === gate)?.aborts ?? 0,
      }),
    ),
  ];
}

function panel(title: string, left: number, regressions: readonly RegressionPlan[], curves: readonly Curve[]): string {
  const x = (index: number): number => left + ((index + 0.5) / Math.max(1, regressions.length)) * PANEL;
  const y = (probability: number): number => BOTTOM - probability * (BOTTOM - TOP);
  if (regressions.length === 0)
    return text(`${title}: set objectives.latencySeconds`, { x: left, y: TOP - 16, class: 'muted' });
  return [
    text(title, { x: left, y: TOP - 16, class: 'muted' }),
    ...[0, 0.5, 0.95, 1].map((probability) => gridLine(left, y(probability), probability)),
    ...regressions.map(({ regression }, i) =>
      text(sizeOf(regression), { x: x(i), y: BOTTOM + 18, 'text-anchor': 'middle', class: 'muted' }),
    ),
    // The curve of all gates lies below the others, which may be the same.
    ...curves.map(({ chanceOf }, curve) => {
      const points = regressions.map((one, i): Point => [x(i), y(chanceOf(one))]);
      return `${element('path', { class: `curve c${curve % COLOURS}`, ...dash(curve), d: pathOf(points) })}${points.map((point) => mark(point, curve)).join('')}`;
    }),
  ].join('');
}

const COLOURS = 5;

const sizeOf = (regression: Regression): string =>
  regression.kind === 'errors' ? String(regression.points) : `${regression.times}×`;

function gridLine(left: number, y: number, probability: number): string {
  const label = probability === 0.95 ? '' : chance(probability);
  return `${element('path', {
    class: 'axis',
    ...(probability === 0.95 ? { 'stroke-dasharray': '2 3' } : {}),
    d: pathOf([
      [left, y],
      [left + PANEL, y],
    ]),
  })}${text(label, { x: left - 8, y: y + 4, 'text-anchor': 'end', class: 'muted' })}`;
}

/** Curves differ in their dashes and marks too, not only in their colours. */
const dash = (curve: number): Readonly<Record<string, string>> =>
  curve === 0 ? {} : { 'stroke-dasharray': ['7 3', '2 3', '9 3 2 3', '4 4'][(curve - 1) % 4] ?? '' };

function mark([x, y]: Point, curve: number): string {
  const fill = `m${curve % COLOURS}`;
  switch (curve % 4) {
    case 0:
      return element('circle', { class: fill, cx: x, cy: y, r: 4 });
    case 1:
      return element('rect', { class: fill, x: x - 3.5, y: y - 3.5, width: 7, height: 7 });
    case 2:
      return element('path', {
        class: fill,
        d: `${pathOf([
          [x, y - 5],
          [x + 4.5, y + 3.5],
          [x - 4.5, y + 3.5],
        ])}Z`,
      });
    default:
      return element('path', {
        class: fill,
        d: `${pathOf([
          [x, y - 5],
          [x + 5, y],
          [x, y + 5],
          [x - 5, y],
        ])}Z`,
      });
  }
}

function legend({ label }: Curve, curve: number): string {
  const left = LEFT + (curve % 3) * 270;
  const y = HEIGHT - 34 + Math.floor(curve / 3) * 20;
  const line = element('path', {
    class: `curve c${curve % COLOURS}`,
    ...dash(curve),
    d: pathOf([
      [left, y - 4],
      [left + 26, y - 4],
    ]),
  });
  return `${line}${mark([left + 13, y - 4], curve)}${text(label, { x: left + 34, y })}`;
}
