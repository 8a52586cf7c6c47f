import * as fs from 'node:fs';
import { fingerprint } from './fingerprint';

/** A file as it was when it was last looked into. */
export interface FileState {
  readonly size: number;
  readonly mtimeMs: number;
  readonly content: string;
}

/**
 * The state of a file that still holds what it held, or undefined for one that is gone or was changed. Size and time are
 * looked at first; where the time moved, as after a checkout, the content decides.
 */
export function unchangedState(file: string, known: FileState): FileState | undefined {
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  if (stat === undefined || stat.size !== known.size) return undefined;
  if (stat.mtimeMs === known.mtimeMs) return known;
  if (fingerprint(fs.readFileSync(file)) !== known.content) return undefined;
  return { ...known, mtimeMs: stat.mtimeMs };
}

/** The state of a file that was just written with a text; undefined if somebody took it away since. */
export function stateAfter(file: string, content: string): FileState | undefined {
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  return stat && { size: stat.size, mtimeMs: stat.mtimeMs, content };
}
