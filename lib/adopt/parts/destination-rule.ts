import { LOAD_BALANCERS } from '../../catalog/kinds';
import type { Reader } from '../reader';
import { secondsOf } from './seconds';

const POLICY = 'spec.trafficPolicy';

/** How proxies speak with the pods, as far as a catalog says it; what it does not is told afterwards. */
export function readDestinationRule(rule: Reader): Readonly<Record<string, unknown>> {
  rule.take('spec.host');
  // The rendered subsets are those of the Rollout's two versions.
  rule.take('spec.subsets');
  const numbers = (place: string, names: readonly string[]) =>
    names.flatMap((name) => {
      const value = rule.number(`${POLICY}.${place}.${name}`);
      return value === undefined ? [] : [[name, value] as const];
    });
  const seconds = (place: string, name: string, as: string) => {
    const value = secondsOf(rule.take(`${POLICY}.${place}.${name}`));
    return value === undefined ? [] : [[as, value] as const];
  };
  const connectionPool = Object.fromEntries([
    ...numbers('connectionPool.tcp', ['maxConnections']),
    ...seconds('connectionPool.tcp', 'connectTimeout', 'connectTimeoutSeconds'),
    ...numbers('connectionPool.http', ['http1MaxPendingRequests', 'http2MaxRequests', 'maxRequestsPerConnection']),
  ]);
  const outlierDetection = Object.fromEntries([
    ...numbers('outlierDetection', ['consecutive5xxErrors', 'maxEjectionPercent']),
    ...seconds('outlierDetection', 'interval', 'intervalSeconds'),
    ...seconds('outlierDetection', 'baseEjectionTime', 'baseEjectionTimeSeconds'),
  ]);
  return {
    ...loadBalancerOf(rule),
    ...(Object.keys(connectionPool).length === 0 ? {} : { connectionPool }),
    ...(Object.keys(outlierDetection).length === 0 ? {} : { outlierDetection }),
  };
}

function loadBalancerOf(rule: Reader): { readonly loadBalancer?: string } {
  const place = `${POLICY}.loadBalancer.simple`;
  const given = rule.text(place);
  if (given === undefined) return {};
  // Istio 1.30 takes the old name for the new one.
  const loadBalancer = LOAD_BALANCERS.find((one) => one === (given === 'LEAST_CONN' ? 'LEAST_REQUEST' : given));
  if (loadBalancer !== undefined) return { loadBalancer };
  rule.tell('ADO024', place, `a proxy picks a pod by ${given}`);
  return {};
}
