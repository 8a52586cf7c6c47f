import type { EnvironmentPlan } from '../platform-plan';

/** Digits behind the point: below them there is nothing that a plan could promise. */
const DIGITS = 6;

/** Plans for machines: durations in seconds, weights and shares of pods in %, chances from 0 to 1. */
export function formatJson(environments: readonly EnvironmentPlan[]): string {
  const rounded = (_key: string, value: unknown): unknown =>
    typeof value === 'number' ? Number(value.toFixed(DIGITS)) : value;
  return `${JSON.stringify({ environments }, rounded, 2)}\n`;
}
