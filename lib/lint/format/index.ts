import type { LintFinding } from '../report';
import { ruleOf } from '../rule-of';
import { formatGithub } from './github';
import { formatJson } from './json';
import { formatSarif } from './sarif';
import { formatText } from './text';

/** How findings can be written. */
export const FORMATS = {
  text: formatText,
  json: formatJson,
  sarif: (findings: readonly LintFinding[]) => formatSarif(findings, ruleOf),
  github: formatGithub,
} as const satisfies Readonly<Record<string, (findings: readonly LintFinding[]) => string>>;

export type Format = keyof typeof FORMATS;

export const isFormat = (name: string): name is Format => Object.hasOwn(FORMATS, name);
