import type { Diagnostic } from './diagnostic';

/**
 * Diagnostics as lines for a terminal: `error CAT003 services.json:12:9 services.frontend.ports: …`, the value and the
 * hint indented below. Control characters in values cannot reach the terminal: they are shown escaped.
 */
export function formatDiagnostics(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map(formatDiagnostic).join('');
}

function formatDiagnostic(d: Diagnostic): string {
  const at = d.position ? `${d.position.file}:${d.position.line}:${d.position.column} ` : '';
  const lines = [`${d.severity} ${d.code} ${at}${d.path}: ${d.message}`];
  if (d.value !== undefined) lines.push(`  value: ${d.value}`);
  if (d.hint !== undefined) lines.push(`  hint: ${d.hint}`);
  return lines.map((line) => `${printable(line)}\n`).join('');
}

const LONGEST_VALUE = 120;

/** A value as it stands in the file, in JSON, cut to 120 characters; undefined where nothing stands. */
export function showValue(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const text = JSON.stringify(value) ?? String(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}… (${text.length} characters)` : text;
}

/**
 * One line for a terminal. Escaped is what could begin another line, move the cursor, colour the text, reverse its reading
 * order or not be seen at all: control, format and separator characters, halves of pairs, and what is no character.
 */
export function printable(line: string): string {
  return line.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (c) =>
    [...Array(c.length).keys()].map((i) => `\\u${c.charCodeAt(i).toString(16).padStart(4, '0')}`).join(''),
  );
}

/** Errors first, then by place in the file, then by path and code: the same order on every machine. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...diagnostics].sort(
    (a, b) =>
      SEVERITY_ORDER[a.severity] - SEVERITY_ORDER[b.severity] ||
      (a.position?.line ?? 0) - (b.position?.line ?? 0) ||
      (a.position?.column ?? 0) - (b.position?.column ?? 0) ||
      compareText(a.path, b.path) ||
      compareText(a.code, b.code) ||
      compareText(a.message, b.message),
  );
}

const SEVERITY_ORDER = { error: 0, warning: 1, info: 2 } as const;

/** Order by code unit: unlike localeCompare it does not depend on the machine's locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
