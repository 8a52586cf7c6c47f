import { fieldAt, textAt } from '../../manifest/object';
import type { Given } from '../given';
import type { Reader } from '../reader';

/** Replicas, or what an autoscaler steers to. */
export function scaleOf({ deployment, autoscaler }: Given) {
  const replicas = deployment.number('spec.replicas') ?? 1;
  if (autoscaler === undefined) return { replicas: Math.max(1, replicas) };
  const target = targetsOf(autoscaler);
  const maxReplicas = autoscaler.number('spec.maxReplicas') ?? replicas;
  const minReplicas = autoscaler.number('spec.minReplicas') ?? 1;
  autoscaler.take('spec.scaleTargetRef');
  if (Object.keys(target).length === 0) {
    autoscaler.tell(
      'ADO011',
      'spec',
      'it steers to nothing that a catalog knows; its fewest pods are carried over as replicas',
    );
    return { replicas: Math.max(1, minReplicas) };
  }
  const stabilization = autoscaler.number('spec.behavior.scaleDown.stabilizationWindowSeconds');
  return {
    autoscaling: {
      minReplicas: Math.max(1, minReplicas),
      maxReplicas,
      ...target,
      ...(stabilization === undefined ? {} : { scaleDownStabilizationSeconds: stabilization }),
    },
  };
}

function targetsOf(autoscaler: Reader): Readonly<Record<string, number>> {
  const found: Record<string, number> = {};
  const old = autoscaler.number('spec.targetCPUUtilizationPercentage');
  if (old !== undefined) found.targetCpuPercent = old;
  for (let i = 0; i < autoscaler.count('spec.metrics'); i += 1) {
    const place = `spec.metrics[${i}]`;
    const metric = fieldAt(autoscaler.object, place);
    const use =
      fieldAt(metric, 'resource.target.averageUtilization') ?? fieldAt(metric, 'resource.targetAverageUtilization');
    const name = textAt(metric, 'resource.name');
    autoscaler.take(place);
    if (typeof use === 'number' && name === 'cpu') found.targetCpuPercent = use;
    else if (typeof use === 'number' && name === 'memory') found.targetMemoryPercent = use;
    else autoscaler.tell('ADO011', place, `the metric ${textAt(metric, 'type') ?? ''} is none of mean use`);
  }
  return found;
}

/**
 * The equivalent of what there is, before gates are added: a canary where requests are shared out between two versions already, else
 * pods are exchanged as the Deployment did it.
 */
export function strategyOf({ deployment, split }: Pick<Given, 'deployment' | 'split'>) {
  const type = deployment.text('spec.strategy.type') ?? 'RollingUpdate';
  if (type === 'Recreate')
    deployment.tell(
      'ADO014',
      'spec.strategy.type',
      'all pods ended before new ones began; in the Rollout they never do',
    );
  const pods = (name: string) => {
    const value = deployment.take(`spec.strategy.rollingUpdate.${name}`);
    return value === undefined ? '25%' : String(value);
  };
  const surge = pods('maxSurge');
  const unavailable = pods('maxUnavailable');
  const number = (path: string, name: string, from: number) => {
    const value = deployment.number(path);
    return value === undefined || value < from ? {} : { [name]: value };
  };
  const history = deployment.number('spec.revisionHistoryLimit');
  if (split !== undefined)
    deployment.tell('ADO026', 'spec.strategy', `${split.virtualService} shares requests out, so that it is a canary`);
  return {
    ...(split === undefined
      ? {
          kind: 'rolling',
          maxSurge: surge,
          maxUnavailable: surge === '0' && unavailable === '0' ? '1' : unavailable,
        }
      : { kind: 'canary', preset: 'standard' }),
    ...number('spec.minReadySeconds', 'minReadySeconds', 1),
    ...number('spec.progressDeadlineSeconds', 'progressDeadlineSeconds', 1),
    ...(history === undefined || history < 3 ? {} : { revisionHistoryLimit: history }),
  };
}
