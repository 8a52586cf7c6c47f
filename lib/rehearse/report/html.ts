import { escaped, ms } from './markup';
import type { RehearsalReport, StageReport } from './report';
import { lockClass, timeline } from './timeline';

/** A rehearsal as one page that needs nothing beside it. */
export function toHtml(report: RehearsalReport): string {
  const { service, environment, verdict } = report;
  const title = `Rehearsal of ${service} in ${environment}: ${verdict}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escaped(service)} in ${escaped(environment)} <span class="verdict ${verdict}">${verdict}</span></h1>
<p>${escaped(report.flyway)} on ${escaped(report.server)}.<br>${escaped(rows(report))}<br>${escaped(summary(report))}</p>
${findings(report)}
<p class="legend">Locks: <i class="weak"></i> stops nobody who reads or writes <i class="writes"></i> stops writers <i class="all"></i> stops everybody
<i class="none"></i> none seen. The red line is the budget, × are failed calls.</p>
${report.stages.map((stage) => section(stage, report.maxWaitMs)).join('\n')}
${drills(report)}
</body>
</html>
`;
}

function rows({ base, seeded }: RehearsalReport): string {
  const told = seeded.map(({ table, rows: count }) => `${count} in ${table}`).join(', ');
  return `Migrated to ${base}, then rows: ${told === '' ? 'none' : told}.`;
}

function summary({ stages, maxWaitMs, ownDelayMs }: RehearsalReport): string {
  const probes = stages.flatMap((stage) => stage.probes);
  const calls = probes.reduce((sum, one) => sum + one.calls, 0);
  const failures = probes.flatMap((one) => one.failures).reduce((sum, one) => sum + one.count, 0);
  const read = Math.max(0, ...stages.map(({ longestReadMs }) => longestReadMs));
  const write = Math.max(0, ...stages.map(({ longestWriteMs }) => longestWriteMs));
  return (
    `${failures} of ${calls} calls failed. Longest wait: reader ${ms(read)}, writer ${ms(write)}; ${ms(maxWaitMs)} are allowed. ` +
    `The process that measures was itself held up for ${ms(ownDelayMs)} at most.`
  );
}

function findings({ findings: all }: RehearsalReport): string {
  if (all.length === 0) return '';
  const items = all.map(({ code, severity, message, hint, position }) => {
    const at = position === undefined ? '' : ` <code>${escaped(position.file)}:${position.line}</code>`;
    return `<li class="${severity}"><b>${code}</b>${at} ${escaped(message)}<br><small>${escaped(hint ?? '')}</small></li>`;
  });
  return `<h2>Findings</h2>\n<ul class="findings">${items.join('\n')}</ul>`;
}

function section(stage: StageReport, maxWaitMs: number): string {
  const beside = stage.versions.length === 0 ? 'nobody' : stage.versions.join(' and ');
  return `<section>
<h2>${escaped(stage.version)} <small>${stage.phase}, ${stage.outcome}, beside ${escaped(beside)}</small></h2>
<p><code>${escaped(stage.file)}</code></p>
${timeline(stage, maxWaitMs)}
${table(
  ['line', 'statement', 'took', 'strongest lock', 'reader', 'writer', 'failed'],
  stage.statements.map((one) => [
    String(one.line),
    `<code>${escaped(one.text)}</code>${one.sqlState === null ? '' : ` <b class="bad">${escaped(one.sqlState)}</b>`}`,
    ms(one.ms),
    one.lock === null
      ? '–'
      : `<i class="${lockClass(one.lock)}"></i> ${escaped(one.lock)} ${escaped(one.lockedRelation ?? '')}`,
    ms(one.longestReadMs),
    ms(one.longestWriteMs),
    String(one.failedProbes),
  ]),
)}
<details><summary>The statements of the versions</summary>
${table(
  ['version', 'statement', 'kind', 'calls', 'median', 'longest', 'failures'],
  stage.probes.map((one) => [
    escaped(one.version),
    escaped(one.probe),
    one.kind,
    String(one.calls),
    ms(one.medianMs),
    ms(one.longestMs),
    one.failures
      .map(({ count, sqlState, message }) => escaped(`${count} × ${sqlState ?? 'no answer'} ${message}`))
      .join('<br>'),
  ]),
)}
</details>
</section>`;
}

function drills({ drills: all }: RehearsalReport): string {
  if (all.length === 0) return '';
  return `<h2>Drills</h2>
${table(
  ['migration', 'drill', 'verdict', 'what happened', 'took'],
  all.map((one) => [
    escaped(one.migration ?? ''),
    escaped(one.name),
    `<b class="verdict ${one.verdict}">${one.verdict}</b>`,
    escaped(one.told),
    `${one.seconds} s`,
  ]),
)}`;
}

const table = (head: readonly string[], body: readonly (readonly string[])[]): string =>
  `<table><thead><tr>${head.map((cell) => `<th>${cell}</th>`).join('')}</tr></thead>
<tbody>${body.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('\n')}</tbody></table>`;

const STYLE = `
:root { color-scheme: light dark; --ink: #1c2430; --soft: #667085; --line: #d7dce3; --paper: #fff; --wait: #4a7fb5;
  --weak: #8fb8de; --writes: #e0a03c; --all: #c8453b; --none: #b9c0ca; --good: #2e7d4f; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ee; --soft: #98a2b3; --line: #39424f; --paper: #14181e; --wait: #6ea3d8;
  --good: #5fbf87; --bad: #ff7b72; } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 1060px; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .3rem; } small { color: var(--soft); font-weight: 400; }
code { font: 13px ui-monospace, monospace; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; margin: .6rem 0; font-size: 13px; }
th { text-align: left; color: var(--soft); font-weight: 500; } th, td { padding: .25rem .6rem .25rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td:not(:nth-child(2)) { white-space: nowrap; } td:nth-child(4) { white-space: normal; }
.verdict { border-radius: 4px; padding: 0 .4em; color: var(--paper); font-size: .85em; background: var(--soft); }
.verdict.passed { background: var(--good); } .verdict.failed { background: var(--bad); } .bad { color: var(--bad); }
.findings { padding-left: 1.2rem; } .findings .error b { color: var(--bad); }
.legend i, td i { display: inline-block; width: .8em; height: .8em; border-radius: 2px; margin: 0 .2em 0 .6em; } td i { margin-left: 0; }
i.weak { background: var(--weak); } i.writes { background: var(--writes); } i.all { background: var(--all); } i.none { background: var(--none); }
svg { width: 100%; height: auto; font: 11px system-ui, sans-serif; }
svg .statement.none { fill: var(--none); } svg .statement.weak { fill: var(--weak); } svg .statement.writes { fill: var(--writes); }
svg .statement.all { fill: var(--all); } svg .wait { fill: var(--wait); } svg .wait.over { fill: var(--bad); }
svg .label { fill: var(--soft); text-anchor: end; } svg .strong { fill: var(--ink); } svg .tick { fill: var(--soft); text-anchor: middle; }
svg .axis { stroke: var(--soft); } svg .grid { stroke: var(--line); } svg .budget { stroke: var(--bad); stroke-dasharray: 4 3; }
svg .failure { fill: var(--bad); font-size: 16px; font-weight: 700; text-anchor: middle; }
`;
