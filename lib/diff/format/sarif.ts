import { type RuleDescription, formatSarif as writeSarif } from '../../lint/format/sarif';
import type { LintFinding } from '../../lint/report';
import { nameOf } from '../../manifest/object';
import { type Change, objectOf } from '../change';
import { DIFF_CODES, type DiffCode } from '../codes';
import type { Comparison } from '../diff';
import { DIFF_RULES } from '../rules';

/** The comparison as a SARIF log: each effect at the line that has it.. */
export function formatSarif({ changes, faults }: Comparison): string {
  const findings = changes.flatMap(({ change, effects }) =>
    effects.map(({ code, severity, path, message, hint }): LintFinding => {
      const object = objectOf(change);
      return { code, severity, path, ...placeOf(change, path), object: nameOf(object), message, hint };
    }),
  );
  return writeSarif([...faults, ...findings], describe);
}

/** Where a path of a change stands: after it, or where it stood before. */
function placeOf({ before, after, fields }: Change, path: string) {
  const field = fields.find(
    (one) => one.path === path || one.path.startsWith(`${path}.`) || one.path.startsWith(`${path}[`),
  );
  const isGone = field !== undefined && (field.after === undefined || field.after === null) && !field.moved;
  const given = after ?? before;
  const at =
    field === undefined || (isGone && after !== undefined)
      ? (field?.at.after.slice(0, -1) ?? [])
      : after === undefined
        ? field.at.before
        : field.at.after;
  return given?.placeOf(at) ?? { file: '', line: 1, column: 1 };
}

/** What is known about a code. */
export function describe(code: string): RuleDescription {
  const rule = DIFF_RULES.find((one) => one.code === code);
  if (rule !== undefined) return rule;
  const known = isInput(code) ? DIFF_CODES[code] : undefined;
  return { code, severity: known?.severity ?? 'error', title: known?.title ?? code, hint: known?.hint ?? '' };
}

const isInput = (code: string): code is DiffCode => Object.hasOwn(DIFF_CODES, code);
