/** Exit codes of every command: findings are the user's to mend, a crash is ours. */
export const EXIT = { ok: 0, findings: 1, usage: 64, crash: 70 } as const;

/** Runs a command; what it did not expect becomes words and exit code 70, never a stack trace unless CUTOVER_TRACE is set. */
export function guarded(err: (text: string) => void, command: () => number): number {
  try {
    return command();
  } catch (error) {
    return crashed(err, error);
  }
}

/** The same for a command that waits for something. */
export async function guardedAsync(err: (text: string) => void, command: () => Promise<number>): Promise<number> {
  try {
    return await command();
  } catch (error) {
    return crashed(err, error);
  }
}

function crashed(err: (text: string) => void, error: unknown): number {
  const told = error instanceof Error ? error.message : String(error);
  err(
    `cutover failed in a way it did not expect: ${told}\n  This is a fault of Cutover. Set CUTOVER_TRACE=1 to see where, and report it.\n`,
  );
  if (process.env.CUTOVER_TRACE && error instanceof Error) err(`${error.stack ?? ''}\n`);
  return EXIT.crash;
}
