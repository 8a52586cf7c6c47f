import { WEB } from './places';

/** Edits of the minimal catalog that several cases begin with. */
export const ALB = { 'platform/alb': { sourceCidrs: ['10.0.0.0/20'] } };
/** A web service without gates, so that each case shows one thing. */
export const PLAIN = { [`${WEB}/gates`]: {}, [`${WEB}/strategy/background`]: undefined };
export const ROLLING = { ...PLAIN, [`${WEB}/strategy`]: { kind: 'rolling' } };
export const abTest = (test: object) => ({ ...PLAIN, [`${WEB}/strategy`]: { kind: 'abTest', abTest: test } });
export const canary = (...steps: readonly object[]) => ({ ...PLAIN, [`${WEB}/strategy`]: { steps } });
export const TARGET_GROUPS = { router: 'albTargetGroups', hosts: ['www.example.com'] };
