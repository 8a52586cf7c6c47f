import { CATALOG_CODES } from '../catalog/codes';
import { SCHEMA_RULE } from '../manifest/check';
import { IGNORE_CODES } from '../manifest/ignore';
import { MANIFEST_RULES } from '../manifest/rules';
import { INPUT_CODES } from './codes';
import type { RuleDescription } from './format/sarif';

/** What is known about a code, wherever it is registered. */
export function ruleOf(code: string): RuleDescription {
  const rule = [SCHEMA_RULE, ...MANIFEST_RULES].find((one) => one.code === code);
  if (rule !== undefined) return rule;
  const inputs: Readonly<Record<string, Omit<RuleDescription, 'code'>>> = { ...INPUT_CODES, ...IGNORE_CODES };
  const input = inputs[code];
  if (input !== undefined) return { code, ...input };
  const catalog: Readonly<Record<string, Pick<RuleDescription, 'severity' | 'title'>>> = CATALOG_CODES;
  const known = catalog[code];
  return { code, severity: known?.severity ?? 'error', title: known?.title ?? code, hint: known?.title ?? code };
}
