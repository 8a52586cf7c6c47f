/** How far a long work is, in one line of a terminal that is written over. */
export interface Progress {
  readonly step: () => void;
  /** Takes the line away. */
  readonly end: () => void;
}

/** Work that is over sooner is not told of, in milliseconds. */
const PATIENCE_MS = 500;
const REDRAW_MS = 100;

/** Says nothing into a pipe or a file. */
export function progressOn(
  { err, terminal }: { readonly err: (text: string) => void; readonly terminal: boolean },
  doing: string,
  total: number,
  now: () => number = Date.now,
): Progress {
  const began = now();
  let done = 0;
  let drawn = began + PATIENCE_MS - REDRAW_MS;
  let shown = false;
  return {
    step: () => {
      done += 1;
      if (!terminal || now() - drawn < REDRAW_MS) return;
      drawn = now();
      shown = true;
      err(`\r${doing} ${done}/${total}`);
    },
    end: () => {
      if (shown) err('\r\u001b[K');
    },
  };
}
