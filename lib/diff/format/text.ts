import type { Severity } from '../../diagnostic/diagnostic';
import { printable, showValue } from '../../diagnostic/format';
import { type ChangeKind, type Field, objectOf } from '../change';
import type { Comparison } from '../diff';
import type { JudgedChange } from '../judge';
import { byService, summaryOf, titleOf } from '../summary';
import { shownField } from './shown';
import type { Terminal } from './terminal';

const SIGNS: Readonly<Record<ChangeKind, string>> = { added: '+', removed: '-', changed: '~', moved: '>' };
const COLOURS: Readonly<Record<Severity | 'dim' | 'bold', number>> = {
  error: 31,
  warning: 33,
  info: 36,
  dim: 2,
  bold: 1,
};

/** So many fields of an object are shown. */
const MOST_FIELDS = 12;

/** A comparison for a terminal: the summary, then service by service what differs and what it does. */
export function formatText(comparison: Comparison, { colour }: Terminal): string {
  const paint = (text: string, as: keyof typeof COLOURS): string =>
    colour ? `\u001b[${COLOURS[as]}m${text}\u001b[0m` : text;
  const { text, objects, effects } = summaryOf(comparison);
  const counts = `${objects.added} added, ${objects.removed} removed, ${objects.changed} changed, ${objects.moved} moved; ${counted(effects.error, 'error')}, ${counted(effects.warning, 'warning')}`;
  const lines = [paint(printable(text), 'bold'), paint(counts, 'dim')];
  for (const [service, changes] of byService(comparison.changes)) {
    lines.push('', paint(printable(service), 'bold'));
    for (const judged of changes) lines.push(...linesOf(judged, paint));
  }
  return `${lines.join('\n')}\n`;
}

/** A number of things. */
export const counted = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;

type Paint = (text: string, as: keyof typeof COLOURS) => string;

function linesOf(judged: JudgedChange, paint: Paint): readonly string[] {
  const { change, effects } = judged;
  const place = (change.after ?? change.before)?.placeOf([]);
  const where = place === undefined ? '' : `  ${place.file}:${place.line}`;
  const fields = change.fields
    .filter(({ path }) => path !== '(root)')
    .map((field) => `      ${printable(fieldLine(judged, field))}`);
  const left = fields.length > MOST_FIELDS ? [`      … ${fields.length - MOST_FIELDS} more fields`] : [];
  return [
    `  ${SIGNS[change.kind]} ${printable(titleOf(judged))}${paint(printable(where), 'dim')}`,
    ...[...fields.slice(0, MOST_FIELDS), ...left].map((line) => paint(line, 'dim')),
    ...effects.flatMap(({ code, severity, message, hint }) => [
      `    ${paint(severity, severity)} ${code} ${printable(message)}`,
      ...(severity === 'info' ? [] : [`      hint: ${printable(hint)}`]),
    ]),
  ];
}

/** One field in one line: `spec.replicas: 3 → 5`. */
export function fieldLine({ change }: Pick<JudgedChange, 'change'>, field: Field): string {
  const { path, before, after, moved, idle, ignored } = shownField(objectOf(change), field);
  const note = ignored ? ' (Argo CD ignores this)' : idle === undefined ? '' : ' (changes nothing)';
  if (moved) return `${path}: moves from place ${Number(before) + 1} to ${Number(after) + 1}${note}`;
  const shown = (value: unknown): string => (value === null ? 'nothing' : (showValue(value) ?? 'nothing'));
  return `${path}: ${shown(before)} → ${shown(after)}${note}`;
}
