import { podCount, podShare } from '../../lib/catalog/pod-share';

// Argo Rollouts 1.9.1, utils/replicaset/canary_test.go, TestApproximateWeightedNewStableReplicaCounts.
test.each([
  [0, 50, 0, 0, 0],
  [0, 100, 1, 0, 0],
  [1, 0, 0, 0, 1],
  [1, 49, 0, 0, 1],
  [1, 50, 0, 1, 0],
  [1, 99, 0, 1, 0],
  [1, 1, 1, 1, 1],
  [1, 99, 1, 1, 1],
  [1, 100, 1, 1, 0],
  [2, 1, 0, 1, 1],
  [2, 99, 0, 1, 1],
  [2, 1, 1, 1, 2],
  [2, 50, 1, 1, 1],
  [2, 99, 1, 2, 1],
  [3, 10, 0, 1, 2],
  [3, 49, 0, 1, 2],
  [3, 50, 0, 2, 1],
  [3, 10, 1, 1, 3],
  [3, 25, 1, 1, 3],
  [3, 33, 1, 1, 2],
  [3, 49, 1, 2, 2],
  [3, 50, 1, 2, 2],
  [10, 0, 1, 0, 10],
  [10, 1, 0, 1, 9],
  [10, 14, 0, 1, 9],
  [10, 15, 0, 2, 8],
  [10, 99, 0, 9, 1],
  [10, 1, 1, 1, 10],
  [10, 18, 1, 2, 9],
  [10, 20, 1, 2, 8],
  [10, 24, 1, 3, 8],
  [10, 99, 1, 10, 1],
  [10, 100, 1, 10, 0],
])('%i pods, %i %%, a surge of %i: %i canary and %i stable', (replicas, weight, maxSurge, canary, stable) => {
  const share = podShare(replicas, weight, maxSurge);
  expect([share.canary, share.total - share.canary]).toEqual([canary, stable]);
});

test('a share of the replicas is rounded up, as Kubernetes resolves a surge', () => {
  expect([podCount('25%', 3), podCount('25%', 4), podCount('0%', 9), podCount(2, 9)]).toEqual([1, 1, 0, 2]);
});
