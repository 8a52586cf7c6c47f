/**
 * What the plan takes for granted where the catalog does not say it. Each is a measurement or the code of a controller; docs and
 * reports print the sentences.
 */

/**
 * From the creation of a pod to the start of its container, with the image on the node, in seconds. Ten of ten pods of recorded
 * releases (Kubernetes 1.34.8, one node) took 0 or 1.
 */
export const CONTAINER_START_SECONDS = 1;

/**
 * How long the controller waits before it looks again at a Rollout whose DestinationRule it could not yet switch, in seconds
 * (B17: about 8 after a weight change with splitting by subset; Argo Rollouts 1.9.1, trafficrouting/istio/istio.go:
 * shouldDelayDestinationRuleUpdate gives an error, and the queue's backoff follows).
 */
export const RETRY_SECONDS = 8;

/** The share of weight changes with that wait: 3 of 5 in the recorded releases. */
export const RETRY_SHARE = 0.6;

/** A bad release that no gate stops is noticed by people and taken back so long after its first request, in seconds. */
export const NOTICED_SECONDS = 1800;

/** The percentiles of a time that the plan tells. */
export const PERCENTILES = { median: 0.5, p95: 0.95 } as const;

/** The sentences under a plan, so that nobody takes an assumption for a measurement. */
export const ASSUMPTIONS: readonly string[] = [
  `a container starts ${CONTAINER_START_SECONDS} s after its pod is created: the image is on the node and there is room for the pod`,
  'the application answers its probes the first time that they ask, unless podStartSeconds says how long a pod takes',
  `with Istio and splitting by subset ${RETRY_SHARE * 100} % of the weight changes are followed by ${RETRY_SECONDS} s in which the controller waits`,
  'a pod that ends takes its preStopSeconds and no longer; a slow request may hold it for drainSeconds more',
  'an autoscaled service has its fewest pods',
  `a bad release that no gate stops is taken back by people ${NOTICED_SECONDS / 60} min after its first request`,
  'the traffic is that of the quietest hour, and the regression is there from the first request',
];
