import type { Diagnostic, Position } from '../diagnostic/diagnostic';
import { REHEARSAL_CODES, type RehearsalCode } from './codes';

/** A finding of the rehearsal; `path` is the place in the catalog, `position` that in a migration. */
export function finding(
  code: RehearsalCode,
  path: string,
  message: string,
  { hint, position }: { readonly hint: string; readonly position?: Position | undefined },
): Diagnostic {
  const { severity } = REHEARSAL_CODES[code];
  return { code, severity, path, message, hint, ...(position && { position }) };
}
