import { compareText } from '../../diagnostic/format';
import { fieldAt, hasAt, listAt, mapAt, numberAt, textAt } from '../../manifest/object';
import type { Reader } from '../reader';
import { POD } from './container';

const CPU = /^([0-9]{1,6}m|[0-9]{1,4}(\.[0-9]{1,3})?)$/;
const MEMORY = /^[0-9]{1,12}(Ki|Mi|Gi|Ti|k|M|G|T)?$/;
const SMALLER: Readonly<Record<string, string>> = { Gi: 'Mi', Ti: 'Gi', Mi: 'Ki', G: 'M', T: 'G', M: 'k' };

/** Requests and limits; what the entry would fill in by itself is told, because a limit that was not there can kill a pod. */
export function resourcesOf(deployment: Reader, main: string) {
  const quantities = (which: 'requests' | 'limits') => {
    const place = `${main}.resources.${which}`;
    const found: Record<string, string> = {};
    for (const [name, value] of Object.entries(Object(fieldAt(deployment.object, place) ?? {}))) {
      const quantity = name === 'cpu' ? String(value) : memoryOf(String(value));
      const known = name === 'cpu' ? CPU.test(quantity) : name === 'memory' && MEMORY.test(quantity);
      deployment.take(`${place}["${name}"]`);
      if (known) found[name] = quantity;
      else deployment.tell('ADO017', `${place}["${name}"]`, `${name}: ${String(value)} has no place in a catalog`);
    }
    deployment.take(place);
    return found;
  };
  const requests = quantities('requests');
  const limits = quantities('limits');
  // A limit alone is the request too (Kubernetes 1.34 pkg/apis/core/v1/defaults.go, SetDefaults_Pod).
  for (const name of ['cpu', 'memory']) {
    const limit = limits[name];
    if (requests[name] === undefined && limit !== undefined) requests[name] = limit;
  }
  const missing = [
    ...['cpu', 'memory'].filter((name) => requests[name] === undefined).map((name) => `a request of ${name}`),
    ...(limits.memory === undefined ? ['a limit of memory'] : []),
  ];
  if (missing.length > 0)
    deployment.tell(
      'ADO017',
      `${main}.resources`,
      `the container has not ${missing.join(', ')}; the catalog's defaults give it one`,
    );
  return {
    ...(Object.keys(requests).length === 0 ? {} : { requests }),
    ...(Object.keys(limits).length === 0 ? {} : { limits }),
  };
}

/** `1.5Gi` is `1536Mi`; what no smaller unit makes whole stays as it is. */
function memoryOf(quantity: string): string {
  const [, number = '', unit = ''] = /^([0-9]+\.[0-9]+)([KMGT]i|[kMGT])$/.exec(quantity) ?? [];
  const smaller = SMALLER[unit];
  if (smaller === undefined) return quantity;
  const amount = Number(number) * (unit.endsWith('i') ? 1024 : 1000);
  return Number.isInteger(amount) ? `${amount}${smaller}` : quantity;
}

/** Users, and the folders that may be written: those with an empty volume. */
export function securityOf(deployment: Reader, main: string) {
  const both = (name: string) => {
    const own = deployment.take(`${main}.securityContext.${name}`);
    const pod = deployment.take(`${POD}.securityContext.${name}`);
    return own ?? pod;
  };
  const user = both('runAsUser');
  const group = both('runAsGroup');
  both('runAsNonRoot');
  both('seccompProfile');
  deployment.take(`${POD}.securityContext.fsGroup`);
  const place = `${main}.securityContext`;
  for (const name of ['allowPrivilegeEscalation', 'privileged', 'capabilities', 'readOnlyRootFilesystem'])
    deployment.take(`${place}.${name}`);
  if (user === 0) deployment.tell('ADO007', place, 'the container runs as root');
  else if (typeof user !== 'number')
    deployment.tell(
      'ADO007',
      place,
      "the container runs as the user of its image, which no manifest tells; the catalog's default is 65532",
    );
  if (fieldAt(deployment.object, `${place}.readOnlyRootFilesystem`) !== true)
    deployment.tell('ADO007', place, 'its file system can be written; in the Rollout only security.writablePaths can');
  if (
    listAt(deployment.object, `${place}.capabilities.add`).length > 0 ||
    fieldAt(deployment.object, `${place}.privileged`) === true
  )
    deployment.tell('ADO007', place, 'the container has privileges');
  const writablePaths = writableOf(deployment, main);
  return {
    ...(typeof user === 'number' && user > 0 ? { runAsUser: user } : {}),
    ...(typeof group === 'number' && group > 0
      ? { runAsGroup: group }
      : typeof user === 'number' && user > 0
        ? { runAsGroup: user }
        : {}),
    ...(writablePaths.length === 0
      ? {}
      : { writablePaths: [...new Set(['/tmp', ...writablePaths])].sort(compareText) }),
  };
}

