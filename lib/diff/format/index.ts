import type { Comparison } from '../diff';
import { formatJson } from './json';

/** What a terminal can show. */
export interface Terminal {
  readonly colour: boolean;
}

export type Write = (comparison: Comparison, terminal: Terminal) => string;

/** How a comparison can be written. */
export const DIFF_FORMATS = {
  text: formatJson,
  markdown: formatJson,
  json: formatJson,
  sarif: formatJson,
} as const satisfies Readonly<Record<string, Write>>;

export type DiffFormat = keyof typeof DIFF_FORMATS;

export const isDiffFormat = (name: string): name is DiffFormat => Object.hasOwn(DIFF_FORMATS, name);
