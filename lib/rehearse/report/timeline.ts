import type { Bucket } from '../measure';
import { escaped, ms } from './markup';
import type { StageReport, StatementReport } from './report';

/** Sizes in the units of the picture. */
const WIDTH = 1000;
const LEFT = 70;
const RIGHT = 12;
const LANE = { top: 8, height: 26 } as const;
const PANEL = { height: 90, gap: 26 } as const;
const HEIGHT = LANE.top + LANE.height + 2 * (PANEL.height + PANEL.gap) + 24;

/** The lowest wait that is drawn, in milliseconds. */
const LEAST_MS = 1;

/**
 * A migration along its time: its statements by the strength of their locks, and below them the longest wait of readers and of
 * writers in each tenth of a second, on a logarithmic scale, with the budget as a line and failed calls as crosses.
 */
export function timeline(stage: StageReport, maxWaitMs: number): string {
  const most = Math.max(maxWaitMs * 2, stage.longestReadMs, stage.longestWriteMs);
  const scale: Scale = {
    x: (atMs) =>
      LEFT + ((atMs - stage.startedMs) / Math.max(1, stage.endedMs - stage.startedMs)) * (WIDTH - LEFT - RIGHT),
    height: (waitMs) => (Math.log(Math.max(waitMs, LEAST_MS) / LEAST_MS) / Math.log(most / LEAST_MS)) * PANEL.height,
  };
  const label = `${stage.file}: longest wait of a reader ${ms(stage.longestReadMs)}, of a writer ${ms(stage.longestWriteMs)}`;
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(label)}">
${lane(stage.statements, scale)}
${panel('readers', stage.buckets, ({ readMs }) => readMs, panelTop(0), scale, maxWaitMs)}
${panel('writers', stage.buckets, ({ writeMs }) => writeMs, panelTop(1), scale, maxWaitMs)}
${failures(stage.buckets, scale)}
${axis(stage, scale)}
</svg>`;
}

interface Scale {
  readonly x: (atMs: number) => number;
  readonly height: (waitMs: number) => number;
}

const panelTop = (i: number): number => LANE.top + LANE.height + PANEL.gap + i * (PANEL.height + PANEL.gap);

const n = (value: number): string => value.toFixed(1);

function rect(x: number, y: number, width: number, height: number, kind: string, title = ''): string {
  const inner = title === '' ? '/>' : `><title>${escaped(title)}</title></rect>`;
  return `<rect class="${kind}" x="${n(x)}" y="${n(y)}" width="${n(Math.max(width, 1.5))}" height="${n(height)}"${inner}`;
}

function lane(statements: readonly StatementReport[], { x }: Scale): string {
  const bars = statements.map((one) =>
    rect(
      x(one.startedMs),
      LANE.top,
      x(one.startedMs + one.ms) - x(one.startedMs),
      LANE.height,
      `statement ${lockClass(one.lock)}`,
      `line ${one.line}, ${ms(one.ms)}, ${one.lock ?? 'no lock seen'}: ${one.text}`,
    ),
  );
  return `<text class="label" x="${LEFT - 8}" y="${LANE.top + 17}">statements</text>\n${bars.join('\n')}`;
}

/** How much a lock keeps others from doing. */
export function lockClass(lock: string | null): 'none' | 'weak' | 'writes' | 'all' {
  if (lock === null) return 'none';
  if (lock === 'ACCESS EXCLUSIVE') return 'all';
  return ['SHARE', 'SHARE ROW EXCLUSIVE', 'EXCLUSIVE'].includes(lock) ? 'writes' : 'weak';
}

function panel(
  name: string,
  buckets: readonly Bucket[],
  waitOf: (bucket: Bucket) => number,
  top: number,
  { x, height }: Scale,
  maxWaitMs: number,
): string {
  const bottom = top + PANEL.height;
  const widthMs = (buckets[1]?.fromMs ?? (buckets[0]?.fromMs ?? 0) + 100) - (buckets[0]?.fromMs ?? 0);
  const bars = buckets.map((bucket) => {
    const wait = waitOf(bucket);
    const tall = height(wait);
    const width = Math.max(1, x(bucket.fromMs + widthMs) - x(bucket.fromMs) - 0.5);
    const kind = wait > maxWaitMs ? 'wait over' : 'wait';
    return wait === 0
      ? ''
      : rect(x(bucket.fromMs), bottom - tall, Math.min(width, WIDTH - RIGHT - x(bucket.fromMs)), tall, kind, ms(wait));
  });
  const lines = [10, 100].map((at) => grid(bottom - height(at), 'grid', ms(at)));
  const budget = grid(bottom - height(maxWaitMs), 'budget', ms(maxWaitMs));
  return `<text class="label strong" x="${LEFT - 8}" y="${top - 6}">${name}</text>
${[...lines, ...bars, budget].join('\n')}
<line class="axis" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${bottom}" y2="${bottom}"/>`;
}

const grid = (y: number, kind: string, told: string): string =>
  `<line class="${kind}" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${n(y)}" y2="${n(y)}"/><text class="label" x="${LEFT - 8}" y="${n(y + 4)}">${told}</text>`;

function failures(buckets: readonly Bucket[], { x }: Scale): string {
  const y = panelTop(1) - PANEL.gap + 8;
  return buckets
    .filter((bucket) => bucket.failures > 0)
    .map(
      (bucket) =>
        `<text class="failure" x="${n(x(bucket.fromMs))}" y="${y}">×<title>${bucket.failures} failed</title></text>`,
    )
    .join('\n');
}

function axis({ startedMs, endedMs }: StageReport, { x }: Scale): string {
  const seconds = (endedMs - startedMs) / 1000;
  const step = [0.25, 0.5, 1, 2, 5, 10, 30, 60, 300].find((one) => seconds / one <= 12) ?? 600;
  const ticks = Array.from({ length: Math.floor(seconds / step) + 1 }, (_, i) => i * step);
  const y = HEIGHT - 6;
  return ticks
    .map((tick) => `<text class="tick" x="${n(x(startedMs + tick * 1000))}" y="${y}">${tick} s</text>`)
    .join('\n');
}
