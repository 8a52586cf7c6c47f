import type { Comparison } from '../diff';
import { formatHtml } from './html';
import { formatJson } from './json';
import { formatMarkdown } from './markdown';
import { formatSarif } from './sarif';
import type { Terminal } from './terminal';
import { formatText } from './text';

export type Write = (comparison: Comparison, terminal: Terminal) => string;

/** How a comparison can be written. */
export const DIFF_FORMATS = {
  text: formatText,
  markdown: formatMarkdown,
  json: formatJson,
  sarif: formatSarif,
  html: formatHtml,
} as const satisfies Readonly<Record<string, Write>>;

export type DiffFormat = keyof typeof DIFF_FORMATS;

export const isDiffFormat = (name: string): name is DiffFormat => Object.hasOwn(DIFF_FORMATS, name);
