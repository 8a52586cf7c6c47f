import type { Severity } from '../diagnostic/diagnostic';

/** Findings of `npm run plan`; a code is for ever. */
export const PLAN_CODES = {
  PLN001: { severity: 'error', title: 'A service that the catalog does not have' },
  PLN002: { severity: 'error', title: 'An environment that the catalog does not have' },
  PLN003: { severity: 'error', title: 'A service that is not in the environment' },
  PLN004: { severity: 'error', title: 'The plan cannot be written where it was asked for' },
} as const satisfies Readonly<Record<string, { readonly severity: Severity; readonly title: string }>>;

export type PlanCode = keyof typeof PLAN_CODES;

/** Codes that no longer occur; never given to anything else. */
export const RETIRED_PLAN_CODES: readonly string[] = [];
