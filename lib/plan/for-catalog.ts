/** What the catalog asks of the plan; in the bundle of synth it is a part of its own, loaded when it is first asked. */
export { derive, pauseFor } from './derive';
export { PROXY_BUCKETS, slower } from './latency';
export { rate } from './rating';
