import { isRecord } from './list-keys';

type Defaults = Readonly<Record<string, string | number | boolean>>;

/** What the API server writes into every pod template (kubernetes 1.34, pkg/apis/core/v1/defaults.go), by the end of the path. */
const IN_PODS: Defaults = {
  'spec.restartPolicy': 'Always',
  'spec.dnsPolicy': 'ClusterFirst',
  'spec.schedulerName': 'default-scheduler',
  'spec.terminationGracePeriodSeconds': 30,
  'spec.enableServiceLinks': true,
  'spec.hostNetwork': false,
  'spec.hostPID': false,
  'spec.hostIPC': false,
  'ports[].protocol': 'TCP',
  terminationMessagePath: '/dev/termination-log',
  terminationMessagePolicy: 'File',
  'Probe.timeoutSeconds': 1,
  'Probe.periodSeconds': 10,
  'Probe.successThreshold': 1,
  'Probe.failureThreshold': 3,
  'Probe.initialDelaySeconds': 0,
  'httpGet.scheme': 'HTTP',
  'httpGet.path': '/',
  'grpc.service': '',
  'fieldRef.apiVersion': 'v1',
  'configMap.defaultMode': 420,
  'secret.defaultMode': 420,
  'projected.defaultMode': 420,
  'downwardAPI.defaultMode': 420,
  'volumeMounts[].readOnly': false,
  'containers[].stdin': false,
  'containers[].tty': false,
};

/** What the API server, or the definition of the kind, writes into objects. */
const BY_KIND: Readonly<Record<string, Defaults>> = {
  Service: {
    'spec.type': 'ClusterIP',
    'spec.sessionAffinity': 'None',
    'spec.internalTrafficPolicy': 'Cluster',
    'spec.publishNotReadyAddresses': false,
    'spec.ports[].protocol': 'TCP',
  },
  Deployment: {
    'spec.replicas': 1,
    'spec.revisionHistoryLimit': 10,
    'spec.progressDeadlineSeconds': 600,
    'spec.minReadySeconds': 0,
    'spec.paused': false,
    'spec.strategy.type': 'RollingUpdate',
    'spec.strategy.rollingUpdate.maxSurge': '25%',
    'spec.strategy.rollingUpdate.maxUnavailable': '25%',
  },
  StatefulSet: {
    'spec.replicas': 1,
    'spec.revisionHistoryLimit': 10,
    'spec.minReadySeconds': 0,
    'spec.podManagementPolicy': 'OrderedReady',
    'spec.updateStrategy.type': 'RollingUpdate',
    'spec.updateStrategy.rollingUpdate.partition': 0,
  },
  DaemonSet: {
    'spec.revisionHistoryLimit': 10,
    'spec.minReadySeconds': 0,
    'spec.updateStrategy.type': 'RollingUpdate',
    'spec.updateStrategy.rollingUpdate.maxSurge': 0,
    'spec.updateStrategy.rollingUpdate.maxUnavailable': 1,
  },
  // Argo Rollouts 1.9.1, utils/defaults/defaults.go.
  Rollout: {
    'spec.replicas': 1,
    'spec.revisionHistoryLimit': 10,
    'spec.progressDeadlineSeconds': 600,
    'spec.progressDeadlineAbort': false,
    'spec.minReadySeconds': 0,
    'spec.paused': false,
    'spec.strategy.canary.maxSurge': '25%',
    'spec.strategy.canary.maxUnavailable': '25%',
    'spec.strategy.canary.abortScaleDownDelaySeconds': 30,
    'spec.strategy.canary.dynamicStableScale': false,
    'spec.strategy.blueGreen.autoPromotionEnabled': true,
    'spec.strategy.blueGreen.scaleDownDelaySeconds': 30,
    'spec.strategy.blueGreen.abortScaleDownDelaySeconds': 30,
  },
  Job: {
    'spec.backoffLimit': 6,
    'spec.completions': 1,
    'spec.parallelism': 1,
    'spec.suspend': false,
    'spec.completionMode': 'NonIndexed',
  },
  CronJob: {
    'spec.concurrencyPolicy': 'Allow',
    'spec.suspend': false,
    'spec.successfulJobsHistoryLimit': 3,
    'spec.failedJobsHistoryLimit': 1,
  },
  HorizontalPodAutoscaler: { 'spec.minReplicas': 1 },
  NetworkPolicy: { 'spec.ingress[].ports[].protocol': 'TCP', 'spec.egress[].ports[].protocol': 'TCP' },
  ConfigMap: { immutable: false },
  Secret: { immutable: false, type: 'Opaque' },
  ServiceAccount: { automountServiceAccountToken: true },
  PersistentVolumeClaim: { 'spec.volumeMode': 'Filesystem' },
};

/** Empty, these say nothing. An empty selector selects everything and an empty emptyDir is a volume, so they are not among them. */
const EMPTY =
  /(?:^|\.)(?:annotations|labels|resources|securityContext|affinity|nodeSelector|env|envFrom|args|command|volumes|volumeMounts|initContainers|imagePullSecrets|tolerations|topologySpreadConstraints|hostAliases|finalizers|ownerReferences|strategy|updateStrategy|rollingUpdate|requests|limits)$/;

const IN_TEMPLATE = /^spec\.(?:jobTemplate\.spec\.)?template\./;

/** Whether a value at a path is what stands there anyway when nothing is written. Of a map, everything in it. */
export function isDefault(kind: string, path: string, value: unknown): boolean {
  if (/^(?:status|metadata\.creationTimestamp)$/.test(path)) return true;
  if (Array.isArray(value)) return value.length === 0 && EMPTY.test(path);
  if (isRecord(value)) {
    const fields = Object.entries(value);
    return fields.length === 0
      ? EMPTY.test(path)
      : fields.every(([key, item]) => isDefault(kind, `${path}.${key}`, item));
  }
  if (BY_KIND[kind]?.[path] === value) return true;
  if (kind !== 'Pod' && !IN_TEMPLATE.test(path)) return false;
  return Object.entries(IN_PODS).some(([end, known]) => known === value && endsWith(path, end));
}

const endsWith = (path: string, end: string): boolean =>
  path.endsWith(end) && (path.length === end.length || /[.\]a-z]/.test(path.at(-end.length - 1) ?? ''));
