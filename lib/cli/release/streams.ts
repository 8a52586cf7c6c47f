/** Where a release command reads and writes; the entry gives it the process's own. */
export interface ReleaseStreams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether what is printed can be drawn over. */
  readonly isTerminal: boolean;
  readonly columns: () => number;
  /** Asks for a yes; undefined where nobody can be asked. */
  readonly confirm: ((question: string) => Promise<boolean>) | undefined;
  readonly onInterrupt: (then: () => void) => void;
}

/** Exit codes; `validate` has its own for what a release came to. */
export const RELEASE_EXIT = { ok: 0, refused: 1, unknown: 3, usage: 64, crash: 70 } as const;
