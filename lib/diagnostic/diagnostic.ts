/** How bad a finding is: an error stops the run before anything is written, a warning and an info do not. */
export type Severity = 'error' | 'warning' | 'info';

/** Where a finding is, in the file that a person edits. Lines and columns are 1-based. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * A finding a user can act on. It is a value: rules return it, the command line prints it, tests assert its code and path.
 * `code` is for ever; `path` names the place (`services.frontend.strategy.steps[1].setWeight`), `value` is what stands there.
 */
export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly path: string;
  /** What is wrong, in the user's own names. */
  readonly message: string;
  /** The next action. */
  readonly hint?: string;
  /** What stands at the path, as JSON, cut to a readable length. */
  readonly value?: string;
  readonly position?: Position;
  /** The rendered object that it is about: the file that has it, its name, and the path in it. */
  readonly subject?: { readonly file: string; readonly object: string; readonly path: string };
}
