import { gateSeconds } from '../../catalog/duration';
import type { TimedGate } from './released';

/** How long gates take that are measured beside each other, in seconds. */
export const longest = (gates: readonly TimedGate[]): number => Math.max(0, ...gates.map(gateSeconds));
