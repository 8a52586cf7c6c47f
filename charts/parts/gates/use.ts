/**
 * Where a gate is asked: at a step it ends after its count, in the background it is measured until the release ends (P20),
 * in an experiment it looks at the experiment's own pods.
 */
export type GateUse = 'step' | 'background' | 'experiment';
