import { performance } from 'node:perf_hooks';

/** Milliseconds on a clock that only goes forward; every time in a rehearsal is on this one. */
export const now = (): number => performance.now();
