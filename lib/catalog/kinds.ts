/** Release strategies; each has one file in charts/strategies/. */
export const STRATEGIES = ['rolling', 'blueGreen', 'canary', 'abTest'] as const;
/** What a canary's pods are for, where a router splits: an abort at once, or few pods above the replicas. */
export const OPTIMIZATIONS = ['fastRollback', 'lowOverhead'] as const;
/** Traffic routers; each has one file in charts/routers/. */
export const ROUTERS = ['istio', 'alb', 'albTargetGroups', 'gatewayApi', 'none'] as const;
/** How a proxy picks a pod. */
export const LOAD_BALANCERS = ['LEAST_REQUEST', 'ROUND_ROBIN', 'RANDOM'] as const;
/** The two workloads between permanent target groups. */
export const COLOURS = ['blue', 'green'] as const;
