import { SCENARIOS, UNCHECKED, UNLIKE } from './arena';
import type { Bar, Verdict } from './bars';
import { PEERS } from './peers';
import type { Results } from './results';

/** Everybody who is measured, by id, in the order of the tables. */
export const CONTESTANTS: readonly { readonly id: string; readonly title: string }[] = [
  ...SCENARIOS,
  UNCHECKED,
  UNLIKE,
  ...PEERS,
  { id: 'node', title: '`node -e 0`' },
];

const titleOf = (id: string): string => CONTESTANTS.find((one) => one.id === id)?.title ?? id;

export const count = (services: number): string => services.toLocaleString('en-US');

/** Two digits that say something. */
export const number = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value >= 1 ? value.toFixed(2) : value.toFixed(3);

/** A Markdown table, its columns aligned so that it reads as text, too. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(3, ...[head, ...rows].map((row) => row[column]?.length ?? 0), title.length),
  );
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, i) => (i === 0 ? (cells[i] ?? '').padEnd(width) : (cells[i] ?? '').padStart(width))).join(' | ')} |`;
  const rule = `|${widths.map((width, i) => (i === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  return `${[line(head), rule, ...rows.map(line)].join('\n')}\n`;
}

/** CPU seconds, or peak memory, of everybody at every size. */
export function costTable(results: Results, sizes: readonly number[], field: 'seconds' | 'mebibytes'): string {
  const cell = (id: string, size: number): string => {
    const cost = results.of(id, size);
    if (cost === undefined) return '–';
    return field === 'seconds' ? number(cost.seconds) : cost.mebibytes.toFixed(0);
  };
  const rows = CONTESTANTS.map(({ id, title }) => [title, ...sizes.map((size) => cell(id, size))]);
  return table(
    ['services', ...sizes.map(count)],
    rows.filter((row) => row.slice(1).some((text) => text !== '–')),
  );
}

/** Every bar with what was measured. */
export const barTable = (verdicts: readonly Verdict[]): string =>
  table(
    ['what', 'limit', 'measured', '', 'unchecked', 'no two alike'],
    verdicts.map(({ bar, value, unchecked, unlike, held }) => [
      describe(bar),
      `≤ ${bar.limit}${unitOf(bar)}`,
      value === undefined ? 'not measured' : told(value, bar),
      value === undefined ? '' : held ? 'holds' : 'missed',
      unchecked === undefined ? '' : told(unchecked, bar),
      unlike === undefined ? '' : told(unlike, bar),
    ]),
  );

const told = (value: number, bar: Bar): string => `${number(value)}${unitOf(bar)}`;

/** One line for each bar that was missed: by how much. */
export const missed = (verdicts: readonly Verdict[]): readonly string[] =>
  verdicts.flatMap(({ bar, value, held }) =>
    held || value === undefined
      ? []
      : [
          `${describe(bar)}: ${told(value, bar)} is ${((value / bar.limit - 1) * 100).toFixed(0)} % above ${bar.limit}${unitOf(bar)}`,
        ],
  );

const unitOf = ({ of }: Bar): string => (of === 'MiB' ? ' MiB' : '×');

function describe({ scenario, services, of }: Bar): string {
  const who = `${titleOf(scenario)}, ${count(services)} ${services === 1 ? 'service' : 'services'}`;
  if (of === 'MiB') return `${who}: peak memory`;
  return `${who}: CPU of ${'peer' in of ? titleOf(of.peer) : `${count(of.services)} services`}`;
}
