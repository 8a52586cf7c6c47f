import type { Severity } from '../../diagnostic/diagnostic';
import { element, type Picture, text } from '../../picture/svg';
import type { Chart, ChartRow } from '../chart';
import { DIFF_RULES } from '../rules';

const WIDTH = 860;
const LABELS = 250;
const ROW = 22;
const HEADER = 62;
const LEGEND_ROW = 18;
const WIDEST_COLUMN = 44;
/** So many rows are drawn: more cannot be taken in. */
const MOST_ROWS = 60;
const LONGEST_LABEL = 36;

/** Size tells as much as colour. */
const SIDES: Readonly<Record<Severity, number>> = { error: 18, warning: 14, info: 9 };

/** Colours of 3 to 1 and more against both backgrounds, told apart without red and green. */
const STYLE = `<style>
  .picture .error { fill: #b42318; } .picture .warning { fill: #b3540b; } .picture .info { fill: #1f5fa8; }
  .picture .count { font-size: 10px; text-anchor: middle; }
  @media (prefers-color-scheme: dark) { .picture .error { fill: #ff8a80; } .picture .warning { fill: #f0a35e; } .picture .info { fill: #7db4f0; } }
</style>
`;

/** The chart as a picture; undefined where there is nothing to compare. */
export function effectsPicture({ codes, rows }: Chart, id = 'effects'): Picture | undefined {
  const services = rows.reduce((sum, row) => sum + row.services.length, 0);
  if (services < 2 || codes.length === 0) return undefined;
  const shown = rows.slice(0, MOST_ROWS);
  const column = Math.min(WIDEST_COLUMN, (WIDTH - LABELS - 16) / codes.length);
  const bottom = HEADER + shown.length * ROW;
  const left = services - shown.reduce((sum, row) => sum + row.services.length, 0);
  const legend = bottom + (left > 0 ? ROW : 0) + 26;
  return {
    id,
    title: `What the change does: ${services} services by ${codes.length} effects`,
    description: codes.map((code) => `${code}: ${titleOf(code)}, ${affected(rows, code)} services`).join('. '),
    width: WIDTH,
    height: legend + codes.length * LEGEND_ROW + 18,
    body: [
      STYLE,
      ...codes.map((code, i) => header(code, LABELS + column * (i + 0.5))),
      ...shown.map((row, i) => rowOf(row, codes, HEADER + i * ROW, column, i)),
      left > 0 ? text(`and ${left} more services`, { class: 'muted', x: 8, y: bottom + 16 }) : '',
      ...codes.map((code, i) =>
        text(`${code}  ${titleOf(code)} (${affected(rows, code)})`, { x: 8, y: legend + i * LEGEND_ROW }),
      ),
      text('large: error, middle: warning, small: note; a number says how many objects', {
        class: 'muted',
        x: 8,
        y: legend + codes.length * LEGEND_ROW + 6,
      }),
    ].join(''),
  };
}

const titleOf = (code: string): string => DIFF_RULES.find((rule) => rule.code === code)?.title ?? '';

const affected = (rows: readonly ChartRow[], code: string): number =>
  rows.reduce((sum, row) => (row.cells.has(code) ? sum + row.services.length : sum), 0);

const header = (code: string, x: number): string =>
  text(code, {
    class: 'muted',
    x: x - 4,
    y: HEADER - 8,
    transform: `rotate(-55 ${Number(x.toFixed(2))} ${HEADER - 8})`,
  });

function rowOf(
  { services, cells }: ChartRow,
  codes: readonly string[],
  y: number,
  column: number,
  index: number,
): string {
  const band = index % 2 === 0 ? element('rect', { class: 'band', x: 0, y, width: WIDTH, height: ROW }) : '';
  const marks = codes.map((code, i) => {
    const cell = cells.get(code);
    if (cell === undefined) return '';
    const side = SIDES[cell.severity];
    const [x, middle] = [LABELS + column * (i + 0.5), y + ROW / 2];
    const mark = element('rect', {
      class: cell.severity,
      x: x - side / 2,
      y: middle - side / 2,
      width: side,
      height: side,
      rx: 3,
    });
    return cell.objects < 2 ? mark : `${mark}${text(String(cell.objects), { class: 'count', x, y: middle + 3.5 })}`;
  });
  return `${band}${text(labelOf(services), { x: 8, y: y + 15 })}${marks.join('')}`;
}

function labelOf([first = '', ...others]: readonly string[]): string {
  const more = others.length === 0 ? '' : ` and ${others.length} like it`;
  const room = LONGEST_LABEL - more.length;
  return `${first.length > room ? `${first.slice(0, room - 1)}…` : first}${more}`;
}