function writableOf(deployment: Reader, main: string): readonly string[] {
  const empty = new Set<string>();
  for (let i = 0; i < deployment.count(`${POD}.volumes`); i += 1) {
    const place = `${POD}.volumes[${i}]`;
    const name = textAt(deployment.object, `${place}.name`) ?? '';
    const isEmpty =
      hasAt(deployment.object, `${place}.emptyDir`) &&
      textAt(deployment.object, `${place}.emptyDir.medium`) !== 'Memory';
    if (isEmpty) {
      empty.add(name);
      deployment.take(place);
    } else deployment.tell('ADO005', place, `the volume "${name}" holds ${kindOf(fieldAt(deployment.object, place))}`);
  }
  const paths: string[] = [];
  for (let i = 0; i < deployment.count(`${main}.volumeMounts`); i += 1) {
    const place = `${main}.volumeMounts[${i}]`;
    const path = textAt(deployment.object, `${place}.mountPath`) ?? '';
    deployment.take(place);
    if (!empty.has(textAt(deployment.object, `${place}.name`) ?? '')) continue;
    if (/^(\/[A-Za-z0-9][A-Za-z0-9._-]*)+$/.test(path)) paths.push(path);
    else deployment.tell('ADO005', place, `the folder "${path}" has a name that a catalog does not take`);
  }
  return paths;
}

const kindOf = (volume: unknown): string =>
  Object.keys(Object(volume))
    .filter((key) => key !== 'name')
    .join(', ') || 'nothing';

/** Time that is left for the process to end by itself after its drain, in seconds: what the rendered pods have too. */
const EXIT_SECONDS = 5;
const DEFAULT_GRACE_SECONDS = 30;
const SLEEP = /^(?:.*\/)?sleep$/;

/** How long a pod goes on serving, and has for its last requests. A sleep before the end is what a catalog says in seconds. */
export function shutdownOf(deployment: Reader, main: string) {
  const grace = deployment.number(`${POD}.terminationGracePeriodSeconds`) ?? DEFAULT_GRACE_SECONDS;
  const hook = `${main}.lifecycle.preStop`;
  const words = listAt(deployment.object, `${hook}.exec.command`).map(String);
  const [, shellSeconds] = /^\s*sleep\s+([0-9]+)s?\s*$/.exec(words.length === 3 ? (words[2] ?? '') : '') ?? [];
  const seconds =
    numberAt(deployment.object, `${hook}.sleep.seconds`) ??
    (SLEEP.test(words[0] ?? '') ? Number.parseInt(words[1] ?? '', 10) : Number(shellSeconds));
  const sleeps = Number.isInteger(seconds) && seconds >= 1 && seconds <= 600;
  if (hasAt(deployment.object, hook)) {
    if (sleeps) deployment.take(hook);
    else deployment.tell('ADO018', hook, 'the hook does something else than to sleep');
  } else
    deployment.tell('ADO018', main, 'a pod that leaves ends at once; in the Rollout it goes on serving for 15 seconds');
  const drain = grace - (sleeps ? seconds : 15) - EXIT_SECONDS;
  if (drain < 1)
    deployment.tell(
      'ADO018',
      `${POD}.terminationGracePeriodSeconds`,
      `${grace} seconds are too few for that; the catalog's 30 seconds of drain are added`,
    );
  return {
    ...(sleeps ? { preStopSeconds: seconds } : {}),
    ...(drain < 1 ? {} : { drainSeconds: Math.min(drain, 3600) }),
  };
}

const SCHEDULING = [
  'nodeSelector',
  'affinity',
  'tolerations',
  'topologySpreadConstraints',
  'priorityClassName',
  'nodeName',
  'runtimeClassName',
];
/** Labels that every Rollout's pods have with values of their own. */
const OWN_LABELS = new Set([
  'app.kubernetes.io/name',
  'app.kubernetes.io/part-of',
  'app.kubernetes.io/managed-by',
  'app.kubernetes.io/version',
  'pod-template-hash',
]);

/** Where pods run, who they are, and what else is said of them. */
export function tellOfPods(deployment: Reader): void {
  for (const name of SCHEDULING) {
    const place = `${POD}.${name}`;
    if (hasAt(deployment.object, place)) deployment.tell('ADO009', place, `${name} is set`);
  }
  const account = textAt(deployment.object, `${POD}.serviceAccountName`);
  if (account !== undefined && account !== 'default')
    deployment.tell('ADO019', `${POD}.serviceAccountName`, `the pods run as the service account "${account}"`);
  deployment.take(`${POD}.serviceAccountName`);
  deployment.take(`${POD}.automountServiceAccountToken`);
  for (const what of ['labels', 'annotations'] as const) {
    const place = `spec.template.metadata.${what}`;
    // Whether the pods are in the mesh is told by the router.
    for (const [key, value] of Object.entries(mapAt(deployment.object, place)))
      if (!OWN_LABELS.has(key) && !(key === 'sidecar.istio.io/inject' && value === 'true'))
        deployment.tell('ADO016', `${place}["${key}"]`, `${key}: ${value}`);
    deployment.take(place);
  }
  deployment.take('spec.selector');
  deployment.take('spec.template.metadata');
}
