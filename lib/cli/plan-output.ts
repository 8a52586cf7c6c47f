import type { Diagnostic } from '../diagnostic/diagnostic';
import { PLAN_CODES } from '../plan/codes';
import { formatHtml } from '../plan/format/html';
import { formatJson } from '../plan/format/json';
import { formatMarkdown } from '../plan/format/markdown';
import { formatText } from '../plan/format/text';
import type { EnvironmentPlan } from '../plan/platform-plan';
import type { PlanFormat, PlanOptions } from './plan-options';
import { type Made, writeFiles } from './write-files';

/** What each format makes: one text, or a document with files beside it. */
const FORMATTERS: { readonly [F in PlanFormat]: (plans: readonly EnvironmentPlan[]) => Made } = {
  text: formatText,
  json: formatJson,
  markdown: formatMarkdown,
  html: formatHtml,
};

/** Writes plans where they were asked for; gives what is wrong with that place. */
export function writePlan(
  plans: readonly EnvironmentPlan[],
  { format, out }: PlanOptions,
  print: (text: string) => void,
): Diagnostic | undefined {
  const made = FORMATTERS[format](plans);
  if (out === undefined) {
    // Without the pictures, the tables say the same.
    print(typeof made === 'string' ? made : (made[0]?.text ?? ''));
    return undefined;
  }
  const written = writeFiles(made, format, out);
  if ('told' in written) {
    print(written.told);
    return undefined;
  }
  return {
    code: 'PLN004',
    severity: PLAN_CODES.PLN004.severity,
    path: '--out',
    message: written.wrong,
    hint:
      typeof made === 'string'
        ? 'name a file in a folder that may be written'
        : 'name a folder; the pictures stand beside the document',
    value: out,
  };
}
