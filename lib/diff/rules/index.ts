import type { DiffRule } from '../rule';

/** Every rule over changes. */
export const DIFF_RULES: readonly DiffRule[] = [];

/** Codes of rules that are gone; they are never given to another. */
export const RETIRED_DIFF_CODES: readonly string[] = [];
