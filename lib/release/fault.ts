import type { Diagnostic } from '../diagnostic/diagnostic';
import type { ReleaseCode } from './codes';

/** A fault of a release command as a diagnostic; `path` is what it is about. */
export function releaseFault(code: ReleaseCode, path: string, message: string, hint?: string): Diagnostic {
  return { code, severity: 'error', path, message, ...(hint === undefined ? {} : { hint }) };
}

/** Stops a command with diagnostics that the user can act on. */
export class ReleaseFault extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor(...diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map(({ message }) => message).join('; '));
    this.diagnostics = diagnostics;
  }
}
