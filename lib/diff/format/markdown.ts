import type { Severity } from '../../diagnostic/diagnostic';
import { svgFile } from '../../picture/svg';
import type { Effect } from '../change';
import { chartOf } from '../chart';
import type { Comparison } from '../diff';
import type { JudgedChange } from '../judge';
import { DIFF_RULES } from '../rules';
import { byService, type Summary, summaryOf, titleOf } from '../summary';
import { effectsPicture } from './svg';
import { counted, fieldLine } from './text';

/** What GitHub takes as one comment. */
export const LONGEST_COMMENT = 65_536;
/** Room for what is said about what was left out. */
const RESERVE = 400;

/** By this line a comment is found again, to be kept up to date. */
export const MARKER = '<!-- cutover-diff -->';

/**
 * A comparison as one comment on a pull request. It says the most important first and leaves out from the end: the summary, what could not
 * be compared, errors, warnings, what happens to which service, then every object with its fields. What was left out is said.
 */
export function formatMarkdown(comparison: Comparison): string {
  return document(comparison, undefined);
}

const PICTURE = 'effects.svg';

/** The same as a file, with the chart of a large change beside it. */
export function markdownFiles(comparison: Comparison): readonly { readonly name: string; readonly text: string }[] {
  const picture = effectsPicture(chartOf(comparison.changes));
  if (picture === undefined) return [{ name: 'diff.md', text: formatMarkdown(comparison) }];
  return [
    { name: 'diff.md', text: document(comparison, `![${picture.title}](${PICTURE})`) },
    { name: PICTURE, text: svgFile(picture) },
  ];
}

function document(comparison: Comparison, picture: string | undefined): string {
  const summary = summaryOf(comparison);
  const parts: readonly Part[] = [
    { title: '', what: 'lines', lines: [...head(summary), ...(picture === undefined ? [] : ['', picture])] },
    {
      title: '### Not compared',
      what: 'files',
      lines: comparison.faults.map(
        ({ code, file, line, message }) => `- ${code} ${inCode(`${file}:${line}`)}: ${escaped(message)}`,
      ),
    },
    { title: '### Errors', what: 'errors', lines: effectLines(comparison.changes, 'error') },
    { title: '### Warnings', what: 'warnings', lines: effectLines(comparison.changes, 'warning') },
    { title: '### Services', what: 'services', lines: table(comparison.changes) },
    { title: '### Everything', what: 'objects', lines: objectLines(comparison.changes) },
  ];
  let text = '';
  let isFull = false;
  for (const { title, what, lines } of parts) {
    if (lines.length === 0) continue;
    const kept: string[] = [];
    let size = text.length + title.length + 4;
    for (const line of lines) {
      size += line.length + 1;
      if (isFull || size > LONGEST_COMMENT - RESERVE) break;
      kept.push(line);
    }
    if (kept.length > 0) text += `${title === '' ? '' : `\n${title}\n\n`}${kept.join('\n')}\n`;
    const left = lines.length - kept.length;
    if (left > 0) text += `\n_${left} more ${what} are left out here: run \`npm run diff\`._\n`;
    isFull ||= left > 0;
  }
  return text;
}

/** A part of the comment; each of its lines stands or goes as a whole. */
interface Part {
  readonly title: string;
  readonly what: string;
  readonly lines: readonly string[];
}

function head({ text, objects, effects }: Summary): readonly string[] {
  const counts = `${objects.added} added, ${objects.removed} removed, ${objects.changed} changed, ${objects.moved} moved`;
  return [
    MARKER,
    '## What this change does on the cluster',
    '',
    `**${escaped(text)}**`,
    '',
    `Objects: ${counts}. Effects: ${counted(effects.error, 'error')}, ${counted(effects.warning, 'warning')}, ${counted(effects.info, 'note')}.`,
  ];
}

const placed = ({ change }: JudgedChange): string => {
  const place = (change.after ?? change.before)?.placeOf([]);
  return place === undefined ? '' : ` ${inCode(`${place.file}:${place.line}`)}`;
};

function effectLines(changes: readonly JudgedChange[], severity: Severity): readonly string[] {
  return changes.flatMap((judged) =>
    judged.effects
      .filter((effect) => effect.severity === severity)
      .map((effect) => `- **${effect.code}** ${escaped(effect.message)}.${placed(judged)}<br>${escaped(effect.hint)}`),
  );
}

/** Which services have which effects; a chart of a large change. Services to which the same happens are one row. */
function table(changes: readonly JudgedChange[]): readonly string[] {
  const { codes, rows } = chartOf(changes);
  if (rows.reduce((sum, { services }) => sum + services.length, 0) < 2) return [];
  const titles = codes.map(
    (code) => `| \`${code}\` | ${escaped(DIFF_RULES.find((rule) => rule.code === code)?.title ?? '')} |`,
  );
  return [
    `| service | ${codes.join(' | ')} |\n|---|${codes.map(() => ':-:|').join('')}`,
    ...rows.map(({ services: [first = '', ...others], cells }) => {
      const more = others.length === 0 ? '' : ` and ${others.length} like it`;
      return `| ${inCode(first)}${more} | ${codes.map((code) => cells.get(code)?.objects ?? '').join(' | ')} |`;
    }),
    `\n<details><summary>What the codes mean</summary>\n\n| code | effect |\n|---|---|\n${titles.join('\n')}\n\n</details>`,
  ];
}

/** So many fields of an object are shown in a comment. */
const MOST_FIELDS = 8;

function objectLines(changes: readonly JudgedChange[]): readonly string[] {
  return [...byService(changes).values()].flat().map((judged) => {
    const { change, effects } = judged;
    const fields = change.fields.filter(({ path }) => path !== '(root)');
    const left = fields.length > MOST_FIELDS ? [`… ${fields.length - MOST_FIELDS} more fields`] : [];
    const shown = [...fields.slice(0, MOST_FIELDS).map((field) => fieldLine(judged, field)), ...left];
    const told = effects.map(({ code, message }: Effect) => `  - ${code} ${escaped(message)}`);
    return [`- ${change.kind} ${inCode(titleOf(judged))}`, ...shown.map((line) => `  - ${inCode(line)}`), ...told].join(
      '\n',
    );
  });
}

/** Text of a manifest in which nothing is markup, a link or a mention of somebody. */
const escaped = (text: string): string =>
  text
    .replace(/[\r\n]+/g, ' ')
    .replace(/[&<>@\\`*_[\]|~#]/g, (c) => ENTITIES[c] ?? `\\${c}`)
    .replaceAll('://', '&#58;//')
    .replaceAll('www.', 'www&#46;');

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '@': '&#64;' };

/** Text as code; in a table a bar would end the cell. */
function inCode(text: string): string {
  const flat = text.replace(/[\r\n]+/g, ' ').replace(/\|/g, '¦');
  const longest = Math.max(0, ...[...flat.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${flat}${fence}` : `${fence} ${flat} ${fence}`;
}
