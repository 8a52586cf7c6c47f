import { canonicalQuantity } from '../../manifest/quantity';
import type { FieldChange } from './compare';
import { isDefault } from './defaults';

/** Why a field that differs changes nothing on the cluster. */
export type Idle = 'order' | 'quantity' | 'default' | 'ignored';

/** Why a field that differs changes nothing; undefined where it does. */
export function idleOf(kind: string, field: FieldChange): Idle | undefined {
  const path = plainPath(field.path);
  if (field.moved) return isInPods(kind, path) || isOrdered(kind, path) ? undefined : 'order';
  if (isSameQuantity(path, field)) return 'quantity';
  const one = field.before ?? field.after;
  if ((isAbsent(field.before) || isAbsent(field.after)) && isDefault(kind, path, one)) return 'default';
  return undefined;
}

const isAbsent = (value: unknown): boolean => value === undefined || value === null;

/** A path without what tells the items of lists apart: `spec.ports[].port`. */
export const plainPath = (path: string): string => path.replace(/\[(?!")(?:"(?:[^"\\]|\\.)*"|[^\]"])*\]/g, '[]');

/** Pods are told apart by a hash of their template, in which every order counts. */
const isInPods = (kind: string, path: string): boolean =>
  kind === 'Pod' || /^spec\.(?:template|jobTemplate\.spec\.template)\./.test(path) || kind === 'PodTemplate';

/** Lists outside of pod templates in which the order says something: the first route that matches wins, steps follow one another. */
const ORDERED: Readonly<Record<string, RegExp>> = {
  Rollout: /\.(?:steps|managedRoutes)\[\]$/,
  VirtualService: /^spec\.(?:http|tls|tcp)\[\]$/,
  HTTPRoute: /^spec\.rules\[\]$/,
  Ingress: /\.(?:rules|paths)\[\]$/,
};

/** Kinds whose lists are sets. */
const UNORDERED: ReadonlySet<string> = new Set([
  ...['Service', 'NetworkPolicy', 'Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding', 'ServiceAccount'],
  ...[
    'HorizontalPodAutoscaler',
    'PodDisruptionBudget',
    'DestinationRule',
    'AnalysisTemplate',
    'ClusterAnalysisTemplate',
  ],
  ...['AppProject', 'Application', 'PodMonitor', 'ServiceMonitor', 'PrometheusRule', 'ResourceQuota', 'DNSEndpoint'],
]);

const isOrdered = (kind: string, path: string): boolean => ORDERED[kind]?.test(path) ?? !UNORDERED.has(kind);

const QUANTITY =
  /\.(?:requests|limits|hard|capacity|averageValue|sizeLimit|divisor)(?:\.[\w-]+|\["[^"]+"\])?$|\.metrics\[\].*\.value$/;

function isSameQuantity(path: string, { before, after }: FieldChange): boolean {
  if (!QUANTITY.test(path)) return false;
  const [left, right] = [quantityOf(before), quantityOf(after)];
  return left !== undefined && left === right;
}

const quantityOf = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? canonicalQuantity(String(value)) : undefined;
