import type { Severity } from '../../diagnostic/diagnostic';
import type { Place } from '../../lint/report';
import { DIFF_CODES, type DiffCode } from '../codes';

/** What is wrong with what is compared: a finding as the linter has them, so that the same formats write it. */
export interface InputFault extends Place {
  readonly code: DiffCode;
  readonly severity: Severity;
  readonly path: '';
  readonly object: null;
  readonly message: string;
  readonly hint: string;
}

/** A fault of a side, or of a file of it. */
export function inputFault(code: DiffCode, place: Place | string, message: string): InputFault {
  const { severity, hint } = DIFF_CODES[code];
  const at = typeof place === 'string' ? { file: place, line: 1, column: 1 } : place;
  return { code, severity, path: '', object: null, ...at, message, hint };
}

export const isFault = (value: object): value is InputFault => 'code' in value;
