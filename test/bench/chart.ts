/** Points of one line: services and CPU seconds. */
export interface Series {
  readonly title: string;
  readonly points: readonly (readonly [services: number, seconds: number])[];
}

const WIDTH = 890;
const HEIGHT = 460;
const LEFT = 64;
/** Room for the longest name of a line. */
const RIGHT = 260;
const TOP = 48;
const BOTTOM = 52;

/** Readable on white and on black (4.5 to 1 or nearly): the chart has no background of its own. */
const COLOURS = ['#2f7ed8', '#1a9850', '#d95f02', '#b0589e', '#8c6d31', '#7a7a7a', '#c0392b'];

const STYLE = `
  text { font: 12px system-ui, sans-serif; fill: #333 }
  .title { font-size: 15px; font-weight: 600 }
  .grid { stroke: #999; stroke-opacity: .3 }
  .line { fill: none; stroke-width: 2 }
  @media (prefers-color-scheme: dark) { text { fill: #ddd } }
`;

/** CPU time by number of services, both axes logarithmic: what grows linearly is a straight line of 45 degrees. */
export function growthChart(series: readonly Series[]): string {
  const drawn = series.filter(({ points }) => points.length > 1);
  const all = drawn.flatMap(({ points }) => points);
  const x = scale(
    all.map(([services]) => services),
    LEFT,
    WIDTH - RIGHT,
  );
  const y = scale(
    all.map(([, seconds]) => seconds),
    HEIGHT - BOTTOM,
    TOP,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="title">`,
    '<title id="title">CPU time of rendering by number of services, Cutover and its peers</title>',
    `<style>${STYLE}</style>`,
    `<text class="title" x="${LEFT}" y="24">CPU time to render N services (both axes logarithmic)</text>`,
    ...x.ticks.map(
      (tick) =>
        `${gridLine(x.at(tick), TOP, x.at(tick), HEIGHT - BOTTOM)}${label(x.at(tick), HEIGHT - BOTTOM + 18, 'middle', tick.toLocaleString('en-US'))}`,
    ),
    ...y.ticks.map(
      (tick) =>
        `${gridLine(LEFT, y.at(tick), WIDTH - RIGHT, y.at(tick))}${label(LEFT - 8, y.at(tick) + 4, 'end', `${tick}`)}`,
    ),
    label((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12, 'middle', 'services'),
    `<text transform="translate(16 ${(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)" text-anchor="middle">CPU seconds (user + system)</text>`,
    ...drawn.map(({ points }, i) =>
      polyline(
        points.map(([services, seconds]) => [x.at(services), y.at(seconds)]),
        i,
      ),
    ),
    ...names(drawn.map(({ title, points }) => [title, y.at(points.at(-1)?.[1] ?? 1), x.at(points.at(-1)?.[0] ?? 1)])),
    '</svg>',
    '',
  ].join('\n');
}

interface Scale {
  readonly at: (value: number) => number;
  readonly ticks: readonly number[];
}

/** A logarithmic scale over whole decades from the smallest to the largest value, with a tick at each power of ten. */
function scale(values: readonly number[], from: number, to: number): Scale {
  const low = Math.floor(Math.log10(Math.min(...values)) * 4) / 4;
  const high = Math.ceil(Math.log10(Math.max(...values)) * 4) / 4;
  const at = (value: number) => round(from + ((Math.log10(value) - low) / (high - low)) * (to - from));
  const ticks: number[] = [];
  for (let power = Math.ceil(low); power <= high; power += 1) ticks.push(Number(`1e${power}`));
  return { at, ticks };
}

const round = (value: number): number => Math.round(value * 10) / 10;

const gridLine = (x1: number, y1: number, x2: number, y2: number): string =>
  `<line class="grid" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}"/>`;

const label = (x: number, y: number, anchor: string, text: string): string =>
  `<text x="${x}" y="${y}" text-anchor="${anchor}">${toXml(text)}</text>`;

const colourOf = (index: number): string => COLOURS[index % COLOURS.length] ?? '#888';

function polyline(points: readonly (readonly [number, number])[], index: number): string {
  const dots = points.map(([x, y]) => `<circle cx="${x}" cy="${y}" r="3" fill="${colourOf(index)}"/>`);
  return `<polyline class="line" stroke="${colourOf(index)}" points="${points.map((point) => point.join(',')).join(' ')}"/>${dots.join('')}`;
}

/** The names in a column at the right, each as near to the end of its line as the others let it. */
function names(ends: readonly (readonly [title: string, y: number, x: number])[]): readonly string[] {
  const sorted = ends.map(([title, y, x], index) => ({ title, y, x, index })).sort((a, b) => a.y - b.y);
  let free = TOP;
  return sorted.map(({ title, y, x, index }) => {
    const place = Math.max(y, free);
    free = place + 18;
    const left = WIDTH - RIGHT + 26;
    const leader = `<polyline class="grid" fill="none" points="${x + 5},${y} ${left - 14},${place} ${left - 4},${place}"/>`;
    return `${leader}<circle cx="${left}" cy="${place}" r="4" fill="${colourOf(index)}"/>${label(left + 9, place + 4, 'start', title)}`;
  });
}

const toXml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
