/** What the catalog asks of the plan; in the bundle of synth it is a part of its own, loaded when it is first asked. */
import { type Derivation, type Wanted, derive as work } from './derive';

export { pauseFor } from './derive';
export { PROXY_BUCKETS, slower } from './latency';
export { rate } from './rating';

/** Many services of a catalog want the same. */
const KNOWN = new Map<string, Derivation>();

/** The numbers of a gate (lib/plan/derive.ts), worked out once for each set of wishes. */
export function derive(wanted: Wanted): Derivation {
  const key = JSON.stringify(wanted);
  const found = KNOWN.get(key) ?? work(wanted);
  KNOWN.set(key, found);
  return found;
}
