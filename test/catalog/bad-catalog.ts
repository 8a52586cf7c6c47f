import type { Edits, Files } from './minimal';

/** One bad catalog: what is changed in the minimal one, and every finding that must come out of it, and no other. */
export interface BadCatalog {
  readonly name: string;
  readonly edit?: Edits;
  /** What is changed in its text afterwards; whole catalogs may be given too. */
  readonly text?: (text: string) => string | Uint8Array;
  /** What is changed in the files beside it. */
  readonly files?: Files;
  /** The codes and paths in the order in which they are told. */
  readonly told: readonly (readonly [code: string, path: string])[];
  /** Line and column of the first finding. */
  readonly at?: readonly [line: number, column: number];
  /** A part of the first finding's hint. */
  readonly hint?: string;
  /** A part of the first finding's message. */
  readonly says?: string;
}
