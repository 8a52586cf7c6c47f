import type { Severity } from '../diagnostic/diagnostic';
import { SQL_CODES, type SqlCode } from './codes';
import { SQL_RULES } from './rules';

/** What is known about a code. */
export function describeSqlCode(code: string): {
  readonly code: string;
  readonly severity: Severity;
  readonly title: string;
  readonly reason?: string;
  readonly hint: string;
} {
  const rule = SQL_RULES.find((one) => one.code === code);
  if (rule !== undefined) return rule;
  const codes: Readonly<Record<string, SqlCode>> = SQL_CODES;
  return { code, ...(codes[code] ?? { severity: 'error', title: code, hint: code }) };
}
