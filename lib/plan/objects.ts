import type { Gate, Service, Strategy } from '../catalog/service';
import { releaseServices } from '../catalog/workload-names';
import { steadyPodsOf } from './pods';

/** The objects of a service that people may have to look at when a release goes wrong, migrations apart. A test compares it with what is rendered. */
export function objectCount(service: Service): number {
  const { strategy, routing } = service;
  const split = Object.keys(releaseServices(strategy, routing)).length;
  const workloads = workloadsOf(service);
  return workloads.reduce(
    (sum, workload) => sum + workloadObjects(service, workload),
    split + routerObjects(service, workloads.length, split),
  );
}

interface Workload {
  readonly pods: number;
  readonly autoscaled: boolean;
  readonly templates: number;
}

function workloadsOf(service: Service): readonly Workload[] {
  const { strategy, routing, scale } = service;
  const own: Workload = {
    pods: steadyPodsOf(scale),
    autoscaled: scale.kind === 'autoscaled',
    templates: templatesOf(strategy),
  };
  if (strategy.kind === 'abTest') {
    const variants = strategy.variants.map(({ replicas }) => ({
      pods: replicas,
      autoscaled: false,
      templates: strategy.gates.length,
    }));
    return [own, ...variants];
  }
  if (routing.router !== 'albTargetGroups') return [own];
  return routing.colours.map(({ replicas }) =>
    replicas === undefined ? own : { ...own, pods: replicas, autoscaled: false },
  );
}

/** ServiceAccount, NetworkPolicy, Service, Rollout, PrometheusRule and the ConfigMap of the dashboard are always there. */
function workloadObjects(
  { config, secrets, routing, ports }: Service,
  { pods, autoscaled, templates }: Workload,
): number {
  const some = [
    pods > 1,
    autoscaled,
    Object.keys(config).length > 0,
    Object.values(secrets).some(({ kind }) => kind === 'external'),
    routing.mesh || ports.some(({ metricsPath }) => metricsPath !== undefined),
  ];
  return 6 + templates + some.filter(Boolean).length;
}

function routerObjects({ routing }: Service, workloads: number, split: number): number {
  const records = routing.route53 === undefined || routing.router === 'gatewayApi' ? 0 : 1;
  switch (routing.router) {
    case 'istio':
      // One VirtualService, and a DestinationRule for each host.
      return 1 + workloads + split + records;
    case 'alb':
    case 'gatewayApi':
      return 1 + records;
    case 'albTargetGroups':
      return 1 + (routing.managedBy.kind === 'terraform' ? 2 : 1) + records;
    case 'none':
      return records;
  }
}

/** An AnalysisTemplate for each gate in each kind of use. */
function templatesOf(strategy: Strategy): number {
  const distinct = (gates: readonly Gate[]): number => new Set(gates.map(({ name }) => name)).size;
  switch (strategy.kind) {
    case 'canary': {
      const { steps, background } = strategy;
      const asked = steps.flatMap((step) => (step.kind === 'analysis' ? step.gates : []));
      const compared = steps.flatMap((step) => (step.kind === 'experiment' ? step.gates : []));
      return distinct(asked) + distinct(compared) + distinct(background?.gates ?? []);
    }
    case 'blueGreen':
      return distinct([
        ...strategy.prePromotionGates,
        ...strategy.postPromotionGates,
        ...(strategy.background?.gates ?? []),
      ]);
    case 'rolling':
    case 'abTest':
      return distinct(strategy.background?.gates ?? []);
  }
}
