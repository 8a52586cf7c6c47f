import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Diagnostic } from '../diagnostic/diagnostic';
import { PLAN_CODES } from '../plan/codes';
import { formatHtml } from '../plan/format/html';
import { formatJson } from '../plan/format/json';
import { formatMarkdown, type PlanFile } from '../plan/format/markdown';
import { formatText } from '../plan/format/text';
import type { EnvironmentPlan } from '../plan/platform-plan';
import type { PlanFormat, PlanOptions } from './plan-options';

/** What each format makes: one text, or a document with files beside it. */
const FORMATTERS: { readonly [F in PlanFormat]: (plans: readonly EnvironmentPlan[]) => string | readonly PlanFile[] } =
  {
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
  const files = typeof made === 'string' ? [{ name: path.basename(out), text: made }] : made;
  const folder = typeof made === 'string' ? path.dirname(out) : out;
  try {
    fs.mkdirSync(folder, { recursive: true });
    for (const { name, text } of files) fs.writeFileSync(path.join(folder, name), text);
    print(
      `${typeof made === 'string' ? out : path.join(out, files[0]?.name ?? '')}: ${format}, ${files.length} ${files.length === 1 ? 'file' : 'files'}\n`,
    );
    return undefined;
  } catch (error) {
    return {
      code: 'PLN004',
      severity: PLAN_CODES.PLN004.severity,
      path: '--out',
      message: `${out} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
      hint:
        typeof made === 'string'
          ? 'name a file in a folder that may be written'
          : 'name a folder; the pictures stand beside the document',
      value: out,
    };
  }
}
