/** Two texts and what must be said of them, no more and no less. */
export interface Case {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  /** `<kind of the change> <object>: <severity> <code> <path>`, in order; a change without effects ends behind the object. */
  readonly verdict: readonly string[];
}

/** An edit of a text: what must stand there, once, and what will. */
type Edit = readonly [from: string, to: string];

/** A text with edits made, each of which must find its place. */
export function edited(text: string, ...edits: readonly Edit[]): string {
  return edits.reduce((now, [from, to]) => {
    if (now.split(from).length !== 2) throw new Error(`"${from}" stands ${now.split(from).length - 1} times`);
    return now.replace(from, () => to);
  }, text);
}

/** Several manifests in one file. */
export const together = (...texts: readonly string[]): string => texts.join('---\n');
