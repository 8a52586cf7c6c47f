import { annotationOf, hookPhases, SYNC_OPTIONS } from '../../manifest/argocd';
import { example } from '../../manifest/example';
import { fieldAt, type KubeObject, nameOf } from '../../manifest/object';
import { type Change, isRenamed } from '../change';
import { pairOf, workload } from '../example';
import { fieldsLike } from '../fields';
import type { DiffRule } from '../rule';

const job = (image: string, metadata = {}) =>
  example('Job', 'migrate', { spec: { template: { spec: { containers: [{ name: 'm', image }] } } } }, metadata);
const selecting = (app: string) => workload('Deployment', {}, { selector: { matchLabels: { app } } });
const service = (spec: object) => example('Service', 'web', { spec });

/** What of each kind cannot be changed once it is there, by the path without keys of items. */
const IMMUTABLE: Readonly<Record<string, RegExp>> = {
  Deployment: /^spec\.selector/,
  DaemonSet: /^spec\.selector/,
  ReplicaSet: /^spec\.selector/,
  StatefulSet:
    /^spec\.(?!(?:replicas|ordinals|template|updateStrategy|revisionHistoryLimit|persistentVolumeClaimRetentionPolicy|minReadySeconds)(?:$|[.[]))/,
  Job: /^spec\.(?:template|selector|completionMode|completions|podFailurePolicy|successPolicy|backoffLimitPerIndex|managedBy|manualSelector)/,
  Service: /^spec\.(?:clusterIP|clusterIPs|ipFamilies\[0\])/,
  PersistentVolumeClaim: /^spec\.(?!resources\.requests|volumeAttributesClassName)/,
  StorageClass: /^(?:provisioner|parameters|reclaimPolicy|volumeBindingMode)/,
  RoleBinding: /^roleRef/,
  ClusterRoleBinding: /^roleRef/,
  PriorityClass: /^(?:value|preemptionPolicy)/,
  Secret: /^type$/,
};

/** Kinds that no rule of the linter speaks of go by their bare names. */
const OTHERS = ['PersistentVolumeClaim', 'StorageClass', 'PriorityClass'] as const;

export const immutableField: DiffRule = {
  code: 'DIF040',
  severity: 'error',
  title: 'Changes a field that cannot be changed: the API server refuses the object, and the sync fails',
  reason:
    'The API server answers "field is immutable". Argo CD stops the sync there: what comes in later waves is not applied, and every retry fails alike.',
  hint: 'give the object a new name, or delete the old one in a step of its own; of a Job, put a hash of its content in its name',
  source:
    'Kubernetes 1.34, validation of each kind (ValidateDeploymentUpdate, ValidateStatefulSetUpdate, ValidateJobUpdate, …) (P48)',
  kinds: [
    'Deployment',
    'DaemonSet',
    'ReplicaSet',
    'StatefulSet',
    'Job',
    'Service',
    'RoleBinding',
    'ClusterRoleBinding',
    'Secret',
    'ConfigMap',
    ...OTHERS,
  ],
  counted: ['object is refused', 'objects are refused'],
  examples: () => ({
    has: [
      { ...pairOf(job('m:1'), job('m:2')), paths: ['spec.template.spec.containers[name=m].image'] },
      { ...pairOf(selecting('web'), selecting('shop')), paths: ['spec.selector.matchLabels.app'] },
      { ...pairOf(service({ clusterIP: '10.0.0.1' }), service({ clusterIP: 'None' })), paths: ['spec.clusterIP'] },
    ],
    hasNot: [
      pairOf(
        job('m:1', { annotations: { 'argocd.argoproj.io/hook': 'PreSync' } }),
        job('m:2', { annotations: { 'argocd.argoproj.io/hook': 'PreSync' } }),
      ),
      pairOf(service({ ports: [] }), service({ ports: [{ port: 80 }] })),
    ],
  }),
  check: (change, _, tell) => {
    const { before, after } = change;
    if (
      before === undefined ||
      after === undefined ||
      isRenamed(before.object, after.object) ||
      isReplaced(after.object)
    )
      return;
    const name = nameOf(after.object);
    for (const field of fieldsLike(change, patternFor(change))) {
      // A clusterIP that Git leaves out stays as it was given.
      if (
        after.object.kind === 'Service' &&
        (field.before === undefined || field.after === undefined) &&
        field.after !== 'None'
      )
        continue;
      tell(field, `${name}: this field cannot be changed`);
    }
    if (after.object.kind === 'PersistentVolumeClaim' && shrinks(change)) {
      tell('spec.resources.requests.storage', `${name}: a claim can grow and not shrink`);
    }
  },
};

const NEVER = /^(?!)/;

function patternFor({ before, after }: Change): RegExp {
  const kind = after?.object.kind ?? '';
  const locked = fieldAt(before?.object, 'immutable') === true;
  if (kind === 'ConfigMap') return locked ? /^(?:data|binaryData|immutable)/ : NEVER;
  if (kind === 'Secret' && locked) return /^(?:data|stringData|immutable|type)/;
  return IMMUTABLE[kind] ?? NEVER;
}

/** Argo CD deletes a hook before it makes it anew, and replaces what says so. */
const isReplaced = (object: KubeObject): boolean =>
  hookPhases(object).length > 0 || /(?:Replace|Force)=true/.test(annotationOf(object, SYNC_OPTIONS) ?? '');

function shrinks({ before, after }: Change): boolean {
  const [then, now] = [before, after].map((given) =>
    bytesOf(fieldAt(given?.object, 'spec.resources.requests.storage')),
  );
  return then !== undefined && now !== undefined && now < then;
}

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
};

function bytesOf(value: unknown): number | undefined {
  const [, amount, unit = ''] = /^([\d.]+)([A-Za-z]*)$/.exec(String(value)) ?? [];
  return amount === undefined || UNITS[unit] === undefined ? undefined : Number(amount) * UNITS[unit];
}
