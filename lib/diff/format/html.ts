import type { Severity } from '../../diagnostic/diagnostic';
import { PAGE_STYLE } from '../../picture/page-style';
import { escaped, inlineSvg, PICTURE_STYLE } from '../../picture/svg';
import { chartOf } from '../chart';
import type { Comparison } from '../diff';
import type { JudgedChange } from '../judge';
import { byService, summaryOf, titleOf } from '../summary';
import { effectsPicture } from './svg';
import { counted, fieldLine } from './text';

const STYLE = `
  .effect { margin: 4px 0; } .effect b { display: inline-block; min-width: 4.5em; }
  .effect.error b { color: #b42318; } .effect.warning b { color: #b3540b; } .effect.info b { color: var(--soft); }
  @media (prefers-color-scheme: dark) { .effect.error b { color: #ff8a80; } .effect.warning b { color: #f0a35e; } }
  .hint, .field { color: var(--soft); } .field { font: 13px ui-monospace, SFMono-Regular, Menlo, monospace; overflow-wrap: anywhere; }
  .object { margin: 10px 0 10px 4px; } ul { padding-left: 20px; margin: 4px 0; }`;

/** More services than this are closed at first. */
const MOST_OPEN = 5;
/** So many fields of an object are shown. */
const MOST_FIELDS = 40;

/** A comparison as one page that needs nothing else: no script, no font, no picture from elsewhere. */
export function formatHtml(comparison: Comparison): string {
  const { text, objects, effects } = summaryOf(comparison);
  const counts = `${objects.added} added, ${objects.removed} removed, ${objects.changed} changed, ${objects.moved} moved; ${counted(effects.error, 'error')}, ${counted(effects.warning, 'warning')}, ${counted(effects.info, 'note')}`;
  const picture = effectsPicture(chartOf(comparison.changes));
  const services = [...byService(comparison.changes)];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>What this change does on the cluster</title>
<style>${PAGE_STYLE}${PICTURE_STYLE}${STYLE}</style>
</head>
<body>
<a class="skip" href="#services">To the services</a>
<header><h1>What this change does on the cluster</h1><p>${escaped(text)}</p></header>
<main>
<section><p class="lead">${escaped(counts)}</p>${picture === undefined ? '' : `<figure>${inlineSvg(picture)}</figure>`}</section>
${faults(comparison)}<div id="services">
${services.map(([service, changes]) => section(service, changes, services.length <= MOST_OPEN)).join('')}</div>
</main>
</body>
</html>
`;
}

function faults({ faults: found }: Comparison): string {
  if (found.length === 0) return '';
  const lines = found.map(
    ({ code, file, line, message, hint }) =>
      `<li><b>${code}</b> ${escaped(`${file}:${line}: ${message}`)} <span class="hint">${escaped(hint)}</span></li>`,
  );
  return `<section><h2>Not compared</h2><ul>${lines.join('')}</ul></section>\n`;
}

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

function section(service: string, changes: readonly JudgedChange[], open: boolean): string {
  const found = changes.flatMap(({ effects }) => effects);
  const worst = SEVERITIES.find((one) => found.some(({ severity }) => severity === one)) ?? 'info';
  const isOpen = open || worst === 'error';
  return `<details class="plan-of"${isOpen ? ' open' : ''}><summary><h2>${escaped(service)} <span>${counted(changes.length, 'object')}, worst: ${worst}</span></h2></summary>
${changes.map(objectOf).join('')}</details>
`;
}

function objectOf(judged: JudgedChange): string {
  const { change, effects } = judged;
  const place = (change.after ?? change.before)?.placeOf([]);
  const fields = change.fields.filter(({ path }) => path !== '(root)');
  const lines = fields
    .slice(0, MOST_FIELDS)
    .map((field) => `<li class="field">${escaped(fieldLine(judged, field))}</li>`);
  if (fields.length > MOST_FIELDS) lines.push(`<li class="field">… ${fields.length - MOST_FIELDS} more fields</li>`);
  const told = effects.map(
    ({ code, severity, message, hint }) =>
      `<div class="effect ${severity}"><b>${severity}</b> ${code} ${escaped(message)}${severity === 'info' ? '' : ` <span class="hint">${escaped(hint)}</span>`}</div>`,
  );
  const where = place === undefined ? '' : ` <span class="hint">${escaped(`${place.file}:${place.line}`)}</span>`;
  return `<div class="object"><b>${change.kind}</b> ${escaped(titleOf(judged))}${where}
${told.join('\n')}
<ul>${lines.join('')}</ul></div>
`;
}
