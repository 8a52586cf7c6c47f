/** Text in XML and HTML: what could end it is escaped. */
export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** A coordinate with at most two digits behind the point, so that the same numbers give the same bytes. */
export const at = (value: number): string => String(Number(value.toFixed(2)));

/** A picture with a name and a description for those who do not see it. */
export interface Picture {
  /** Tells it from the other pictures of a page. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly width: number;
  readonly height: number;
  readonly body: string;
}

/** The colours of all pictures: told apart without red and green, and 4.5 to 1 or more against both backgrounds. */
const COLOURS = `
  .picture { --ink: #1f2933; --muted: #52606d; --line: #cbd2d9; --paper: #ffffff; --band: #eef2f7;
    --stable: #1f5fa8; --canary: #b3540b; --ending: #6b7785; --extra: #6d3fb0; --fourth: #0f766e; }
  @media (prefers-color-scheme: dark) {
    .picture { --ink: #e6eaf0; --muted: #a6b1bf; --line: #3d4752; --paper: #14181d; --band: #1e252d;
      --stable: #7db4f0; --canary: #f0a35e; --ending: #98a4b3; --extra: #c3a1f5; --fourth: #5fd0c3; } }`;

const SHAPES = `
  .picture text { font: 12px system-ui, -apple-system, "Segoe UI", sans-serif; fill: var(--ink);
    paint-order: stroke; stroke: var(--paper); stroke-width: 3px; stroke-linejoin: round; }
  .picture .muted { fill: var(--muted); }
  .picture .axis { stroke: var(--line); stroke-width: 1; fill: none; }
  .picture .paper { fill: var(--paper); }
  .picture .band { fill: var(--band); }
  .picture .stable { fill: var(--stable); } .picture .canary { fill: var(--canary); }
  .picture .ending { fill: var(--ending); } .picture .extra { fill: var(--extra); }
  .picture .area { opacity: .85; }
  .picture .weight { fill: var(--canary); opacity: .16; }
  .picture .stroke { fill: none; stroke: var(--canary); stroke-width: 2.5; stroke-linejoin: round; }
  .picture .dashed { stroke: var(--ink); stroke-width: 1.25; stroke-dasharray: 5 4; fill: none; }
  .picture .curve { fill: none; stroke-width: 2.25; stroke-linejoin: round; }
  .picture .c0 { stroke: var(--ink); stroke-width: 3.5; } .picture .c1 { stroke: var(--stable); } .picture .c2 { stroke: var(--canary); }
  .picture .c3 { stroke: var(--extra); } .picture .c4 { stroke: var(--fourth); }
  .picture .m0 { fill: var(--ink); } .picture .m1 { fill: var(--stable); } .picture .m2 { fill: var(--canary); }
  .picture .m3 { fill: var(--extra); } .picture .m4 { fill: var(--fourth); }`;

/** The rules of all pictures; a page has them once. */
export const PICTURE_STYLE = `${COLOURS}${SHAPES}\n`;

/** A picture within a page, which has the rules. */
export function inlineSvg({ title, description, width, height, body, ...picture }: Picture): string {
  const id = escaped(picture.id);
  return `<svg class="picture" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-title ${id}-desc">
<title id="${id}-title">${escaped(title)}</title>
<desc id="${id}-desc">${escaped(description)}</desc>
${body}</svg>
`;
}

/** A picture as a file of its own. */
export function svgFile(picture: Picture): string {
  const { width, height } = picture;
  return inlineSvg({
    ...picture,
    body: `<style>${PICTURE_STYLE}</style>\n<rect class="paper" width="${width}" height="${height}"/>\n${picture.body}`,
  });
}

type Attributes = Readonly<Record<string, string | number>>;

const attributesOf = (attributes: Attributes): string =>
  Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${typeof value === 'number' ? at(value) : escaped(value)}"`)
    .join('');

export const element = (name: string, attributes: Attributes): string => `<${name}${attributesOf(attributes)}/>\n`;

export const text = (content: string, attributes: Attributes): string =>
  `<text${attributesOf(attributes)}>${escaped(content)}</text>\n`;

export type Point = readonly [x: number, y: number];

/** A line from point to point. */
export const pathOf = (points: readonly Point[]): string =>
  points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${at(x)} ${at(y)}`).join('');

/** A line that keeps its height until the next point. */
export const stepsOf = (points: readonly Point[]): readonly Point[] =>
  points.flatMap(([x, y], i): readonly Point[] => {
    const before = points[i - 1];
    return before === undefined
      ? [[x, y]]
      : [
          [x, before[1]],
          [x, y],
        ];
  });
